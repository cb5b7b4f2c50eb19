import type { UTCTimestamp } from 'lightweight-charts';
import { useEffect } from 'react';

import { chartTime } from '../format/time.ts';
import { useChart } from './chart.ts';

/** Colours of curves on one chart, told apart on light and dark ground, by everyone as far as hues go. */
export const curveColours: readonly string[] = [
  '#3f7fd9',
  '#d07c1f',
  '#2b9a78',
  '#b455c4',
  '#c2483d',
  '#8a8f2a',
  '#5f8aa6',
  '#a3663f',
];

interface Curve {
  readonly name: string;
  readonly points: readonly { readonly time: string; readonly growthPercent: string }[];
}

/** Growth of several runs over market time on one scale. */
export function GrowthChart({ curves }: { readonly curves: readonly Curve[] }) {
  const { element, chart } = useChart();

  useEffect(() => {
    if (chart === null) return;
    const { api, library } = chart;
    const all = curves.map(({ name, points }, index) => {
      const series = api.addSeries(library.LineSeries, {
        title: name,
        lineWidth: 2,
        color: curveColours[index] ?? '#808080',
        priceLineVisible: false,
        priceFormat: { type: 'custom', minMove: 0.01, formatter: percent },
      });
      // The chart wants strictly rising times; of several points in one second the last counts.
      const byTime = new Map(
        points.map(({ time, growthPercent }) => [
          chartTime(time) as UTCTimestamp,
          Number(growthPercent),
        ]),
      );
      const rising = [...byTime].sort(([one], [other]) => one - other);
      series.setData(rising.map(([time, value]) => ({ time, value })));
      return series;
    });
    api.timeScale().fitContent();
    return () => {
      for (const series of all) api.removeSeries(series);
    };
  }, [chart, curves]);

  return (
    <div ref={element} role="img" aria-label={describe(curves)} className="h-72 w-full sm:h-80" />
  );
}

function describe(curves: readonly Curve[]): string {
  const ends = curves.map(({ name, points }) => {
    const last = points.at(-1);
    return last === undefined
      ? `${name} without points so far`
      : `${name} ends at ${percent(Number(last.growthPercent))}`;
  });
  return `Growth: ${ends.join(', ')}`;
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}

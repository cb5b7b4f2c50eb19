import type { ISeriesApi, UTCTimestamp } from 'lightweight-charts';
import { useEffect, useRef } from 'react';

import { formatRupees } from '../format/money.ts';
import { chartTime } from '../format/time.ts';
import { useChart } from './chart.ts';

interface Point {
  readonly time: string;
  readonly equity: string;
  readonly drawdownPercent: string;
}

interface Series {
  readonly equity: ISeriesApi<'Line'>;
  readonly benchmark: ISeriesApi<'Line'>;
  readonly drawdown: ISeriesApi<'Area'>;
}

const none: readonly never[] = [];

/** Equity over market time, the drawdown from its peak in a pane below. */
export function EquityChart({
  points,
  benchmark = none,
}: {
  readonly points: readonly Point[];
  /** Another curve to lie behind it, dotted. */
  readonly benchmark?: readonly Omit<Point, 'drawdownPercent'>[] | undefined;
}) {
  const { element, chart, colours } = useChart();
  const series = useRef<Series | null>(null);

  useEffect(() => {
    if (chart === null) return;
    const { api, library } = chart;
    const behind = api.addSeries(library.LineSeries, {
      lineWidth: 1,
      lineStyle: library.LineStyle.Dotted,
      priceLineVisible: false,
      lastValueVisible: false,
      priceFormat: { type: 'custom', minMove: 0.01, formatter: rupees },
    });
    const equity = api.addSeries(library.LineSeries, {
      lineWidth: 2,
      priceLineVisible: false,
      priceFormat: { type: 'custom', minMove: 0.01, formatter: rupees },
    });
    const drawdown = api.addSeries(
      library.AreaSeries,
      {
        lineWidth: 1,
        priceLineVisible: false,
        invertFilledArea: true,
        priceFormat: { type: 'custom', minMove: 0.01, formatter: percent },
      },
      1,
    );
    api.panes()[0]?.setStretchFactor(3);
    api.panes()[1]?.setStretchFactor(1);
    series.current = { equity, benchmark: behind, drawdown };
    return () => {
      series.current = null;
    };
  }, [chart]);

  useEffect(() => {
    if (series.current === null || colours === null) return;
    const { equity, drawdown } = series.current;
    equity.applyOptions({ color: colours.accent });
    series.current.benchmark.applyOptions({ color: colours.inkSoft });
    drawdown.applyOptions({
      lineColor: colours.loss,
      topColor: `${colours.loss}11`,
      bottomColor: `${colours.loss}44`,
    });
  }, [chart, colours]);

  useEffect(() => {
    if (series.current === null) return;
    const rising = risingPoints(points);
    series.current.equity.setData(
      rising.map((point) => ({ time: point.at, value: Number(point.equity) })),
    );
    series.current.drawdown.setData(
      rising.map((point) => ({ time: point.at, value: -Math.abs(Number(point.drawdownPercent)) })),
    );
    series.current.benchmark.setData(
      risingPoints(benchmark).map((point) => ({ time: point.at, value: Number(point.equity) })),
    );
    chart?.api.timeScale().fitContent();
  }, [chart, points, benchmark]);

  return (
    <div ref={element} role="img" aria-label={describe(points)} className="h-72 w-full sm:h-80" />
  );
}

/** The chart wants strictly rising times; of several points in one second the last counts. */
function risingPoints<P extends { readonly time: string }>(
  points: readonly P[],
): (P & { readonly at: UTCTimestamp })[] {
  const byTime = new Map(points.map((point) => [chartTime(point.time) as UTCTimestamp, point]));
  return [...byTime].map(([at, point]) => ({ ...point, at })).sort((a, b) => a.at - b.at);
}

function describe(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return 'Equity curve without points so far';
  const deepest = Math.max(...points.map((point) => Math.abs(Number(point.drawdownPercent))));
  return `Equity from ${formatRupees(first.equity)} to ${formatRupees(
    last.equity,
  )}, deepest drawdown ${deepest.toFixed(2)}%`;
}

function rupees(value: number): string {
  return formatRupees(value.toFixed(2)).replace(/\.\d+$/, '');
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}

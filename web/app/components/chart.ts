import type * as LightweightCharts from 'lightweight-charts';
import type { IChartApi } from 'lightweight-charts';
import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';

type Library = typeof LightweightCharts;

/** The tokens of the design that charts draw with, as colours that a canvas understands. */
export interface ChartColours {
  readonly ink: string;
  readonly inkSoft: string;
  readonly rule: string;
  readonly accent: string;
  readonly gain: string;
  readonly loss: string;
}

export interface ReadyChart {
  readonly api: IChartApi;
  readonly library: Library;
}

/**
 * A chart in an element, made in the browser only; the library is loaded when a screen first needs
 * it. Colours follow the theme.
 */
export function useChart(): {
  readonly element: RefObject<HTMLDivElement>;
  readonly chart: ReadyChart | null;
  readonly colours: ChartColours | null;
} {
  const element = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ReadyChart | null>(null);
  const [colours, setColours] = useState<ChartColours | null>(null);

  useEffect(() => {
    let removed = false;
    let api: IChartApi | undefined;
    void import('lightweight-charts').then((library) => {
      if (removed || element.current === null) return;
      api = library.createChart(element.current, {
        autoSize: true,
        layout: { background: { color: 'transparent' }, fontFamily: 'inherit', fontSize: 11 },
        rightPriceScale: { borderVisible: false },
        timeScale: { borderVisible: false, timeVisible: true, secondsVisible: false },
        handleScroll: { mouseWheel: false, vertTouchDrag: false },
        handleScale: { mouseWheel: false },
        localization: { locale: 'en-IN' },
      });
      setChart({ api, library });
    });
    return () => {
      removed = true;
      api?.remove();
      setChart(null);
    };
  }, []);

  useEffect(() => {
    const read = () => {
      setColours(readColours());
    };
    read();
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const chosen = new MutationObserver(read);
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    system.addEventListener('change', read);
    return () => {
      chosen.disconnect();
      system.removeEventListener('change', read);
    };
  }, []);

  useEffect(() => {
    if (chart === null || colours === null) return;
    chart.api.applyOptions({
      layout: { textColor: colours.inkSoft, panes: { separatorColor: colours.rule } },
      grid: { vertLines: { color: colours.rule }, horzLines: { color: colours.rule } },
      timeScale: { borderColor: colours.rule },
    });
  }, [chart, colours]);

  return { element, chart, colours };
}

function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: token('ink'),
    inkSoft: token('ink-soft'),
    rule: token('rule'),
    accent: token('accent'),
    gain: token('gain'),
    loss: token('loss'),
  };
}

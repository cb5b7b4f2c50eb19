import type {
  CandlestickData,
  ISeriesApi,
  ISeriesMarkersPluginApi,
  SeriesMarker,
  Time,
  UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';

import { formatSignedRupees, signOf } from '../format/money.ts';
import { chartTime } from '../format/time.ts';
import type { RunCandlesQuery, TradeRowFragment } from '../generated/graphql.ts';
import type { ChartColours } from './chart.ts';
import { useChart } from './chart.ts';

export type ChartCandle = NonNullable<RunCandlesQuery['run']>['candles'][number];

interface Series {
  readonly candles: ISeriesApi<'Candlestick'>;
  readonly markers: ISeriesMarkersPluginApi<Time>;
}

/** Prices with the entries and exits of the trades marked where they happened. */
export function CandleChart({
  label,
  candles,
  trades,
}: {
  readonly label: string;
  readonly candles: readonly ChartCandle[];
  readonly trades: readonly TradeRowFragment[];
}) {
  const { element, chart, colours } = useChart();
  const series = useRef<Series | null>(null);

  useEffect(() => {
    if (chart === null) return;
    const { api, library } = chart;
    const candlesticks = api.addSeries(library.CandlestickSeries, { priceLineVisible: false });
    series.current = {
      candles: candlesticks,
      markers: library.createSeriesMarkers(candlesticks, []),
    };
    return () => {
      series.current = null;
    };
  }, [chart]);

  useEffect(() => {
    if (colours === null) return;
    series.current?.candles.applyOptions({
      upColor: 'transparent',
      downColor: colours.inkSoft,
      borderUpColor: colours.inkSoft,
      borderDownColor: colours.inkSoft,
      wickUpColor: colours.inkSoft,
      wickDownColor: colours.inkSoft,
    });
  }, [chart, colours]);

  useEffect(() => {
    series.current?.candles.setData(candles.map(candlestick));
    chart?.api.timeScale().fitContent();
  }, [chart, candles]);

  useEffect(() => {
    if (colours === null) return;
    series.current?.markers.setMarkers(markersOf(trades, candles, colours));
  }, [chart, candles, trades, colours]);

  return (
    <div
      ref={element}
      role="img"
      aria-label={`${label}: ${candles.length} bars, ${trades.length} trades marked`}
      className="h-80 w-full sm:h-96"
    />
  );
}

/** With more trades than this their marks stand without words, which would cover the prices. */
const mostWrittenTrades = 40;

function candlestick(candle: ChartCandle): CandlestickData<UTCTimestamp> {
  return {
    time: chartTime(candle.openTime) as UTCTimestamp,
    open: Number(candle.open),
    high: Number(candle.high),
    low: Number(candle.low),
    close: Number(candle.close),
  };
}

function markersOf(
  trades: readonly TradeRowFragment[],
  candles: readonly ChartCandle[],
  colours: ChartColours,
): SeriesMarker<UTCTimestamp>[] {
  const opens = candles.map((candle) => chartTime(candle.openTime));
  /** The bar in which an instant lies. */
  const barOf = (instant: string): UTCTimestamp | undefined => {
    const time = chartTime(instant);
    return opens.findLast((open) => open <= time) as UTCTimestamp | undefined;
  };
  const written = trades.length <= mostWrittenTrades;
  return trades
    .flatMap((trade): (SeriesMarker<UTCTimestamp> | undefined)[] => {
      const long = trade.direction === 'LONG';
      return [
        marker(barOf(trade.entryAt), long, colours.accent, {
          shape: long ? 'arrowUp' : 'arrowDown',
          text: written ? (long ? 'Long' : 'Short') : '',
        }),
        trade.exitAt && trade.netPnl
          ? marker(
              barOf(trade.exitAt),
              !long,
              signOf(trade.netPnl) < 0 ? colours.loss : colours.gain,
              { shape: 'circle', text: written ? formatSignedRupees(trade.netPnl) : '' },
            )
          : undefined,
      ];
    })
    .filter((each) => each !== undefined)
    .sort((a, b) => a.time - b.time);
}

/** Buys stand below their bar and sells above it. */
function marker(
  time: UTCTimestamp | undefined,
  buy: boolean,
  color: string,
  look: { readonly shape: 'arrowUp' | 'arrowDown' | 'circle'; readonly text: string },
): SeriesMarker<UTCTimestamp> | undefined {
  return time && { time, position: buy ? 'belowBar' : 'aboveBar', color, size: 1, ...look };
}

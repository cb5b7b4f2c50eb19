import { dayNumberOfDate, instantOf } from '../calendar/exchange-time.ts';
import type { CandleColumns } from '../market/candles.ts';
import type { TickColumns } from '../market/tick-csv.ts';
import { adjustedPrice, adjustedVolume, type CorporateAction } from './corporate-action.ts';

/**
 * Recorded candles restated for the bonuses and splits among `actions`, in the units of after all of
 * them: before an ex-date prices are lower and volumes higher, so that nothing jumps on it. Dividends
 * change nothing. The same columns where there is nothing to restate.
 */
export function adjustCandles(
  candles: CandleColumns,
  actions: readonly CorporateAction[],
): CandleColumns {
  const factors = factorsOf(candles.openTime, actions);
  if (factors === null) return candles;
  const price = (column: Float64Array) =>
    column.map((value, row) => adjustedPrice(value, factors[row] ?? NaN));
  return {
    ...candles,
    open: price(candles.open),
    high: price(candles.high),
    low: price(candles.low),
    close: price(candles.close),
    volume: candles.volume.map((value, row) => adjustedVolume(value, factors[row] ?? NaN)),
  };
}

/** As `adjustCandles`, of recorded ticks. */
export function adjustTicks(ticks: TickColumns, actions: readonly CorporateAction[]): TickColumns {
  const factors = factorsOf(ticks.time, actions);
  if (factors === null) return ticks;
  return {
    ...ticks,
    price: ticks.price.map((value, row) => adjustedPrice(value, factors[row] ?? NaN)),
    dayVolume: ticks.dayVolume.map((value, row) => adjustedVolume(value, factors[row] ?? NaN)),
  };
}

/** The factor of each instant; null: all are 1. */
function factorsOf(times: Float64Array, actions: readonly CorporateAction[]): Float64Array | null {
  const steps = actions.flatMap((action) =>
    action.kind === 'DIVIDEND'
      ? []
      : {
          from: instantOf(dayNumberOfDate(action.exDate) ?? NaN, 0),
          factor: action.unitsAfter / action.unitsBefore,
        },
  );
  if (!steps.some(({ from }) => from > (times[0] ?? Infinity))) return null;
  return times.map((time) =>
    steps.reduce((product, { from, factor }) => (from > time ? product * factor : product), 1),
  );
}

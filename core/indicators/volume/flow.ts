import { defineIndicator, period } from '../define-indicator.ts';
import { ratio } from '../rolling/ratio.ts';
import { RollingSum } from '../rolling/rolling-sum.ts';
import { RunningTotal } from '../rolling/running-total.ts';

/** On-balance volume. */
export const obv = defineIndicator({
  name: 'obv',
  title: 'On-balance volume',
  description:
    'Units traded on rising less those on falling closes since the first bar: o[1] + volume where ' +
    'the close rose, - volume where it fell. Seeded with 0. J. Granville, 1963.',
  inputs: ['close', 'volume'],
  warmUp: () => 0,
  start: () => {
    const total = new RunningTotal();
    let before = NaN;
    return (close, volume) => {
      const flow = close > before ? volume : close < before ? -volume : 0;
      before = close;
      return total.next(Number.isNaN(close) ? NaN : flow);
    };
  },
});

/** Where the close stands within the bar, -1 (low) to 1 (high), times the volume; 0 of one price. */
function moneyFlow(high: number, low: number, close: number, volume: number): number {
  return high === low ? 0 : ((close - low - (high - close)) / (high - low)) * volume;
}

/** Accumulation/distribution line. */
export const ad = defineIndicator({
  name: 'ad',
  title: 'Accumulation/distribution line',
  description:
    'Units, summed since the first bar: a[1] + volume * ((close - low) - (high - close)) / (high - ' +
    'low), nothing for a bar of one price. Seeded with 0. M. Chaikin.',
  inputs: ['high', 'low', 'close', 'volume'],
  warmUp: () => 0,
  start: () => {
    const total = new RunningTotal();
    return (high, low, close, volume) => total.next(moneyFlow(high, low, close, volume));
  },
});

/** Chaikin money flow. */
export const cmf = defineIndicator({
  name: 'cmf',
  title: 'Chaikin money flow',
  description:
    'Accumulation over the last `period` bars as a part of what was traded, -1 to 1: sum(volume * ' +
    '((close - low) - (high - close)) / (high - low)) / sum(volume). No value where nothing was ' +
    'traded. M. Chaikin.',
  inputs: ['high', 'low', 'close', 'volume'],
  parameters: [period(20)],
  warmUp: (period) => period - 1,
  start: (period) => {
    const flows = new RollingSum(period);
    const volumes = new RollingSum(period);
    return (high, low, close, volume) =>
      ratio(flows.next(moneyFlow(high, low, close, volume)), volumes.next(volume));
  },
});

/** Money flow index. */
export const mfi = defineIndicator({
  name: 'mfi',
  title: 'Money flow index',
  description:
    'Share of money traded on rising typical prices t = (high + low + close) / 3, 0 to 100: 100 * ' +
    'sum(t * volume where t rose) / sum(t * volume where t rose or fell) over the last `period` ' +
    'changes. No value without such money. G. Quong and A. Soudack, 1989.',
  inputs: ['high', 'low', 'close', 'volume'],
  parameters: [period(14)],
  warmUp: (period) => period,
  start: (period) => {
    const rises = new RollingSum(period);
    const falls = new RollingSum(period);
    let before = NaN;
    return (high, low, close, volume) => {
      const typical = (high + low + close) / 3;
      const change = typical - before;
      before = typical;
      const money = typical * volume;
      const up = rises.next(change > 0 ? money : change * 0);
      const down = falls.next(change < 0 ? money : change * 0);
      return 100 * ratio(up, up + down);
    };
  },
});

/** Williams accumulation/distribution. */
export const wad = defineIndicator({
  name: 'wad',
  title: 'Williams accumulation/distribution',
  description:
    'Rupees, summed since the second bar: w[1] + close - min(low, close[1]) where the close rose, + ' +
    'close - max(high, close[1]) where it fell. Seeded with 0. L. Williams.',
  inputs: ['high', 'low', 'close'],
  warmUp: () => 1,
  start: () => {
    const total = new RunningTotal();
    let before = NaN;
    return (high, low, close) => {
      let flow = before - close;
      if (close > before) flow = close - Math.min(low, before);
      else if (close < before) flow = close - Math.max(high, before);
      before = close;
      return total.next(flow);
    };
  },
});

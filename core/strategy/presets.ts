import type { TimeFrame } from '../market/time-frame.ts';

/** What a strategy lives on; the contract describes each. */
export const strategyTypes = [
  'MOMENTUM',
  'MEAN_REVERSION',
  'ARBITRAGE',
  'SCALPING',
  'SWING',
  'CUSTOM',
] as const;
/** One of them. */
export type StrategyType = (typeof strategyTypes)[number];

/** A whole strategy to begin from; its document is text like any other, to be changed at will. */
export interface StrategyPreset {
  /** Its name for addresses. */
  readonly key: string;
  readonly name: string;
  /** What it does, in a sentence. */
  readonly description: string;
  readonly type: StrategyType;
  readonly timeFrame: TimeFrame;
  readonly document: string;
}

const crossover: StrategyPreset = {
  key: 'crossover',
  name: 'Moving average crossover',
  description: 'Is on the side of the faster of two averages, long or short.',
  type: 'MOMENTUM',
  timeFrame: 'FIVE_MINUTES',
  document: `# Be on the side of the faster average.
fast = 10 in 5..30 step 5
slow = 30 in 20..100 step 10

capital_per_trade 100000
product MIS

long entry when sma(close, fast) crosses_above sma(close, slow)
long exit when sma(close, fast) crosses_below sma(close, slow)
short entry when sma(close, fast) crosses_below sma(close, slow)
short exit when sma(close, fast) crosses_above sma(close, slow)
`,
};

const reversal: StrategyPreset = {
  key: 'reversal',
  name: 'RSI reversal',
  description:
    'Buys what was sold too far and leaves when it is back in the middle; the mirror too.',
  type: 'MEAN_REVERSION',
  timeFrame: 'FIVE_MINUTES',
  document: `# Buy what has been sold too far, leave when it is back in the middle.
length = 14 in 7..28 step 7
oversold = 30 in 20..40 step 5
overbought = 70 in 60..80 step 5

capital_per_trade 100000
stop_loss 1.5%
take_profit 3%
product MIS

long entry when rsi(close, length) crosses_above oversold
long exit when rsi(close, length) > 55
short entry when rsi(close, length) crosses_below overbought
short exit when rsi(close, length) < 45
`,
};

const spread: StrategyPreset = {
  key: 'pair',
  name: 'Pair on the spread',
  description:
    'Sells the dearer and buys the cheaper of two instruments when their ratio is stretched.',
  type: 'ARBITRAGE',
  timeFrame: 'FIVE_MINUTES',
  document: `# Two legs: what is bought here is sold there, for as many rupees. Name the other leg in all places.
window = 30 in 20..60 step 10
stretch = 2 in 1..3 step 0.5

pair with "NSE:JUNIORBEES" ratio 1
capital_per_trade 100000
time_stop 60 bars
product MIS
no_entry_after 14:45

long entry when zscore(close / close of "NSE:JUNIORBEES", window) < -stretch
long exit when zscore(close / close of "NSE:JUNIORBEES", window) > 0
short entry when zscore(close / close of "NSE:JUNIORBEES", window) > stretch
short exit when zscore(close / close of "NSE:JUNIORBEES", window) < 0
`,
};

const scalp: StrategyPreset = {
  key: 'scalp',
  name: 'Scalp around the day’s average',
  description: 'Takes small moves away from the average price of the day, with tight stops.',
  type: 'SCALPING',
  timeFrame: 'ONE_MINUTE',
  document: `# Small moves, taken quickly: charges are paid on every one of them.
fast = 5 in 3..9 step 2
slow = 15 in 10..30 step 5

capital_per_trade 100000
stop_loss 0.3%
break_even_at 0.2%
take_profit 0.5%
time_stop 15 bars
product MIS
no_entry_before 09:20
no_entry_after 15:00

long entry when ema(close, fast) crosses_above ema(close, slow) and close > vwap
long exit when ema(close, fast) crosses_below ema(close, slow)
short entry when ema(close, fast) crosses_below ema(close, slow) and close < vwap
short exit when ema(close, fast) crosses_above ema(close, slow)
`,
};

const breakout: StrategyPreset = {
  key: 'breakout',
  name: 'Breakout held for weeks',
  description: 'Buys a new high of a month and holds it for delivery until a low of two weeks.',
  type: 'SWING',
  timeFrame: 'ONE_DAY',
  document: `# A new high in an uptrend, one percent of the equity at risk, for delivery.
entry_days = 20 in 10..50 step 10
exit_days = 10 in 5..25 step 5

risk_per_trade 1%
stop_loss 2 * atr(14)
trailing_stop 4 * atr(14)
product CNC

long entry when close > highest(high, entry_days)[1] and close > sma(close, 50)
long exit when close < lowest(low, exit_days)[1]
`,
};

const trend: StrategyPreset = {
  key: 'trend',
  name: 'EMA trend with a volume filter',
  description:
    'Goes with the trend on a bar with more volume than usual, and may hold it over night.',
  type: 'SWING',
  timeFrame: 'FIFTEEN_MINUTES',
  document: `# Go with the trend, but only on a bar that more people traded than usual.
fast = 5 in 3..9 step 2
slow = 20 in 10..40 step 10

capital_per_trade 100000
stop_loss 2%
product CNC

long entry when close > ema(close, slow)
  and ema(close, fast) crosses_above ema(close, slow)
  and volume > sma(volume, slow)
long exit when close < ema(close, slow)
`,
};

const opening: StrategyPreset = {
  key: 'opening-range',
  name: 'Opening range, your own way',
  description:
    'Trades out of the range of the first half hour; shows hours, parts and other time frames.',
  type: 'CUSTOM',
  timeFrame: 'FIVE_MINUTES',
  document: `# The range of the first half hour is six bars of five minutes. Change whatever you like.
range_bars = 6 in 3..12 step 3

equity_per_trade 10%
max_positions 3
stop_loss 1.5 * atr(14)
take_profit 1% for 50%
take_profit 2%
product MIS
no_entry_before 09:45
no_entry_after 14:30
square_off_at 15:10

long entry when close crosses_above opening_range(range_bars).high and close > open on 15m
long exit when close < lowest(low, 3)[1] or minutes_to_close < 20
short entry when close crosses_below opening_range(range_bars).low and close < open on 15m
short exit when close > highest(high, 3)[1] or minutes_to_close < 20
`,
};

/** Strategies to begin from, every type among them. */
export const strategyPresets: readonly StrategyPreset[] = [
  crossover,
  reversal,
  spread,
  scalp,
  breakout,
  trend,
  opening,
];

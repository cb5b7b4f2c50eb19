import type { StrategyType, TimeFrame } from '../generated/graphql.ts';

export interface StarterTemplate {
  readonly key: string;
  readonly name: string;
  readonly type: StrategyType;
  readonly timeFrame: TimeFrame;
  readonly document: string;
}

const crossover: StarterTemplate = {
  key: 'crossover',
  name: 'Moving average crossover',
  type: 'MOMENTUM',
  timeFrame: 'FIVE_MINUTES',
  document: `# Be on the side of the faster average.
capital_per_trade 100000
product MIS

long entry when sma(close, 10) crosses_above sma(close, 30)
long exit when sma(close, 10) crosses_below sma(close, 30)
short entry when sma(close, 10) crosses_below sma(close, 30)
short exit when sma(close, 10) crosses_above sma(close, 30)
`,
};

const reversal: StarterTemplate = {
  key: 'reversal',
  name: 'RSI reversal',
  type: 'MEAN_REVERSION',
  timeFrame: 'FIVE_MINUTES',
  document: `# Buy what has been sold too far, leave when it is back in the middle.
capital_per_trade 100000
stop_loss 1.5%
take_profit 3%
product MIS

long entry when rsi(close, 14) crosses_above 30
long exit when rsi(close, 14) > 55
short entry when rsi(close, 14) crosses_below 70
short exit when rsi(close, 14) < 45
`,
};

const trend: StarterTemplate = {
  key: 'trend',
  name: 'EMA trend with a volume filter',
  type: 'SWING',
  timeFrame: 'FIFTEEN_MINUTES',
  document: `# Go with the trend, but only on a bar that more people traded than usual.
capital_per_trade 100000
stop_loss 2%
product MIS

long entry when close > ema(close, 20)
  and ema(close, 5) crosses_above ema(close, 20)
  and volume > sma(volume, 20)
long exit when close < ema(close, 20)
`,
};

/** Whole strategies to begin from. */
export const starterTemplates: readonly [StarterTemplate, ...StarterTemplate[]] = [
  crossover,
  reversal,
  trend,
];

import { indicatorDefinitions } from '../indicators/catalogue.ts';
import {
  barFunctions,
  frameWords,
  signatureOf,
  weekdays,
  type BarFunction,
  type Keyword,
  type StatementName,
} from './language-words.ts';
import type { BarField, MomentField, NumericFunction, PositionField } from './strategy-document.ts';
import type { StrategyProduct } from './strategy-product.ts';

/** What kind of word a word of the language is. */
export type LanguageWordKind =
  /** Begins a statement. */
  | 'STATEMENT'
  /** Joins parts of a statement or rule. */
  | 'KEYWORD'
  /** Takes arguments in parentheses, and may look at more than one bar. */
  | 'FUNCTION'
  /** A number over series, by name. */
  | 'INDICATOR'
  /** Stands for a number of the bar, the moment or the position. */
  | 'VALUE'
  /** Stands for always the same. */
  | 'CONSTANT';

/** A word of the rule language, for editors and people. */
export interface LanguageWord {
  readonly word: string;
  readonly kind: LanguageWordKind;
  /** How it is written, with what follows it. */
  readonly form: string;
  /** What it means, in a sentence or two. */
  readonly meaning: string;
}

/** Form and meaning of a word. */
type Entry = readonly [form: string, meaning: string];

const statements: Readonly<Record<StatementName, Entry>> = {
  capital_per_trade: ['capital_per_trade 100000', 'Whole lots that so many rupees pay for.'],
  quantity_per_trade: ['quantity_per_trade 10', 'So many units for an entry.'],
  lots_per_trade: ['lots_per_trade 2', 'So many lots for an entry.'],
  equity_per_trade: [
    'equity_per_trade 10%',
    'A part of the equity at the decision; all of it leaves nothing for charges.',
  ],
  risk_per_trade: [
    'risk_per_trade 1% by 2 * atr(14)',
    'So much of the equity is lost if the price goes against the entry by that distance; without “by” to the stop loss.',
  ],
  stop_loss: ['stop_loss 2%', 'Leaves at a loss of that distance: a percentage, or rupees.'],
  trailing_stop: [
    'trailing_stop 3 * atr(14)',
    'Leaves that far below the best price since the entry (above it when short).',
  ],
  break_even_at: ['break_even_at 1%', 'Once so far in favour, the stop stands at the entry price.'],
  time_stop: ['time_stop 20 bars', 'Leaves so many bars after the bar of the entry.'],
  take_profit: [
    'take_profit 2% for 50%',
    'Leaves at a gain of that distance; with `for`, a part. Up to five, the last takes the rest.',
  ],
  max_positions: ['max_positions 3', 'Instruments held at a time; all of them when left out.'],
  product: ['product MIS', 'MIS within the day (when left out), CNC for delivery, long only.'],
  no_entry_before: ['no_entry_before 09:30', 'No entry before that time, IST.'],
  no_entry_after: ['no_entry_after 15:00', 'No entry after that time, IST.'],
  square_off_at: ['square_off_at 15:10', 'Leaves everything by then; for MIS.'],
  pair: [
    'pair with "NSE:ICICIBANK" ratio 1.2',
    'Each entry takes the other side of that instrument, so many rupees for each rupee.',
  ],
  long: [
    'long entry when …',
    'When to buy; `long exit when …` when to leave. Each needs the other.',
  ],
  short: ['short entry when …', 'When to sell first; `short exit when …` when to leave.'],
};

const joining: Readonly<Record<Keyword, Entry>> = {
  entry: ['long entry when …', 'The rule by which a position is entered.'],
  exit: ['long exit when …', 'The rule by which it is left.'],
  when: ['long entry when …', 'The condition follows.'],
  and: ['a and b', 'Both are true.'],
  or: ['a or b', 'At least one is true.'],
  not: ['not a', 'It is false.'],
  crosses_above: ['a crosses_above b', 'Was at or below it on the bar before, is above it now.'],
  crosses_below: ['a crosses_below b', 'Was at or above it on the bar before, is below it now.'],
  on: ['sma(close, 20) on 1d', 'On the latest closed bar of a longer time frame.'],
  of: ['close of "NSE:NIFTY 50"', 'On the latest closed bar of another instrument.'],
  in: ['fast = 10 in 5..50 step 5', 'The range that an optimiser may search.'],
  step: ['fast = 10 in 5..50 step 5', 'From one value to the next.'],
  by: ['risk_per_trade 1% by 2 * atr(14)', 'The distance at risk.'],
  for: ['take_profit 2% for 50%', 'The part of the quantity first entered.'],
  bars: ['time_stop 20 bars', 'Bars of the strategy’s length.'],
  with: ['pair with "NSE:ICICIBANK" ratio 1', 'The other leg follows.'],
  ratio: ['pair with "NSE:ICICIBANK" ratio 1.2', 'Rupees of the other leg for each rupee.'],
};

const functions: Readonly<Record<BarFunction, string>> = {
  rising: 'Each of the latest steps from bar to bar went up.',
  falling: 'Each of the latest steps from bar to bar went down.',
  highest: 'The highest value of the latest bars, this one included.',
  lowest: 'The lowest value of the latest bars, this one included.',
  within: 'The condition was true on at least one of the latest bars.',
  bars_since: 'Bars since the condition was true, 0 on a bar on which it is.',
  model: 'What your model of that name gives for the bar.',
};

const numbers: Readonly<Record<NumericFunction, Entry>> = {
  abs: ['abs(x)', 'Without its sign.'],
  sqrt: ['sqrt(x)', 'The square root.'],
  log: ['log(x)', 'The natural logarithm.'],
  min: ['min(x, y)', 'The lower of two.'],
  max: ['max(x, y)', 'The higher of two.'],
};

const values: Readonly<Record<BarField | MomentField | PositionField, string>> = {
  open: 'First price of the bar.',
  high: 'Highest price of the bar.',
  low: 'Lowest price of the bar.',
  close: 'Last price of the bar; `close[1]` is that of the bar before.',
  volume: 'Units traded in the bar.',
  time: 'Time at which the bar closes, IST, to compare with `09:30`.',
  day_of_week: 'Day on which the bar closes, to compare with `FRIDAY`.',
  minutes_to_close: 'Minutes until the session ends.',
  bars_held: 'Bars since the one of the entry; no value while nothing is held.',
  entry_price: 'Average price of the entry; no value while nothing is held.',
  unrealised_pnl_percent: 'Gain so far in percent of the entry; no value while nothing is held.',
  position_quantity: 'Units held, below zero when short; no value while nothing is held.',
};

const products: Readonly<Record<StrategyProduct, string>> = {
  CNC: 'Delivery: held over night, cannot be sold first.',
  MIS: 'Within the day: squared off before the close.',
};

/** Every word of the language with its form and meaning, for editors and help. */
export function describeLanguage(): readonly LanguageWord[] {
  return [
    ...entries('STATEMENT', statements),
    ...entries('KEYWORD', joining),
    ...Object.entries(functions).map(([word, meaning]): LanguageWord => {
      return { word, kind: 'FUNCTION', form: barFunctions[word as BarFunction], meaning };
    }),
    ...entries('FUNCTION', numbers),
    ...[...indicatorDefinitions.values()].map((definition): LanguageWord => {
      const { name, title, outputs, isCondition } = definition;
      const parts = isCondition ? 'true or false' : outputs.length > 1 ? outputs.join(', ') : '';
      const meaning = parts === '' ? `${title}.` : `${title}: ${parts}.`;
      return { word: name, kind: 'INDICATOR', form: signatureOf(definition), meaning };
    }),
    ...plain('VALUE', values),
    ...plain('CONSTANT', products),
    ...weekdays.map((word, day): LanguageWord => {
      return { word, kind: 'CONSTANT', form: word, meaning: `The number ${day + 1}.` };
    }),
    ...Object.values(frameWords).map((word): LanguageWord => {
      return { word, kind: 'CONSTANT', form: `on ${word}`, meaning: 'A length of bars.' };
    }),
  ];
}

function entries(
  kind: LanguageWordKind,
  words: Readonly<Record<string, Entry>>,
): readonly LanguageWord[] {
  return Object.entries(words).map(([word, [form, meaning]]) => ({ word, kind, form, meaning }));
}

function plain(
  kind: LanguageWordKind,
  words: Readonly<Record<string, string>>,
): readonly LanguageWord[] {
  return Object.entries(words).map(([word, meaning]) => ({ word, kind, form: word, meaning }));
}

import { indicatorDefinitions } from '../indicators/catalogue.ts';
import type { IndicatorDefinition } from '../indicators/indicator.ts';
import type { TimeFrame } from '../market/time-frame.ts';
import {
  barFields,
  momentFields,
  numericFunctions,
  positionFields,
  type InstrumentName,
  type NumericFunction,
} from './strategy-document.ts';
import { strategyProducts } from './strategy-product.ts';

/** Names of the statements that say how large an entry is, by the kind in the tree. */
export const sizingNames = {
  capital: 'capital_per_trade',
  quantity: 'quantity_per_trade',
  lots: 'lots_per_trade',
  equity: 'equity_per_trade',
  risk: 'risk_per_trade',
} as const;

/** First words of all statements; a parameter's begins with its own name. */
export const statementNames = [
  ...Object.values(sizingNames),
  'stop_loss',
  'trailing_stop',
  'break_even_at',
  'time_stop',
  'take_profit',
  'max_positions',
  'product',
  'no_entry_before',
  'no_entry_after',
  'square_off_at',
  'pair',
  'long',
  'short',
] as const;

/** One of them. */
export type StatementName = (typeof statementNames)[number];

/** How rules write a time frame: `on 1d`. */
export const frameWords: Readonly<Record<TimeFrame, string>> = {
  ONE_MINUTE: '1m',
  THREE_MINUTES: '3m',
  FIVE_MINUTES: '5m',
  TEN_MINUTES: '10m',
  FIFTEEN_MINUTES: '15m',
  THIRTY_MINUTES: '30m',
  ONE_HOUR: '1h',
  ONE_DAY: '1d',
};

/** Names of the numbers 1 to 7, to compare `day_of_week` with. */
export const weekdays: readonly string[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];

/** Functions of the language that look at more than one bar, or at a model, as they are written. */
export const barFunctions = {
  rising: 'rising(series, bars)',
  falling: 'falling(series, bars)',
  highest: 'highest(series, bars)',
  lowest: 'lowest(series, bars)',
  within: 'within(bars, condition)',
  bars_since: 'bars_since(condition)',
  model: 'model("name")',
} as const;
/** Name of such a function. */
export type BarFunction = keyof typeof barFunctions;

/** Whether `name` names one of `barFunctions`. */
export function isBarFunction(name: string): name is BarFunction {
  return Object.hasOwn(barFunctions, name);
}

/** Whether `name` names a function of numbers. */
export function isNumericFunction(name: string): name is NumericFunction {
  return Object.hasOwn(numericFunctions, name);
}

/** Whether the indicator reads a series that the rule names. */
export function readsSeries(definition: IndicatorDefinition): boolean {
  return definition.inputs.includes('series');
}

/** How an indicator is written: `rsi(series, period)`. */
export function signatureOf(definition: IndicatorDefinition): string {
  const series = readsSeries(definition) ? ['series'] : [];
  const all = [...series, ...definition.parameters.map(({ name }) => name)];
  return all.length === 0 ? definition.name : `${definition.name}(${all.join(', ')})`;
}

/** Names that an opening parenthesis can follow. */
export const callableNames: readonly string[] = [
  ...indicatorDefinitions.keys(),
  ...Object.keys(barFunctions),
  ...Object.keys(numericFunctions),
];

const callable: ReadonlySet<string> = new Set(callableNames);

/** Whether an opening parenthesis can follow the name. */
export function isCallable(name: string): boolean {
  return callable.has(name);
}

/** Names that stand for a number without any parenthesis. */
export const plainNames: readonly string[] = [
  ...barFields,
  ...momentFields,
  ...positionFields,
  ...weekdays,
];

/** Words that join the parts of statements and rules. */
export const keywords = [
  ...(['entry', 'exit', 'when', 'and', 'or', 'not', 'crosses_above', 'crosses_below'] as const),
  ...(['on', 'of', 'in', 'step', 'by', 'for', 'bars', 'with', 'ratio'] as const),
] as const;
/** One of them. */
export type Keyword = (typeof keywords)[number];

const words: ReadonlySet<string> = new Set<string>([
  ...statementNames,
  ...callableNames,
  ...plainNames,
  ...strategyProducts,
  ...keywords,
]);

/** Whether `word` is one that the language uses itself, so that no parameter can be called so. */
export function isWordOfLanguage(word: string): boolean {
  return words.has(word);
}

/** What a parameter's name looks like. */
export function isParameterName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,39}$/.test(name);
}

// Neither quotes nor characters that nobody sees; blanks inside only.
const visible = /^[^\s"\p{C}](?:[^"\p{C}]*[^\s"\p{C}])?$/u;

/** Whether the text can be the name of a user's model: up to 80 visible characters. */
export function isModelName(name: string): boolean {
  return name.length <= 80 && visible.test(name);
}

/** Whether these can name an instrument: exchange in capitals, symbol of up to 50 characters. */
export function isInstrumentName({ exchange, symbol }: InstrumentName): boolean {
  return /^[A-Z]{2,10}$/.test(exchange) && symbol.length <= 50 && visible.test(symbol);
}

/** What `NSE:NIFTY 50` names; null where it names nothing. */
export function readInstrumentName(text: string): InstrumentName | null {
  const colon = text.indexOf(':');
  const name = { exchange: text.slice(0, Math.max(colon, 0)), symbol: text.slice(colon + 1) };
  return isInstrumentName(name) ? name : null;
}

/** An instrument as rules write it, without quotes. */
export function instrumentText({ exchange, symbol }: InstrumentName): string {
  return `${exchange}:${symbol}`;
}

/** Minutes of the day as rules write them: `09:30`. */
export function timeText(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

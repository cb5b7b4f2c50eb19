import {
  frameWords,
  isWordOfLanguage,
  readInstrumentName,
  statementNames,
} from '../language-words.ts';
import { timeFrames, type TimeFrame } from '../../market/time-frame.ts';
import type { InstrumentName } from '../strategy-document.ts';
import { numberRules } from '../strategy-limits.ts';
import type { TokenStream } from '../token-stream.ts';

const starts: ReadonlySet<string> = new Set(statementNames);

/** Whether a statement begins here, or the text ends. */
export function isStatementStart(tokens: TokenStream): boolean {
  const { next } = tokens;
  if (next.kind !== 'word') return next.kind === 'end';
  return starts.has(next.text) || isAssigned(tokens);
}

/** Whether somebody who writes close = 5 in the middle of a line means a comparison. */
export function isComparedByEquals(tokens: TokenStream): boolean {
  return isAssigned(tokens) && tokens.previous.line === tokens.next.line;
}

function isAssigned({ second }: TokenStream): boolean {
  return second.kind === 'symbol' && second.text === '=';
}

/** Takes a number with or without a sign, or notes a failure and returns null. */
export function readSignedNumber(tokens: TokenStream): number | null {
  const isNegative = tokens.takeIf('-');
  const token = tokens.next;
  const value = token.kind === 'number' ? Number(token.text) : NaN;
  if (!numberRules.parameter.accepts(value)) {
    tokens.refuse(token, numberRules.parameter.expected);
    return null;
  }
  tokens.take();
  // There is one zero only.
  return isNegative && value !== 0 ? -value : value;
}

/** Takes a time of the day and returns its minutes, or notes a failure and returns null. */
export function readTime(tokens: TokenStream): number | null {
  const token = tokens.next;
  const [hours = NaN, minutes = NaN] = token.text.split(':', 2).map(Number);
  if (token.kind !== 'time' || !(hours < 24) || !(minutes < 60)) {
    tokens.refuse(token, 'a time from 00:00 to 23:59');
    return null;
  }
  tokens.take();
  return hours * 60 + minutes;
}

/** Takes an instrument in quotes, or notes a failure and returns null. */
export function readInstrument(tokens: TokenStream): InstrumentName | null {
  const token = tokens.next;
  const instrument = token.kind === 'string' ? readInstrumentName(token.text) : null;
  if (instrument === null) {
    tokens.refuse(token, 'an instrument in quotes, such as "NSE:NIFTY 50"');
    return null;
  }
  tokens.take();
  return instrument;
}

/** Takes a time frame such as `1d`, or notes a failure and returns null. */
export function readFrame(tokens: TokenStream): TimeFrame | null {
  const token = tokens.next;
  const frame = timeFrames.find(
    (name) => frameWords[name] === token.text && token.kind === 'frame',
  );
  if (frame === undefined) {
    tokens.refuse(token, `one of ${Object.values(frameWords).join(', ')}`);
    return null;
  }
  tokens.take();
  return frame;
}

/** Whether the next token is a name that only a parameter can have. */
export function isParameterNext(tokens: TokenStream): boolean {
  const { next } = tokens;
  return next.kind === 'word' && !isWordOfLanguage(next.text) && !isStatementStart(tokens);
}

import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { compileStrategy, type CompiledStrategy } from '@nandax/core/strategy/compile-strategy.ts';
import { instrumentText } from '@nandax/core/strategy/language-words.ts';
import { parseStrategy, type StrategyFailure } from '@nandax/core/strategy/parse-strategy.ts';
import {
  describeCompileFailure,
  type CompileFailure,
} from '@nandax/core/strategy/plan/compile-failure.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { StrategyReference, StrategyRows } from '../ports/strategies.ts';

/** The document cannot be read or run; every mistake with its line and column. */
export interface InvalidRules {
  readonly kind: 'INVALID_RULES';
  readonly errors: readonly StrategyFailure[];
}

const mostInstruments = 100;

/** The name without blanks around it. */
export function checkName(name: string): Result<string, InvalidInput> {
  const title = name.trim();
  return title.length >= 1 && title.length <= 80
    ? succeed(title)
    : fail(invalidInput('name', 'A strategy’s name has 1 to 80 characters.'));
}

/** The document made ready to run on bars of that length. */
export function checkDocument(
  text: string,
  timeFrame: TimeFrame,
): Result<CompiledStrategy, InvalidRules> {
  const read = parseStrategy(text);
  if (!read.ok) return fail({ kind: 'INVALID_RULES', errors: read.failure });
  const compiled = compileStrategy(read.value, { timeFrame });
  if (compiled.ok) return compiled;
  const errors = compiled.failure.map((failure) =>
    mistakeAt(text, wordsIn(failure), describeCompileFailure(failure)),
  );
  return fail({ kind: 'INVALID_RULES', errors });
}

/** Null where these can be a strategy's instruments: at least one, no doubles, all seen by the user. */
export async function checkInstruments(
  rows: StrategyRows,
  ids: readonly string[],
  userId: string,
): Promise<InvalidInput | NotFound | null> {
  if (ids.length < 1 || ids.length > mostInstruments) {
    return invalidInput('instrumentIds', `A strategy has 1 to ${mostInstruments} instruments.`);
  }
  if (new Set(ids).size < ids.length) {
    return invalidInput('instrumentIds', 'An instrument stands in a strategy once.');
  }
  const visible = await rows.visibleInstruments(ids, userId);
  const missing = ids.find((id) => !visible.includes(id));
  return missing === undefined ? null : notFound('Instrument', missing);
}

/**
 * The instruments that the rules name, found among those that the user may see. A pair decides on one
 * instrument and trades the other; what is only read need not be tradable.
 */
export async function findReferences(
  rows: StrategyRows,
  { document, references }: CompiledStrategy,
  {
    text,
    instrumentIds,
    userId,
  }: {
    readonly text: string;
    readonly instrumentIds: readonly string[];
    readonly userId: string;
  },
): Promise<Result<readonly StrategyReference[], InvalidRules | InvalidInput>> {
  const other = document.pair?.instrument ?? null;
  const names = other === null ? references : [other, ...references];
  const distinct = [...new Map(names.map((name) => [instrumentText(name), name])).values()];
  const known = await rows.namedInstruments(distinct, userId);
  const find = (name: string) => known.find((one) => instrumentText(one) === name);
  const errors = distinct.flatMap((name) => {
    const found = find(instrumentText(name));
    const mistake = (expected: string) =>
      mistakeAt(
        text,
        instrumentText(name),
        `expected ${expected}, found "${instrumentText(name)}"`,
        expected,
      );
    if (found === undefined) return [mistake('an instrument that is known here')];
    const isTraded = other !== null && instrumentText(name) === instrumentText(other);
    return isTraded && !found.tradable ? [mistake('an instrument that can be traded')] : [];
  });
  if (errors.length > 0) return fail({ kind: 'INVALID_RULES', errors });
  if (other !== null) {
    const leg = find(instrumentText(other));
    if (instrumentIds.length > 1 || instrumentIds[0] === leg?.instrumentId) {
      const one = 'A pair decides on one instrument, and its rules name another as the other leg.';
      return fail(invalidInput('instrumentIds', one));
    }
  }
  return succeed(
    distinct.map((name) => ({
      name: instrumentText(name),
      instrumentId: find(instrumentText(name))?.instrumentId ?? '',
    })),
  );
}

/** Words of the document by which a failure is found in it. */
function wordsIn(failure: CompileFailure): string {
  switch (failure.code) {
    case 'UNKNOWN_MODEL':
      return `"${failure.name}"`;
    case 'UNKNOWN_INDICATOR':
    case 'UNKNOWN_PARAMETER':
      return failure.name;
    case 'TIME_FRAME_DOES_NOT_FIT':
      return ' on ';
    case 'NUMBER_OUT_OF_RANGE':
    case 'SETTINGS_DO_NOT_FIT':
      return failure.where;
    case 'POSITION_HAS_NO_PAST':
      return failure.expression;
  }
}

/** A mistake where its words stand in the text, else at its beginning. */
function mistakeAt(
  text: string,
  words: string,
  message: string,
  expected: string | null = null,
): StrategyFailure {
  const before = text.slice(0, Math.max(0, text.indexOf(words))).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return { message, line: before.length, column, expected: expected ?? message, suggestion: null };
}

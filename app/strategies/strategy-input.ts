import { parseStrategy, type StrategyFailure } from '@nandax/core/strategy/parse-strategy.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { StrategyRows } from '../ports/strategies.ts';

/** The document cannot be read; every mistake with its line and column. */
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

export function checkDocument(document: string): Result<StrategyDocument, InvalidRules> {
  const read = parseStrategy(document);
  return read.ok ? read : fail({ kind: 'INVALID_RULES', errors: read.failure });
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

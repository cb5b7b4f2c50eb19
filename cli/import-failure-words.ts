import type { InvalidInput } from '@nandax/app/failures.ts';
import type { InvalidFile } from '@nandax/app/market-data/import-history.ts';
import { printable } from './printable.ts';

/** Why nothing was imported, one line each: file, line, column, what stands there, what should. */
export function importFailureWords(failure: InvalidFile | InvalidInput): string {
  if (failure.kind !== 'INVALID_FILE') return failure.message;
  const lines = failure.failures.map(({ line, column, columnName, value, expected }) => {
    const place = columnName === null ? `column ${column}` : `column ${column} (${columnName})`;
    return printable(
      `${failure.fileName}, line ${line}, ${place}: "${value}" should be ${expected}.`,
    );
  });
  return [...lines, 'Nothing was imported.'].join('\n');
}

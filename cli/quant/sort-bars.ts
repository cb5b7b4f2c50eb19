import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { CompiledStrategy } from '@nandax/core/strategy/compile-strategy.ts';
import { instrumentText } from '@nandax/core/strategy/language-words.ts';
import type { InstrumentName } from '@nandax/core/strategy/strategy-document.ts';
import type { CandleFile } from './read-bars.ts';

/** Files told apart by what the rules do with them. */
export interface SortedFiles {
  /** A pair's other leg is the last. */
  readonly traded: readonly CandleFile[];
  /** In the order of the strategy's references. */
  readonly references: readonly CandleFile[];
}

/** What a strategy only reads is not traded; what it names must be there. */
export function sortBars(
  { references, document: { pair } }: CompiledStrategy,
  files: readonly CandleFile[],
): Result<SortedFiles, string> {
  const missing = [...references, ...(pair === null ? [] : [pair.instrument])].find(
    (name) => fileOf(files, name) === undefined,
  );
  if (missing !== undefined) {
    const name = instrumentText(missing);
    return fail(`--data: the strategy reads "${name}"; expected --data "${name}=FILE"`);
  }
  const other = pair === null ? undefined : fileOf(files, pair.instrument);
  const read = references.flatMap((name) => fileOf(files, name) ?? []);
  // Where nothing else is there, an instrument that is read is traded as well.
  const left = files.filter((file) => file !== other && !read.includes(file));
  const first = left.length > 0 ? left : files.filter((file) => file !== other);
  if (pair !== null && first.length !== 1) {
    return fail(`--data: a pair trades two instruments, found ${first.length + 1}`);
  }
  return succeed({ traded: other === undefined ? first : [...first, other], references: read });
}

/** The file of an instrument. */
export function fileOf(
  files: readonly CandleFile[],
  { exchange, symbol }: InstrumentName,
): CandleFile | undefined {
  return files.find((file) => file.exchange === exchange && file.symbol === symbol);
}

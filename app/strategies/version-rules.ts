import { describeCompileFailure } from '@nandax/core/strategy/plan/compile-failure.ts';
import { compileStrategy, type CompiledStrategy } from '@nandax/core/strategy/compile-strategy.ts';
import { instrumentText } from '@nandax/core/strategy/language-words.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import type { InstrumentName } from '@nandax/core/strategy/strategy-document.ts';
import type { InstrumentRecord, StrategyVersionRecord } from '../records.ts';

/** A stored version made ready to run. */
export interface VersionRules {
  readonly strategy: CompiledStrategy;
  /** Those that the rules decide on, and after them a pair's other leg. */
  readonly traded: readonly InstrumentRecord[];
  /** A pair's other leg; null: the strategy trades no pairs. */
  readonly pair: InstrumentRecord | null;
  /** What the rules read beside what they decide on, in the order of the strategy's `references`. */
  readonly read: readonly InstrumentRecord[];
}

/** The rules of a stored version. @throws where it cannot be run, since versions are checked before they are stored. */
export function rulesOfVersion(version: StrategyVersionRecord): VersionRules {
  const document = parseStrategy(version.document);
  if (!document.ok) throw new Error(`strategy version ${version.id} does not parse`);
  const compiled = compileStrategy(document.value, { timeFrame: version.timeFrame });
  if (!compiled.ok) {
    const why = compiled.failure.map(describeCompileFailure).join(' ');
    throw new Error(`strategy version ${version.id} does not compile: ${why}`);
  }
  const { pair } = document.value;
  const other = pair === null ? null : namedBy(version, pair.instrument);
  return {
    strategy: compiled.value,
    traded: other === null ? version.instruments : [...version.instruments, other],
    pair: other,
    read: compiled.value.references.map((name) => namedBy(version, name)),
  };
}

function namedBy(
  { id, references }: StrategyVersionRecord,
  name: InstrumentName,
): InstrumentRecord {
  const found = references.find((reference) => reference.name === instrumentText(name));
  if (found === undefined)
    throw new Error(`strategy version ${id} names no ${instrumentText(name)}`);
  return found.instrument;
}

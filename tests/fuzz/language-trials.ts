import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import { printStrategy } from '@nandax/core/strategy/print-strategy.ts';
import { readStrategyTree } from '@nandax/core/strategy/read-strategy-tree.ts';
import { SeededRandom } from '../kit/simulation/seeded-random.ts';
import { joined, mutated } from './mutate-tokens.ts';
import { RuleTexts } from './rule-texts.ts';

/** What many inputs of the rule language came to. */
export interface TrialCounts {
  readonly inputs: number;
  /** How many were strategies. */
  readonly parsed: number;
  /** How many inputs were changed after they had been written by the grammar. */
  readonly mutated: number;
  /** Milliseconds that the slowest input took to read, and its seed. */
  readonly slowest: { readonly milliseconds: number; readonly seed: number };
  /** The first inputs that broke a promise. */
  readonly broken: readonly BrokenTrial[];
}

/** An input that broke a promise of the language. */
export interface BrokenTrial {
  /** `--inputs 1 --seed <seed>` runs it alone. */
  readonly seed: number;
  readonly reason: string;
  readonly text: string;
}

/** The input of one seed. */
export function textOfSeed(seed: number): { readonly text: string; readonly isMutated: boolean } {
  const random = new SeededRandom(seed);
  const tokens = new RuleTexts(random).strategy();
  const changes = random.chance(0.35) ? 0 : 1 + random.below(random.pick([1, 2, 4, 12]));
  const text = joined(mutated(tokens, changes, random), random);
  return { text, isMutated: changes > 0 };
}

/** Reads the inputs of the seeds `seed` to `seed + inputs - 1`; `now` gives milliseconds. */
export function tryTexts(seed: number, inputs: number, now: () => number): TrialCounts {
  let parsed = 0;
  let mutatedInputs = 0;
  let slowest = { milliseconds: 0, seed };
  const broken: BrokenTrial[] = [];
  for (let current = seed; current < seed + inputs; current += 1) {
    const { text, isMutated } = textOfSeed(current);
    if (isMutated) mutatedInputs += 1;
    const start = now();
    const outcome = tryText(text);
    const milliseconds = now() - start;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, seed: current };
    if (outcome === 'parsed') parsed += 1;
    else if (outcome !== 'refused' && broken.length < 10) {
      broken.push({ seed: current, reason: outcome.broken, text });
    }
  }
  return { inputs, parsed, mutated: mutatedInputs, slowest, broken };
}

/** Whether the text is a strategy; or which promise it broke. */
function tryText(text: string): 'parsed' | 'refused' | { readonly broken: string } {
  try {
    const result = parseStrategy(text);
    if (result.ok) {
      const printed = printStrategy(result.value);
      if (!isSame(parseStrategy(printed), result)) {
        return { broken: `its print is another tree: ${printed}` };
      }
      const json: unknown = JSON.parse(JSON.stringify(result.value));
      return isSame(readStrategyTree(json), result)
        ? 'parsed'
        : { broken: 'its JSON is another tree' };
    }
    const lines = text.split('\n');
    const isInside = result.failure.every(
      ({ line, column, message, expected }) =>
        column >= 1 &&
        column <= (lines[line - 1]?.length ?? -1) + 1 &&
        message !== '' &&
        expected !== '',
    );
    if (result.failure.length === 0 || result.failure.length > 20) {
      return { broken: `refused with ${result.failure.length} failures` };
    }
    return isInside ? 'refused' : { broken: 'a failure outside the text' };
  } catch (thrown) {
    return { broken: `threw ${thrown instanceof Error ? (thrown.stack ?? '') : String(thrown)}` };
  }
}

/** Both readers write the keys of a node in one order, so their JSON tells trees apart. */
function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

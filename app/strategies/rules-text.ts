import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { printStrategy } from '@nandax/core/strategy/print-strategy.ts';
import { readStrategyTree } from '@nandax/core/strategy/read-strategy-tree.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';

/** Rules as somebody sent them: as text, as the tree of the same, or not at all. */
export interface GivenRules {
  readonly document: string | null;
  /** Untrusted JSON. */
  readonly tree: unknown;
}

/** The text of the rules, printed where they came as a tree; null: none were given. */
export function textOfRules({ document, tree }: GivenRules): Result<string | null, InvalidInput> {
  if (tree === null || tree === undefined) return succeed(document);
  if (document !== null) {
    return fail(invalidInput('tree', 'Rules are given as a document or as a tree, not as both.'));
  }
  const read = readStrategyTree(tree);
  if (read.ok) return succeed(printStrategy(read.value));
  const [first] = read.failure;
  const mistakes = read.failure.map(({ path, expected }) =>
    path === '' ? `expected ${expected}` : `${path}: expected ${expected}`,
  );
  const place = first === undefined || first.path === '' ? 'tree' : `tree.${first.path}`;
  return fail(invalidInput(place, `The tree cannot be read: ${mistakes.join('; ')}.`));
}

/** The same where rules there must be. */
export function textOfNewRules(given: GivenRules): Result<string, InvalidInput> {
  const text = textOfRules(given);
  if (!text.ok) return text;
  if (text.value !== null) return succeed(text.value);
  return fail(invalidInput('document', 'A strategy needs its rules, as a document or as a tree.'));
}

import { printStrategy } from '../print-strategy.ts';
import type { StrategyDocument } from '../strategy-document.ts';

/** A statement that means something else in a later document. */
export interface ChangedStatement {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  /** What it is about: `stop_loss`, `long entry`, or the parameter's name. */
  readonly name: string;
  /** The whole statement; null: it was not there. */
  readonly before: string | null;
  /** The same; null: it is not there any more. */
  readonly after: string | null;
}

/**
 * What two documents say differently, whatever their texts look like: order, white space, comments and
 * needless parentheses are no difference. `earlier` null: there was none.
 */
export function compareDocuments(
  earlier: StrategyDocument | null,
  later: StrategyDocument,
): readonly ChangedStatement[] {
  const before = earlier === null ? new Map<string, string>() : statementsOf(earlier);
  const after = statementsOf(later);
  const names = new Set([...after.keys(), ...before.keys()]);
  return [...names].flatMap((name): ChangedStatement[] => {
    const [old = null, now = null] = [before.get(name), after.get(name)];
    if (old === now) return [];
    const kind = old === null ? 'ADDED' : now === null ? 'REMOVED' : 'CHANGED';
    return [{ kind, name, before: old, after: now }];
  });
}

/** Every statement by what it is about; each is printed in a line of its own. */
function statementsOf(document: StrategyDocument): ReadonlyMap<string, string> {
  const statements = new Map<string, string>();
  for (const line of printStrategy(document).split('\n')) {
    const [first = '', second = ''] = line.split(' ', 2);
    if (first === '') continue;
    let name = first === 'long' || first === 'short' ? `${first} ${second}` : first;
    if (first.endsWith('_per_trade')) name = 'size';
    for (let further = 2; statements.has(name); further += 1) name = `${first} ${further}`;
    statements.set(name, line);
  }
  return statements;
}

import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import type { CreateStrategyPorts } from './create-strategy.ts';

/** Puts a strategy out of sight; its versions stay for the runs that are bound to them. */
export async function deleteStrategy(
  { strategies, clock }: Pick<CreateStrategyPorts, 'strategies' | 'clock'>,
  { userId, strategyId }: { readonly userId: string; readonly strategyId: string },
): Promise<Result<{ readonly id: string }, IllegalState | NotFound>> {
  return strategies.transaction(async ({ strategies: rows }) => {
    const strategy = await rows.lock(strategyId, userId);
    if (strategy === null) return fail(notFound('Strategy', strategyId));
    const active = await rows.activeAgents(strategyId);
    if (active > 0) {
      const agents = active === 1 ? 'An agent trades' : `${active} agents trade`;
      return fail(illegalState(strategy.status, `${agents} this strategy; stop first.`));
    }
    await rows.markDeleted(strategyId, clock.now());
    return succeed({ id: strategyId });
  });
}

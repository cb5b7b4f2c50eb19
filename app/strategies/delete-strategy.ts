import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import type { CreateStrategyPorts } from './create-strategy.ts';

/** Puts a strategy out of sight; its versions stay for the runs that are bound to them. */
export async function deleteStrategy(
  { strategies, clock, bus }: Pick<CreateStrategyPorts, 'strategies' | 'clock' | 'bus'>,
  { actor, strategyId }: { readonly actor: AccountActor; readonly strategyId: string },
): Promise<Result<{ readonly id: string }, IllegalState | NotFound>> {
  const deleted = await strategies.transaction(async ({ strategies: rows, audit }) => {
    const strategy = await rows.lock(strategyId, actor.userId);
    if (strategy === null) return fail(notFound('Strategy', strategyId));
    const active = await rows.activeAgents(strategyId);
    if (active > 0) {
      const agents = active === 1 ? 'An agent trades' : `${active} agents trade`;
      return fail(illegalState(strategy.status, `${agents} this strategy; stop first.`));
    }
    const now = clock.now();
    await rows.markDeleted(strategyId, now);
    await audit.append(
      [
        {
          chain: actor.userId,
          action: 'STRATEGY_DELETED',
          actor,
          entity: 'Strategy',
          entityId: strategyId,
          before: { name: strategy.name, status: strategy.status },
        },
      ],
      now,
    );
    return succeed({ id: strategyId });
  });
  if (deleted.ok) await bus.publish('audit', {});
  return deleted;
}

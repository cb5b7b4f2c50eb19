import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';

/**
 * Takes note of a difference between the broker's books and ours: from the next reading on it does
 * not keep live trading shut. One that was noted before keeps its time.
 */
export async function acknowledgeFinding(
  ports: Pick<TradingPorts, 'store' | 'clock' | 'bus'>,
  { actor, findingId }: { readonly actor: UserActor; readonly findingId: string },
): Promise<Result<{ readonly id: string }, NotFound | IllegalState>> {
  const noted = await ports.store.transaction(async ({ readings, audit }) => {
    const finding = await readings.lockFinding(findingId, actor.userId);
    if (finding === null) return fail(notFound('ReconciliationFinding', findingId));
    if (finding.endedAt !== null) return fail(illegalState('ENDED', 'It differs no more.'));
    if (finding.acknowledgedAt !== null) return succeed({ id: findingId });
    const now = ports.clock.now();
    await readings.saveFinding({ ...finding, acknowledgedAt: now });
    const { portfolioId, kind, subject } = finding;
    await audit.append(
      [
        {
          chain: actor.userId,
          action: 'FINDING_ACKNOWLEDGED',
          actor,
          entity: 'ReconciliationFinding',
          entityId: findingId,
          after: { portfolioId, kind, subject },
        },
      ],
      now,
    );
    return succeed({ id: findingId });
  });
  if (noted.ok) await ports.bus.publish('audit', {});
  return noted;
}

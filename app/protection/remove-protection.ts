import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import { askForCancels } from '../orders/cancel-order.ts';
import { missingTradeScope, type ScopeMissing } from '../orders/trade-scope.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { coverStays, endProtection, isOfCover } from './end-protection.ts';

/** Takes a protection away, and its resting exits back. Doing so again changes nothing. */
export async function removeProtection(
  ports: Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>,
  { actor, protectionId }: { readonly actor: AccountActor; readonly protectionId: string },
): Promise<Result<{ readonly id: string }, NotFound | IllegalState | ScopeMissing>> {
  const removed = await ports.store.transaction(async (rows) => {
    const seen = await rows.protections.find(protectionId);
    if (seen?.userId !== actor.userId) return fail(notFound('Protection', protectionId));
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    if (portfolio === null) return fail(notFound('Protection', protectionId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);
    const protection = (await rows.protections.find(protectionId)) ?? seen;
    if (protection.status === 'REMOVED') return succeed({ id: protectionId });
    if (protection.status === 'ENDED') {
      return fail(illegalState('ENDED', 'Nothing is left that it protects.'));
    }
    if (await isOfCover(rows, protection.entryOrderId)) {
      return fail(illegalState(protection.status, coverStays));
    }
    const now = ports.clock.now();
    const exits = await rows.orders.exitsOfProtection(protectionId);
    const { drafts } = await askForCancels(rows, ports, exits, actor);
    const reason = 'It was taken away by hand.';
    const ended = await endProtection(rows, ports, protection, reason, 'REMOVED');
    await rows.audit.append(
      [
        {
          chain: actor.userId,
          action: 'PROTECTIVE_STOP_REMOVED',
          actor,
          entity: 'Protection',
          entityId: protectionId,
        },
      ],
      now,
    );
    await rows.events.append(actor.userId, [...drafts, ended], now);
    return succeed({ id: protectionId });
  });
  if (removed.ok) {
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  }
  return removed;
}

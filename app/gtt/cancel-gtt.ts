import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { illegalState, notFound, type IllegalState, type NotFound } from '../failures.ts';
import { missingTradeScope, type ScopeMissing } from '../orders/trade-scope.ts';
import { portfolioTime } from '../portfolios/owned-paper-portfolio.ts';
import { endGtts } from './end-gtts.ts';
import { gttAudit, tellOfGtt, type GttPorts } from './place-gtt.ts';

/** Takes an active GTT back. Doing so again changes nothing. */
export async function cancelGtt(
  ports: Omit<GttPorts, 'history'>,
  { actor, gttId }: { readonly actor: AccountActor; readonly gttId: string },
): Promise<Result<{ readonly id: string }, NotFound | IllegalState | ScopeMissing>> {
  const cancelled = await ports.store.transaction(async (rows) => {
    const seen = await rows.gtts.find(gttId);
    if (seen?.userId !== actor.userId) return fail(notFound('Gtt', gttId));
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    if (portfolio === null) return fail(notFound('Gtt', gttId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);
    const gtt = (await rows.gtts.find(gttId)) ?? seen;
    if (gtt.status === 'CANCELLED') return succeed({ id: gttId });
    if (gtt.status !== 'ACTIVE') {
      return fail(illegalState(gtt.status, `A GTT that is ${gtt.status} cannot be cancelled.`));
    }
    const now = ports.clock.now();
    const at = await portfolioTime(rows, portfolio, now);
    const drafts = await endGtts(rows, ports, [gtt], { status: 'CANCELLED', reason: null, at });
    const audited = gttAudit('GTT_CANCELLED', actor, { ...gtt, status: 'CANCELLED' });
    await rows.audit.append([audited], now);
    await rows.events.append(gtt.userId, drafts, now);
    return succeed({ id: gttId });
  });
  if (cancelled.ok) await tellOfGtt(ports);
  return cancelled;
}

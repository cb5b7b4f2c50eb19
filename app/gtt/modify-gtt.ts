import type { GttLegTerms } from '@nandax/core/order/gtt.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { illegalState, invalidInput, notFound } from '../failures.ts';
import { missingTradeScope } from '../orders/trade-scope.ts';
import type { GttRecord } from '../ports/gtts.ts';
import { gttEvent } from './gtt-event.ts';
import { gttAudit, judgeGtt, tellOfGtt, type GttPorts, type PlaceGttFailure } from './place-gtt.ts';

/**
 * Gives an active GTT other triggers, prices and quantities, as many legs as it has; its year begins
 * anew. It is judged as a new one would be.
 */
export async function modifyGtt(
  ports: GttPorts,
  {
    actor,
    gttId,
    legs,
  }: {
    readonly actor: AccountActor;
    readonly gttId: string;
    readonly legs: readonly GttLegTerms[];
  },
): Promise<Result<GttRecord, PlaceGttFailure>> {
  const modified = await ports.store.transaction(async (rows) => {
    const seen = await rows.gtts.find(gttId);
    if (seen?.userId !== actor.userId) return fail(notFound('Gtt', gttId));
    const portfolio = await rows.portfolios.lock(seen.portfolioId);
    if (portfolio === null) return fail(notFound('Gtt', gttId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);
    const gtt = (await rows.gtts.find(gttId)) ?? seen;
    if (gtt.status !== 'ACTIVE') {
      return fail(illegalState(gtt.status, `A GTT that is ${gtt.status} cannot be changed.`));
    }
    if (portfolio.feedId !== gtt.feedId) {
      return fail(illegalState('OTHER_FEED', 'The portfolio follows another feed by now.'));
    }
    if (legs.length !== gtt.legs.length) {
      return fail(invalidInput('legs', `This GTT has ${gtt.legs.length} legs, and keeps them.`));
    }
    const judged = await judgeGtt(rows, ports, portfolio, { ...gtt, legs }, actor.userId, false);
    if (!judged.ok) return judged;
    const now = ports.clock.now();
    const after: GttRecord = {
      ...gtt,
      ...judged.value,
      legs: gtt.legs.map((leg, index) => ({ ...leg, ...judged.value.legs[index] })),
      updatedAt: now,
    };
    await rows.gtts.save(after);
    await rows.audit.append([gttAudit('GTT_CHANGED', actor, after, gtt)], now);
    await rows.events.append(gtt.userId, [gttEvent(after, 'GTT_CHANGED')], now);
    return succeed(after);
  });
  if (modified.ok) await tellOfGtt(ports);
  return modified;
}

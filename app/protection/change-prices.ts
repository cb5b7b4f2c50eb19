import { changeableTermsOf, sameTerms, type ChangeableTerms } from '@nandax/core/order/order.ts';
import { isStop } from '@nandax/core/order/order-terms.ts';
import {
  exitTermsOf,
  type ProtectionPhase,
  type ProtectionPrices,
} from '@nandax/core/order/plan-protection.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { isWorking } from '@nandax/core/order/status.ts';
import type { AccountActor } from '../actor.ts';
import { illegalState, invalidInput } from '../failures.ts';
import {
  checkModification,
  requestModification,
  type ModifyOrderFailure,
} from '../orders/modify-order.ts';
import type { DoorData } from '../orders/pass-door.ts';
import { portfolioTime } from '../portfolios/owned-paper-portfolio.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { ProtectionRecord } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord } from '../records.ts';
import { followProtections } from './follow-position.ts';
import { stateOf, type ProtectionState } from './protected-place.ts';
import { checkAgainstMarket, checkProtectionPrices, samePrice } from './protection-prices.ts';
import { outcomeOf } from './settle-change.ts';

type ChangePorts = Pick<TradingPorts, 'ids' | 'clock'>;

/** A change of prices as it is written down. */
interface AskedChange {
  readonly asked: ProtectionPrices;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

/** A protection whose prices were asked for, and what its user is to be told. */
export interface ChangedPrices {
  readonly protection: ProtectionRecord;
  readonly drafts: readonly EventDraft[];
}

/**
 * Asks for other prices of a protection that stands, in the caller's transaction and under the
 * portfolio's lock. What rests at the broker is changed there and never taken back, so that its units
 * do not stop resting; until the broker has answered the old prices rest, and where it refuses they
 * stand again (`settle-change.ts`). The trigger of a CO whose entry still works is changed with the
 * entry. What the door refuses changes nothing.
 */
export async function changePrices(
  at: ChangingPlace,
  protection: ProtectionRecord,
  { asked, idempotencyKey, requestHash }: AskedChange,
): Promise<Result<ChangedPrices, ModifyOrderFailure>> {
  const { rows, ports, portfolio, actor } = at;
  const state = await stateOf(rows, protection);
  const failure = unchangeable(portfolio, state) ?? (await misfitOf(at, state, asked));
  if (failure !== null) return fail(failure);
  const done = await (isThroughEntry(state)
    ? askEntry(at, state, asked)
    : askExits(at, state, asked));
  if (!done.ok) return done;

  const now = ports.clock.now();
  const after = (await rows.protections.find(protection.id)) ?? protection;
  const { stopPrice, targetPrice, phase } = protection;
  const { status } = outcomeOf(after, asked, await stateOf(rows, after));
  await rows.protections.insertChange({
    id: ports.ids.uuid(),
    userId: actor.userId,
    protectionId: protection.id,
    idempotencyKey,
    requestHash,
    // What is not at the broker yet, the next look brings there or takes back.
    status: status === 'TAKEN' ? 'TAKEN' : 'PENDING',
    asked,
    before: { stopPrice, targetPrice, phase },
    reason: null,
    createdAt: now,
    updatedAt: now,
  });
  return succeed({ protection: after, drafts: done.value });
}

/** A protection that is to change, and what acting on it takes. */
export interface ChangingPlace {
  readonly rows: StoreTransaction;
  readonly ports: ChangePorts;
  readonly data: DoorData;
  readonly portfolio: LockedPortfolio;
  readonly instrument: InstrumentRecord;
  readonly actor: AccountActor;
}

/** Why no price of it can be changed now. */
function unchangeable(
  { tradingState }: LockedPortfolio,
  state: ProtectionState,
): ModifyOrderFailure | null {
  const { protection, working, entry } = state;
  if (tradingState === 'HALTED') {
    return illegalState('HALTED', 'Trading is halted; orders can only be cancelled.');
  }
  if (protection.status !== 'ACTIVE') {
    const message = protection.endReason ?? 'Nothing is left that it protects.';
    return illegalState(protection.status, message);
  }
  if (protection.phase === 'EXIT') {
    return illegalState('EXIT', 'The position leaves at the market already.');
  }
  if (working.some(({ type, triggered }) => isStop(type) && triggered)) {
    return illegalState('TRIGGERED', 'The stop has been triggered; the position is leaving.');
  }
  const orders = isThroughEntry(state) && entry !== null ? [entry, ...working] : working;
  const awaited = orders.find(
    ({ status }) => status !== 'ACCEPTED' && status !== 'PARTIALLY_FILLED',
  );
  if (awaited === undefined) return null;
  const message = 'The broker has not answered about its order yet; one change at a time.';
  return illegalState(awaited.status, message);
}

/** Whether it is the stop of a CO whose entry works: the trigger is the entry's then. */
function isThroughEntry({ entry }: Pick<ProtectionState, 'entry'>): boolean {
  return entry?.variety === 'CO' && isWorking(entry.status);
}

/** Why these prices protect nothing, or are those that it has. */
async function misfitOf(
  { rows, portfolio: { feedId }, instrument }: ChangingPlace,
  { protection, entry, open }: ProtectionState,
  asked: ProtectionPrices,
): Promise<ModifyOrderFailure | null> {
  const { side, instrumentId } = protection;
  if (entry?.variety === 'CO' && asked.targetPrice !== null) {
    return invalidInput('targetPrice', 'A cover order has a stop and no target.');
  }
  const stopStays = asked.stopPrice.equals(protection.stopPrice);
  const targetStays = samePrice(asked.targetPrice, protection.targetPrice);
  if (stopStays && targetStays) return invalidInput('changes', 'Nothing would change.');
  const quote = feedId === null ? null : await rows.feeds.quote(feedId, instrumentId);
  const last = quote?.lastPrice ?? null;
  const reference = open.isZero() ? (entry?.price ?? entry?.triggerPrice ?? last) : last;
  const changed = {
    stopPrice: stopStays ? null : asked.stopPrice,
    targetPrice: targetStays ? null : asked.targetPrice,
  };
  return (
    checkProtectionPrices(asked, side, null, instrument) ??
    checkAgainstMarket(changed, side, reference)
  );
}

type Asked = Result<readonly EventDraft[], ModifyOrderFailure>;

/** The trigger of a CO that works: the stop follows when the broker has taken it. */
async function askEntry(
  { rows, ports, data, portfolio, actor }: ChangingPlace,
  { entry }: ProtectionState,
  { stopPrice }: ProtectionPrices,
): Promise<Asked> {
  if (entry === null) throw new Error('a cover order has an entry');
  const terms = { ...changeableTermsOf(entry), triggerPrice: stopPrice };
  const change = { order: entry, terms, actor };
  const asked = await requestModification(rows, ports, data, portfolio, change);
  return asked.ok ? succeed([asked.value.draft]) : asked;
}

/** The exits that rest; the door judges all of them before anything is written. */
async function askExits(
  { rows, ports, data, portfolio, instrument }: ChangingPlace,
  { protection, working }: ProtectionState,
  asked: ProtectionPrices,
): Promise<Asked> {
  const now = ports.clock.now();
  const phase = phaseFor(protection, asked);
  const exitTerms = exitTermsOf(phase, { ...asked, side: protection.side }, instrument);
  for (const order of working) {
    const denied = await deniedExit(rows, data, portfolio, order, {
      ...changeableTermsOf(order),
      ...exitTerms,
    });
    if (denied !== null) return fail(denied);
  }
  const watchedFrom = await portfolioTime(rows, portfolio, now);
  await rows.protections.save({ ...protection, ...asked, phase, watchedFrom, updatedAt: now });
  return succeed(await followProtections(rows, ports, data, protection, null));
}

async function deniedExit(
  rows: StoreTransaction,
  data: DoorData,
  portfolio: LockedPortfolio,
  order: OrderRecord,
  terms: ChangeableTerms,
): Promise<ModifyOrderFailure | null> {
  return sameTerms(order, terms) ? null : checkModification(rows, data, portfolio, order, terms);
}

/** Another target has not traded yet: until it does the stop rests. */
function phaseFor(
  { phase, targetPrice }: ProtectionRecord,
  asked: ProtectionPrices,
): ProtectionPhase {
  return phase === 'TARGET' && !samePrice(targetPrice, asked.targetPrice) ? 'STOP' : phase;
}

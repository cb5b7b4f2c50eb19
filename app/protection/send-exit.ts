import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { changeableTermsOf, plainTerms, sameTerms } from '@nandax/core/order/order.ts';
import { exitTermsOf } from '@nandax/core/order/plan-protection.ts';
import type { Decimal } from 'decimal.js';
import { systemActor } from '../actor.ts';
import { requestHashOf } from '../orders/keyed-request.ts';
import { passDoor, type DoorData } from '../orders/pass-door.ts';
import type { MarketTime } from '../orders/session-at-door.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { ProtectionRecord } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord } from '../records.ts';

export type FollowPorts = Pick<TradingPorts, 'ids' | 'clock'>;

/** Where a protection lives, and what acting on it takes. */
export interface FollowedPlace {
  readonly rows: StoreTransaction;
  readonly ports: FollowPorts;
  readonly data: DoorData;
  readonly portfolio: LockedPortfolio;
  readonly instrument: InstrumentRecord;
  readonly clock: MarketTime;
}

/**
 * Refusals that say nothing of the position: the market is not open for such an order now, or its
 * price cannot trade today. The stop waits with us, and the next look tries again.
 */
const notNow: readonly unknown[] = [
  ...['MARKET_CLOSED', 'NOT_TAKEN_IN_PHASE', 'AFTER_MARKET_HOURS', 'PRICE_BAND'],
  ...['TRADING_HALTED', 'BROKER_ORDERS_PER_DAY'],
];

/** Of these, what holds until the day ends: the broker's cap, and the band within which it trades. */
const ofTheDay: readonly unknown[] = ['PRICE_BAND', 'BROKER_ORDERS_PER_DAY'];

/** After a refused exit another of its kind is sent no sooner, market time. */
const retryMs = 60_000;

/** Whether a code says nothing of the position, so that the next look tries again. */
export function isNotNow(code: unknown): boolean {
  return notNow.includes(code);
}

/** Whether an exit that the door denied waits with us. */
export function waits(order: Pick<OrderRecord, 'denial'>): boolean {
  return isNotNow(codeOf(order));
}

/** Whether the last exit, of the kind that would be sent now, was refused a short while ago. */
export function wasJustRefused(
  { instrument, clock: { marketTime: now } }: Pick<FollowedPlace, 'instrument' | 'clock'>,
  protection: ProtectionRecord,
  exits: readonly OrderRecord[],
): boolean {
  const last = exits.at(-1);
  if (last === undefined || last.filledQuantity.greaterThan(0)) return false;
  const isRefused = ['DENIED', 'REJECTED', 'NOT_PLACED'].includes(last.status);
  const terms = exitTermsOf(protection.phase, protection, instrument);
  const isAlike = sameTerms(last, { ...changeableTermsOf(last), ...terms });
  if (!isRefused || !isAlike) return false;
  return ofTheDay.includes(codeOf(last))
    ? exchangeDateOf(now.getTime()) === exchangeDateOf(last.marketTime.getTime())
    : now.getTime() - last.marketTime.getTime() < retryMs;
}

/** Sends an exit of a protection through the door, whatever comes of it. */
export async function sendExit(
  { rows, ports, data, portfolio, instrument, clock }: FollowedPlace,
  protection: ProtectionRecord,
  quantity: Decimal,
): Promise<{ readonly order: OrderRecord; readonly drafts: readonly EventDraft[] }> {
  const { id, side, product, phase, entryOrderId } = protection;
  const terms = exitTermsOf(phase, protection, instrument);
  const { orders, drafts } = await passDoor(rows, ports, data, portfolio, {
    idempotencyKey: `stop-${ports.ids.uuid()}`,
    requestHash: requestHashOf({ protectionId: id, phase, quantity }),
    kind: 'SINGLE',
    source: 'PROTECTIVE_STOP',
    actor: systemActor,
    intent: 'STOP_LOSS',
    ...clock,
    legs: [
      {
        instrument,
        reduceOnly: true,
        parentOrderId: entryOrderId,
        run: null,
        terms: { ...plainTerms, ...terms, side, product, quantity },
      },
    ],
  });
  const [order] = orders;
  if (order === undefined) throw new Error('the door wrote no order');
  await rows.protections.addOrder(id, order.id);
  return { order, drafts };
}

function codeOf({ denial }: Pick<OrderRecord, 'denial'>): unknown {
  return denial !== null && typeof denial === 'object' && 'code' in denial ? denial.code : null;
}

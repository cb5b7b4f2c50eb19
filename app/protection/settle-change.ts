import type { OrderRecord } from '../ports/orders.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import { notify } from '../notifications/notify.ts';
import type { EventDraft } from '../ports/events.ts';
import type { ProtectionChangeRecord, ProtectionRecord } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord } from '../records.ts';
import type { ProtectionPrices } from '@nandax/core/order/plan-protection.ts';
import type { ProtectionState } from './protected-place.ts';

/** What the broker made of a change of prices, and the orders that say so. */
interface Outcome {
  readonly status: 'PENDING' | 'TAKEN' | 'REFUSED';
  /** Of a refusal: why, for people; null otherwise. */
  readonly reason: string | null;
}

/**
 * What became of the prices asked for, read from the orders: while one of them waits for the
 * broker's answer it is open. A stop that has its trigger at the broker, and a target its limit, was
 * taken. The trigger of a CO whose entry works is changed with the entry, which then tells.
 */
export function outcomeOf(
  protection: Pick<ProtectionRecord, 'stopPrice' | 'targetPrice'>,
  asked: ProtectionPrices,
  { entry, working }: Pick<ProtectionState, 'entry' | 'working'>,
): Outcome {
  const throughEntry = !protection.stopPrice.equals(asked.stopPrice);
  const orders = throughEntry ? (entry === null ? [] : [entry]) : working;
  if (orders.some(({ status }) => status === 'MODIFY_PENDING')) {
    return { status: 'PENDING', reason: null };
  }
  const refused = orders.find((order) => !rests(order, asked));
  if (refused === undefined) return { status: 'TAKEN', reason: null };
  return { status: 'REFUSED', reason: refused.reason ?? 'No reason is known.' };
}

/**
 * Hears, within the caller's transaction and under the portfolio's lock, whether the broker has
 * answered about a change of prices. Where it refused, the old prices stand again, which is what
 * rests, and the user is told with the numbers. Does nothing where nothing is open.
 */
export async function settleChange(
  {
    rows,
    ports,
    instrument,
  }: {
    readonly rows: StoreTransaction;
    readonly ports: Pick<TradingPorts, 'ids' | 'clock'>;
    readonly instrument: InstrumentRecord;
  },
  state: Pick<ProtectionState, 'entry' | 'working'>,
  protection: ProtectionRecord,
): Promise<{ readonly protection: ProtectionRecord; readonly drafts: readonly EventDraft[] }> {
  const change = await rows.protections.pendingChange(protection.id);
  if (change === null) return { protection, drafts: [] };
  const { status, reason } = outcomeOf(protection, change.asked, state);
  if (status === 'PENDING') return { protection, drafts: [] };
  const now = ports.clock.now();
  await rows.protections.saveChange({ ...change, status, reason, updatedAt: now });
  const told = portfolioEvent(protection.portfolioId);
  if (status === 'TAKEN') return { protection, drafts: [told] };
  const restored = restore(protection, change, now);
  await rows.protections.save(restored);
  const note = await notify(rows, ports.ids, {
    userId: protection.userId,
    level: 'WARNING',
    title: `The protection of ${instrument.tradingSymbol} stays as it was`,
    body: `The change to ${wordsOf(change.asked)} was refused: ${reason} It stays at ${wordsOf(change.before)}.`,
    at: now,
  });
  return { protection: restored, drafts: [told, note] };
}

/** What leaves at the market already goes on leaving. */
function restore(
  protection: ProtectionRecord,
  { before: { stopPrice, targetPrice, phase } }: ProtectionChangeRecord,
  updatedAt: Date,
): ProtectionRecord {
  const leaves = protection.phase === 'EXIT';
  return {
    ...protection,
    stopPrice,
    targetPrice,
    phase: leaves ? 'EXIT' : phase,
    updatedAt,
  };
}

/** Whether an order carries the price of these that is its own; one at the market carries none. */
function rests(
  { type, price, triggerPrice, variety }: OrderRecord,
  { stopPrice, targetPrice }: ProtectionPrices,
): boolean {
  if (variety === 'CO' || type === 'SL' || type === 'SL_M') {
    return triggerPrice?.equals(stopPrice) === true;
  }
  if (type === 'LIMIT') return targetPrice !== null && price?.equals(targetPrice) === true;
  return true;
}

/** Such as `stop 95.00, target 110.00`. */
function wordsOf({ stopPrice, targetPrice }: ProtectionPrices): string {
  const target = targetPrice === null ? 'no target' : `target ${targetPrice.toFixed(2)}`;
  return `stop ${stopPrice.toFixed(2)}, ${target}`;
}

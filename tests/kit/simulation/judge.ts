import type { PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import type { BrokerExecution } from '@nandax/app/ports/broker.ts';
import type { FillRecord, OrderRecord } from '@nandax/app/ports/orders.ts';
import type { PositionRecord } from '@nandax/app/ports/portfolios.ts';
import { isClosed, type OrderStatus } from '@nandax/core/order/status.ts';
import { sameTerms } from '@nandax/core/order/order.ts';
import { isStop } from '@nandax/core/order/order-terms.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import type { GttRecord } from '@nandax/app/ports/gtts.ts';
import type { ProtectionRecord } from '@nandax/app/ports/protections.ts';
import { Decimal } from 'decimal.js';
import { wrongGtts, wrongProtections } from './judge-watched.ts';
import { filledOf, positionsOf, type BookedOrder } from '../broker/stand-in-broker.ts';

/** What a story left in the database. */
export interface Outcome {
  readonly orders: readonly OrderRecord[];
  readonly fills: readonly Pick<FillRecord, 'orderId' | 'tradeId' | 'quantity' | 'price'>[];
  readonly positions: readonly PositionRecord[];
  readonly ledger: readonly {
    readonly reference: string;
    readonly lines: readonly { readonly amount: Decimal }[];
  }[];
  readonly gtts: readonly GttRecord[];
  readonly protections: readonly ProtectionRecord[];
  /** Which orders are exits, and whose. */
  readonly exits: readonly { readonly protectionId: string; readonly orderId: string }[];
  readonly events: readonly { readonly sequence: bigint; readonly publishedAt: Date | null }[];
}

/** Of stories in which nobody protects anything or asks for a GTT. */
export const nothingWatched = { gtts: [], protections: [], exits: [] } as const;

/** What a client was told: of several orders under its key, the first or the one that was denied. */
export interface AnsweredOrder {
  readonly input: Pick<PlaceOrderInput, 'idempotencyKey'>;
  readonly orderId: string;
}

/** Everything that clients were told. */
export interface Told {
  readonly answered: readonly AnsweredOrder[];
  /** Orders whose cancel was taken: they end. */
  readonly cancelled: readonly string[];
  /** GTTs by the key they were asked for under; null: refused. */
  readonly gtts: readonly { readonly idempotencyKey: string; readonly id: string | null }[];
}

/**
 * Everything that is wrong with what a story left: an order lost or doubled, one whose end differs
 * from the broker's or says no reason, positions that are not the broker's, books that do not
 * balance, events with gaps. Empty: all is well.
 */
export function judge(
  outcome: Outcome,
  book: readonly BookedOrder[],
  { answered, cancelled, gtts }: Told,
): string[] {
  const { orders, fills, positions, ledger, events } = outcome;
  return [
    ...keysWithoutOneRequest(orders, answered),
    ...wrongGtts(outcome, gtts),
    ...wrongProtections(outcome),
    ...[...requestsOf(orders).values()].flatMap((legs) => wrongWithLegs(legs, book)),
    ...cancelsWithoutEnd(orders, cancelled),
    ...orders.flatMap((order) => wrongWithOrder(order, fills, book)),
    ...strangers(book, orders),
    ...wrongPositions(positions, book),
    ...wrongLedger(ledger),
    ...wrongEvents(events),
  ];
}

/** Whether nothing more is to come: every order is settled and every event has left. */
export function isAtRest(outcome: Outcome, book: readonly BookedOrder[]): boolean {
  const { orders, events } = outcome;
  return (
    wrongProtections(outcome).length === 0 &&
    orders.every((order) => isSettled(order, book)) &&
    events.every(({ publishedAt }) => publishedAt !== null)
  );
}

/** What ends an order as the broker's word does. */
const endedBy: Readonly<Record<BookedOrder['status'], OrderStatus | null>> = {
  TRIGGER_PENDING: null,
  OPEN: null,
  COMPLETE: 'FILLED',
  CANCELLED: 'CANCELLED',
  REJECTED: 'REJECTED',
  EXPIRED: 'EXPIRED',
};

/** What an order ends as that never reached the broker. */
const endedHere: readonly OrderStatus[] = ['DENIED', 'NOT_PLACED', 'REJECTED', 'CANCELLED'];

/** Whether an order needs nothing more: it has ended, or rests, as the broker shows it. */
function isSettled(order: OrderRecord, book: readonly BookedOrder[]): boolean {
  if (order.status === 'DENIED') return true;
  const booked = book.find(({ clientOrderId }) => clientOrderId === order.clientOrderId);
  if (booked === undefined) return endedHere.includes(order.status);
  if (!filledOf(booked).equals(order.filledQuantity)) return false;
  if (!sameTerms(booked.terms, order)) return false;
  const ended = endedBy[booked.status];
  if (ended !== null) return order.status === ended;
  const woke = booked.status === 'OPEN';
  if (isStop(order.type) && order.triggered !== woke) return false;
  return order.status === 'ACCEPTED' || order.status === 'PARTIALLY_FILLED';
}

/** The orders of each request, by leg number. */
function requestsOf(orders: readonly OrderRecord[]): ReadonlyMap<string, readonly OrderRecord[]> {
  const requests = new Map<string, OrderRecord[]>();
  for (const order of orders) {
    const legs = requests.get(order.orderRequestId) ?? [];
    requests.set(order.orderRequestId, [...legs, order]);
  }
  for (const legs of requests.values()) legs.sort((one, other) => one.legNumber - other.legNumber);
  return requests;
}

/** Legs lost or doubled; of a basket, legs that reached the broker before one in front of them. */
function wrongWithLegs(legs: readonly OrderRecord[], book: readonly BookedOrder[]): string[] {
  const name = `request ${legs[0]?.orderRequestId ?? ''} (${legs[0]?.requestKind ?? ''})`;
  const wrong: string[] = [];
  if (legs.some(({ legNumber }, index) => legNumber !== index + 1)) {
    wrong.push(`${name} has the legs ${legs.map(({ legNumber }) => legNumber).join(', ')}`);
  }
  if (legs[0]?.requestKind !== 'BASKET') return wrong;
  const places = legs.map(({ clientOrderId }) =>
    book.findIndex((booked) => booked.clientOrderId === clientOrderId),
  );
  for (const [index, place] of places.entries()) {
    const inFront = places.slice(0, index);
    const early = place !== -1 && inFront.some((other) => other === -1 || other > place);
    if (early) wrong.push(`${name}: leg ${index + 1} left before one in front of it`);
  }
  return wrong;
}

function keysWithoutOneRequest(
  orders: readonly OrderRecord[],
  answered: readonly AnsweredOrder[],
): string[] {
  const ids = new Set(orders.map(({ id }) => id));
  const byKey = new Map<string, Set<string>>();
  for (const { input, orderId } of answered) {
    const told = byKey.get(input.idempotencyKey) ?? new Set();
    byKey.set(input.idempotencyKey, told.add(orderId));
  }
  const wrong = [...byKey].flatMap(([key, told]) => {
    if (told.size !== 1) return [`key ${key} was told ${told.size} orders`];
    return [...told].filter((id) => !ids.has(id)).map((id) => `order ${id} of ${key} is lost`);
  });
  // Exits and what GTTs send are the platform's own requests.
  const requests = requestsOf(orders.filter(({ source }) => source === 'USER')).size;
  if (requests !== byKey.size) wrong.push(`${byKey.size} keys made ${requests} requests`);
  return wrong;
}

function cancelsWithoutEnd(orders: readonly OrderRecord[], cancelled: readonly string[]): string[] {
  return orders
    .filter(({ id, status }) => cancelled.includes(id) && !isClosed(status))
    .map(({ clientOrderId, status }) => `order ${clientOrderId} was taken back and is ${status}`);
}

function wrongWithOrder(
  order: OrderRecord,
  fills: Outcome['fills'],
  book: readonly BookedOrder[],
): string[] {
  const name = `order ${order.clientOrderId} (${order.status})`;
  const wrong: string[] = [];
  const copies = book.filter((booked) => booked.clientOrderId === order.clientOrderId);
  if (copies.length > 1) wrong.push(`${name} is ${copies.length} orders at the broker`);
  if (order.status === 'DENIED' && copies.length > 0) wrong.push(`${name} is at the broker`);
  if (!isSettled(order, book)) wrong.push(`${name} is not settled`);
  const refused = ['DENIED', 'REJECTED', 'NOT_PLACED'].includes(order.status);
  if (refused && (order.reason ?? '') === '') wrong.push(`${name} ended without a reason`);
  const [booked] = copies;
  if (booked?.status === 'REJECTED' && order.status !== 'REJECTED') {
    wrong.push(`${name} was rejected by the broker`);
  }
  const told = printed(booked?.executions ?? []);
  const kept = printed(fills.filter(({ orderId }) => orderId === order.id));
  if (told !== kept) wrong.push(`${name} has the fills ${kept}, the broker ${told}`);
  return wrong;
}

function printed(executions: readonly Omit<BrokerExecution, 'executedAt'>[]): string {
  return executions
    .map(({ tradeId, quantity, price }) => `${tradeId}: ${quantity.toFixed()} @ ${price.toFixed()}`)
    .sort()
    .join(', ');
}

function strangers(book: readonly BookedOrder[], orders: readonly OrderRecord[]): string[] {
  const ours = new Set(orders.map(({ clientOrderId }) => clientOrderId));
  return book
    .filter(({ clientOrderId }) => !ours.has(clientOrderId))
    .map(({ clientOrderId }) => `the broker has ${clientOrderId}, which nobody placed`);
}

function wrongPositions(
  positions: readonly PositionRecord[],
  book: readonly BookedOrder[],
): string[] {
  const ours = new Map(
    positions.map((position) => [
      `${position.instrumentId} ${position.product}`,
      netQuantityOf(position),
    ]),
  );
  const theirs = positionsOf(book);
  const zero = new Decimal(0);
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key) => {
    const [our, their] = [ours.get(key) ?? zero, theirs.get(key) ?? zero];
    return our.equals(their) ? [] : [`position ${key}: ours ${our.toFixed()}, ${their.toFixed()}`];
  });
}

function wrongLedger(transactions: Outcome['ledger']): string[] {
  return transactions
    .filter(({ lines }) => !sum(lines.map(({ amount }) => amount)).isZero())
    .map(({ reference }) => `the ledger transaction for ${reference} does not balance`);
}

/** One gapless sequence, and all of it left. */
function wrongEvents(events: Outcome['events']): string[] {
  const numbers = events.map(({ sequence }) => Number(sequence)).sort((a, b) => a - b);
  const wrong = numbers.some((number, index) => number !== index + 1)
    ? ['the event log has gaps']
    : [];
  const left = events.filter(({ publishedAt }) => publishedAt === null);
  if (left.length > 0) wrong.push(`${left.length} events never left`);
  return wrong;
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}

import type { PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import type { BrokerExecution } from '@nandax/app/ports/broker.ts';
import type { FillRecord, OrderRecord } from '@nandax/app/ports/orders.ts';
import type { LedgerTransaction, PositionRecord } from '@nandax/app/ports/portfolios.ts';
import { isClosed } from '@nandax/core/order/status.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { Decimal } from 'decimal.js';
import type { BookedOrder, StandInBroker } from '../broker/stand-in-broker.ts';
import type { MemoryDatabase } from '../memory/memory-database.ts';
import type { MemoryEvent } from '../memory/tables.ts';

/** An order that a client was told about. */
export interface AnsweredOrder {
  readonly input: PlaceOrderInput;
  readonly orderId: string;
}

/**
 * Everything that is wrong with what a story left: an order lost or doubled, one whose end differs
 * from the broker's or says no reason, positions that are not the broker's, books that do not
 * balance, events with gaps. Empty: all is well.
 */
export function judge(
  database: MemoryDatabase,
  broker: StandInBroker,
  answered: readonly AnsweredOrder[],
): string[] {
  const fills = database.rows('Fill');
  const orders = database.rows('Order');
  return [
    ...keysWithoutOneOrder(orders, answered),
    ...orders.flatMap((order) => wrongWithOrder(order, fills, broker)),
    ...strangers(broker, orders),
    ...wrongPositions(database.rows('Position'), broker),
    ...wrongLedger(database.rows('LedgerTransaction')),
    ...wrongEvents(database.rows('Event')),
  ];
}

/** Whether an order needs nothing more: it is closed, or it rests at the broker as we show it. */
export function isSettled(order: OrderRecord, broker: StandInBroker): boolean {
  if (order.status === 'DENIED') return true;
  const booked = broker.find(order.clientOrderId);
  if (booked === null) return order.status === 'NOT_PLACED' || order.status === 'REJECTED';
  if (!filledOf(booked).equals(order.filledQuantity)) return false;
  return booked.status === 'OPEN'
    ? order.status === 'ACCEPTED' || order.status === 'PARTIALLY_FILLED'
    : isClosed(order.status);
}

function keysWithoutOneOrder(
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
  if (orders.length !== byKey.size) wrong.push(`${byKey.size} keys made ${orders.length} orders`);
  return wrong;
}

function wrongWithOrder(
  order: OrderRecord,
  fills: readonly FillRecord[],
  broker: StandInBroker,
): string[] {
  const name = `order ${order.clientOrderId} (${order.status})`;
  const wrong: string[] = [];
  const copies = broker.book.filter((booked) => booked.clientOrderId === order.clientOrderId);
  if (copies.length > 1) wrong.push(`${name} is ${copies.length} orders at the broker`);
  if (!isSettled(order, broker)) wrong.push(`${name} is not settled`);
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

function strangers(broker: StandInBroker, orders: readonly OrderRecord[]): string[] {
  const ours = new Set(orders.map(({ clientOrderId }) => clientOrderId));
  return broker.book
    .filter(({ clientOrderId }) => !ours.has(clientOrderId))
    .map(({ clientOrderId }) => `the broker has ${clientOrderId}, which nobody placed`);
}

function wrongPositions(positions: readonly PositionRecord[], broker: StandInBroker): string[] {
  const ours = new Map(
    positions.map((position) => [
      `${position.instrumentId} ${position.product}`,
      netQuantityOf(position),
    ]),
  );
  const theirs = broker.positions();
  const zero = new Decimal(0);
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key) => {
    const [our, their] = [ours.get(key) ?? zero, theirs.get(key) ?? zero];
    return our.equals(their) ? [] : [`position ${key}: ours ${our.toFixed()}, ${their.toFixed()}`];
  });
}

function wrongLedger(transactions: readonly LedgerTransaction[]): string[] {
  return transactions
    .filter(({ lines }) => !sum(lines.map(({ amount }) => amount)).isZero())
    .map(({ reference }) => `the ledger transaction for ${reference} does not balance`);
}

/** One gapless sequence, and all of it left. */
function wrongEvents(events: readonly MemoryEvent[]): string[] {
  const numbers = events.map(({ sequence }) => Number(sequence)).sort((a, b) => a - b);
  const wrong = numbers.some((number, index) => number !== index + 1)
    ? ['the event log has gaps']
    : [];
  const left = events.filter(({ publishedAt }) => publishedAt === null);
  if (left.length > 0) wrong.push(`${left.length} events never left`);
  return wrong;
}

function filledOf({ executions }: BookedOrder): Decimal {
  return sum(executions.map(({ quantity }) => quantity));
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}

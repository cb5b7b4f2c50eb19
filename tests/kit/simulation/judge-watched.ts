import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import type { PositionPlace, ProtectionRecord } from '@nandax/app/ports/protections.ts';
import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import { isWorking } from '@nandax/core/order/status.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { Decimal } from 'decimal.js';
import type { Outcome, Told } from './judge.ts';

const zero = new Decimal(0);

/** A key with two GTTs or two answers; a GTT that fired without its one order, or twice. */
export function wrongGtts({ gtts, orders }: Outcome, told: Told['gtts']): string[] {
  const wrong: string[] = [];
  for (const key of new Set(told.map(({ idempotencyKey }) => idempotencyKey))) {
    const answers = new Set(told.filter((one) => one.idempotencyKey === key).map(({ id }) => id));
    const kept = gtts.filter(({ idempotencyKey }) => idempotencyKey === key);
    if (answers.size !== 1) wrong.push(`GTT ${key} was answered ${answers.size} ways`);
    const expected = answers.has(null) ? 0 : 1;
    if (kept.length !== expected) wrong.push(`GTT ${key} is there ${kept.length} times`);
  }
  const sent = orders.filter(({ source }) => source === 'GTT');
  const named = gtts.flatMap(({ legs }) => legs.flatMap(({ orderId }) => orderId ?? []));
  if (sent.length !== named.length || sent.some(({ id }) => !named.includes(id))) {
    wrong.push(`GTTs name ${named.length} orders, ${sent.length} were sent for them`);
  }
  for (const { idempotencyKey, status, legs } of gtts) {
    const fired = legs.filter(({ orderId }) => orderId !== null).length;
    const expected = status === 'TRIGGERED' || status === 'REJECTED' ? 1 : 0;
    if (fired !== expected)
      wrong.push(`GTT ${idempotencyKey} is ${status} and fired ${fired} times`);
  }
  return wrong;
}

/**
 * Protections whose exits are not what is to be left: more of them than is held, so that they could
 * open the other side, or fewer, so that units stand naked; and those that outlive what they protect.
 */
export function wrongProtections({ orders, positions, protections, exits }: Outcome): string[] {
  const active = protections.filter(({ status }) => status === 'ACTIVE');
  const protective = new Set(exits.map(({ orderId }) => orderId));
  const wrong: string[] = [];
  for (const place of placesOf(protections)) {
    const position = positions.find((held) => isAt(held, place));
    const net = position === undefined ? zero : netQuantityOf(position);
    for (const side of ['SELL', 'BUY'] as const) {
      const name = `${place.instrumentId} ${place.product} ${side}`;
      const held = Decimal.max(side === 'SELL' ? net : net.negated(), 0);
      const working = orders.filter(
        (order) => isAt(order, place) && order.side === side && isWorking(order.status),
      );
      const resting = unfilledOf(working.filter(({ id }) => protective.has(id)));
      if (resting.greaterThan(held)) {
        wrong.push(`${name}: exits for ${resting.toFixed()} of ${held.toFixed()} held`);
      }
      // What leaves by hand makes protections smaller; then only the bound above is told.
      if (working.some(({ id }) => !protective.has(id))) continue;
      const here = active.filter((one) => isAt(one, place) && one.side === side);
      const open = here.map((one) => openOf(one, held, orders, exits));
      const wanted = Decimal.min(held, Decimal.sum(0, ...open));
      if (!resting.equals(wanted)) {
        wrong.push(
          `${name}: exits for ${resting.toFixed()} where ${wanted.toFixed()} are protected`,
        );
      }
      here.forEach((one, index) => {
        const waits = orders.some(({ id, status }) => id === one.entryOrderId && isWorking(status));
        if (open[index]?.isZero() === true && !waits) wrong.push(`${name}: protects nothing`);
      });
    }
  }
  return wrong;
}

/** Units that a protection is for: all that is held by hand, or of its entry what was not left. */
function openOf(
  { id, entryOrderId }: ProtectionRecord,
  held: Decimal,
  orders: readonly OrderRecord[],
  exits: Outcome['exits'],
): Decimal {
  if (entryOrderId === null) return held;
  const own = new Set(
    exits.filter(({ protectionId }) => protectionId === id).map((e) => e.orderId),
  );
  const filled = (matches: (order: OrderRecord) => boolean) =>
    Decimal.sum(0, ...orders.filter(matches).map(({ filledQuantity }) => filledQuantity));
  const left = filled((order) => order.id === entryOrderId).minus(filled((o) => own.has(o.id)));
  return Decimal.max(Decimal.min(left, held), 0);
}

function unfilledOf(orders: readonly OrderRecord[]): Decimal {
  return Decimal.sum(0, ...orders.map(unfilledQuantityOf));
}

function placesOf(protections: readonly ProtectionRecord[]): readonly PositionPlace[] {
  return [
    ...new Map(
      protections.map((one) => [`${one.portfolioId} ${one.instrumentId} ${one.product}`, one]),
    ).values(),
  ];
}

function isAt(row: Omit<PositionPlace, 'portfolioId'>, place: PositionPlace): boolean {
  return row.instrumentId === place.instrumentId && row.product === place.product;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FillKernel } from './fill-kernel.ts';
import type { KernelOrder } from './order-columns.ts';

const tickSize = 0.05;
/** Rupees, from 95.00 to 105.00 in ticks. */
const price = fc.integer({ min: 1_900, max: 2_100 }).map((ticks) => Math.round(ticks * 5) / 100);

const order = fc.record({
  side: fc.constantFrom(1 as const, -1 as const),
  type: fc.constantFrom('MARKET' as const, 'LIMIT' as const, 'SL' as const, 'SL_M' as const),
  quantity: fc.integer({ min: 1, max: 50 }),
  price,
  triggerPrice: price,
  immediateOrCancel: fc.boolean(),
  lifetime: fc.integer({ min: 1, max: 40 }),
  protection: fc.option(fc.constantFrom(0.5, 1, 2)),
});

const step = fc.record({
  order: fc.option(order),
  cancels: fc.option(fc.nat(30)),
  price,
  volume: fc.option(fc.integer({ min: 0, max: 100 })),
  kind: fc.constantFrom('TICK' as const, 'OPEN' as const, 'MOVE' as const),
  spread: fc.option(fc.integer({ min: 0, max: 4 })),
});

const model = fc.record({
  limitFill: fc.constantFrom('THROUGH' as const, 'TOUCH' as const),
  participation: fc.constantFrom(null, 0.1, 0.5, 1),
  slippageTicks: fc.nat(3),
  spreadTicks: fc.nat(3),
  latencyMs: fc.nat(2),
});

const course = fc.record({ model, steps: fc.array(step, { minLength: 1, maxLength: 80 }) });

type Course = typeof course extends fc.Arbitrary<infer T> ? T : never;

interface Fill {
  readonly order: number;
  readonly quantity: number;
  readonly price: number;
  readonly time: number;
}

/** Rupees of the last price before a course begins. */
const firstPrice = 100;

/** Plays a course; every step is one millisecond. A watched kernel never skips a price as quiet. */
function play({ model: chosen, steps }: Course, watched = false) {
  const kernel = new FillKernel({ tickSizes: [tickSize], ...chosen });
  const orders: KernelOrder[] = [];
  const fills: Fill[] = [];
  const working: number[][] = [];
  // Its protection keeps it from ever filling, and an order at market lets no price be quiet.
  const watcher = {
    instrument: 0,
    side: -1,
    type: 'MARKET',
    quantity: 1,
    eligibleFrom: 0,
  } as const;
  const offset = watched ? 1 : 0;
  if (watched) {
    kernel.addOrder({ ...watcher, marketProtectionPercent: 0.001 });
    kernel.matchTick(0, -1 + chosen.latencyMs, 1_000);
    kernel.matchTick(0, chosen.latencyMs, 1_000, { volume: 0, bid: 1 });
  }
  kernel.heed(0, firstPrice, firstPrice, firstPrice);
  steps.forEach((now, time) => {
    if (now.order !== null) {
      const { lifetime, protection, ...terms } = now.order;
      const entered = {
        ...terms,
        instrument: 0,
        eligibleFrom: time,
        expiresAt: time + lifetime,
        marketProtectionPercent: protection ?? undefined,
      };
      kernel.addOrder(entered);
      orders.push(entered);
    }
    if (now.cancels !== null && now.cancels < orders.length) kernel.cancel(now.cancels + offset);
    working.push(orders.map((_, index) => kernel.remaining(index + offset)));
    kernel.matchTick(0, time, now.price, {
      kind: now.kind,
      volume: now.volume ?? NaN,
      bid: now.spread === null ? NaN : now.price - now.spread * tickSize,
      ask: now.spread === null ? NaN : now.price + now.spread * tickSize,
    });
    for (let row = 0; row < kernel.fills.length; row += 1) {
      const index = Number(kernel.fills.order[row]) - offset;
      const [quantity, paid] = [kernel.fills.quantity[row], kernel.fills.price[row]].map(Number);
      fills.push({ order: index, quantity: quantity ?? NaN, price: paid ?? NaN, time });
    }
    kernel.clearFills();
  });
  return { orders, fills, working };
}

/** Rupees beyond which an order may not fill that came after `lastPrice`; null: nothing limits it. */
function limitOf(terms: KernelOrder, lastPrice: number): number | null {
  const { type, side, price: limit, triggerPrice, marketProtectionPercent: percent } = terms;
  if (type === 'LIMIT' || type === 'SL') return limit ?? NaN;
  if (percent === undefined) return null;
  const reference = type === 'SL_M' ? (triggerPrice ?? NaN) : lastPrice;
  const beyond = reference * (1 + (side * percent) / 100);
  // A hair for binary fractions.
  return beyond + side * 1e-9;
}

describe('whatever orders and prices come', () => {
  it('no order fills beyond its limit, nor more than its quantity, nor outside its time', () => {
    fc.assert(
      fc.property(course, (given) => {
        const { orders, fills } = play(given);
        const filled = orders.map(() => 0);
        for (const fill of fills) {
          const terms = orders[fill.order];
          if (terms === undefined) throw new Error('a fill of no order');
          expect(fill.quantity).toBeGreaterThan(0);
          filled[fill.order] = (filled[fill.order] ?? 0) + fill.quantity;
          expect(filled[fill.order]).toBeLessThanOrEqual(terms.quantity);
          expect(fill.time).toBeGreaterThanOrEqual(terms.eligibleFrom + given.model.latencyMs);
          expect(fill.time).toBeLessThan(terms.expiresAt ?? NaN);
          const limit = limitOf(terms, given.steps[terms.eligibleFrom - 1]?.price ?? firstPrice);
          if (limit !== null) {
            expect(terms.side * (limit - fill.price)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it('all fills of a print stay within its share of the volume', () => {
    fc.assert(
      fc.property(course, (given) => {
        const { participation } = given.model;
        const taken = given.steps.map(() => 0);
        for (const { time, quantity } of play(given).fills)
          taken[time] = (taken[time] ?? 0) + quantity;
        given.steps.forEach(({ volume }, time) => {
          if (participation === null || volume === null) return;
          expect(taken[time]).toBeLessThanOrEqual(volume * participation);
        });
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  it('of two equal orders that both may fill, the later gets nothing before the earlier is full', () => {
    fc.assert(
      fc.property(course, (given) => {
        // Every order comes twice.
        const twice = given.steps.flatMap((now) =>
          now.order === null || now.order.immediateOrCancel
            ? [{ ...now, order: null, cancels: null }]
            : [
                {
                  ...now,
                  order: { ...now.order, lifetime: 100, protection: null },
                  cancels: null,
                  volume: 0,
                },
                {
                  ...now,
                  order: { ...now.order, lifetime: 100, protection: null },
                  cancels: null,
                  volume: 0,
                },
                { ...now, order: null, cancels: null },
              ],
        );
        const chosen = { ...given.model, participation: 0.5 as const, latencyMs: 0 };
        const { fills, orders } = play({ model: chosen, steps: twice });
        const left = orders.map(({ quantity }) => quantity);
        for (const { order: index, quantity } of fills) {
          const type = orders[index]?.type;
          // Stops may wake between the two entries, so that only one is at market.
          const comparable = type === 'MARKET' || type === 'LIMIT';
          if (comparable && index % 2 === 1) expect(left[index - 1]).toBe(0);
          left[index] = (left[index] ?? 0) - quantity;
        }
      }),
      { numRuns: 500, seed: 6 },
    );
  });

  it('the prices that the kernel skips as quiet would have done nothing', () => {
    fc.assert(
      fc.property(course, (given) => {
        expect(play(given).fills).toEqual(play(given, true).fills);
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { sendCancel, sendModification } from '@nandax/app/orders/change-at-broker.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import { contractNotesOf, type ChargedFill } from '@nandax/core/charges/contract-note.ts';
import { chargesOfFill } from '@nandax/core/charges/order-charges.ts';
import { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import type { KernelTerms } from '@nandax/core/exchange/order-columns.ts';
import type { FillModel } from '@nandax/core/exchange/fill-model.ts';
import { candleAt, type Candle } from '@nandax/core/market/candles.ts';
import {
  changeableTermsOf,
  plainTerms,
  sameTerms,
  type AskedTerms,
  type ChangeableTerms,
} from '@nandax/core/order/order.ts';
import { isWorking } from '@nandax/core/order/status.ts';
import type { OrderType, Validity } from '@nandax/core/order/order-terms.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

const day = '2019-07-09';
const minuteMs = 60_000;
/** The course ends here: what the platform sends of itself is another story. */
const squareOff = Date.parse(`${day}T15:20:00+05:30`);
/** Every part of a model where it bites on this day, and all of them at once. */
const models: Readonly<Record<string, FillModel>> = {
  'a bound by volume and slippage': { participation: 0.002, slippageTicks: 1 },
  // Half of an odd spread is no price of the exchange; a ledger in paise would have to round it.
  'a spread and limits that fill at a touch': { spreadTicks: 4, limitFill: 'TOUCH' },
  // A candle's path prints at once and after 15 s: the first of them passes by.
  latency: { latencyMs: 15_000 },
  'all of these': {
    participation: 0.001,
    slippageTicks: 2,
    spreadTicks: 2,
    limitFill: 'TOUCH',
    latencyMs: 25_000,
  },
};
/** Limit orders for the day are those that are changed, so there are more of them. */
const types: readonly OrderType[] = ['LIMIT', 'LIMIT', 'LIMIT', 'MARKET', 'SL', 'SL_M'];
const validities: readonly Validity[] = ['DAY', 'DAY', 'DAY', 'IOC', 'TTL'];

/** Percent that the broker protects an order at market by: the day's prices are below 100 rupees. */
const automaticProtection = 2;

/** What an earlier order is asked for; the units are a share of those that may still execute. */
type Change =
  | { readonly kind: 'CANCEL' }
  | { readonly kind: 'PRICE'; readonly price: Decimal }
  | { readonly kind: 'UNITS'; readonly share: number }
  | { readonly kind: 'AT_MARKET' }
  | { readonly kind: 'TTL'; readonly minutes: number };

/** What happens at the end of a minute: an order comes, and an earlier one is changed or cancelled. */
interface Act {
  readonly order: AskedTerms;
  readonly earlier: { readonly place: number; readonly change: Change } | null;
}

interface Fill {
  readonly place: number;
  readonly quantity: string;
  readonly price: string;
  readonly time: number;
}

let world: TradingWorld;
let candles: readonly Candle[];

beforeEach(async () => {
  world = await createTradingWorld();
  const [from, to] = [`${day}T09:15:00+05:30`, `${day}T15:30:00+05:30`].map((at) => new Date(at));
  if (from === undefined || to === undefined) throw new Error('two times were given');
  const instrumentId = await world.instrument('YESBANK');
  const [columns] = await world.ports.history.candles(world.datasetId, [instrumentId], from, to);
  if (columns === undefined) throw new Error('the day is bundled');
  candles = Array.from({ length: columns.length }, (_, row) => candleAt(columns, row)).filter(
    ({ openTime }) => openTime < squareOff,
  );
});

afterEach(() => world.close());

/** Acts after each candle until 14:30, from a fixed seed; the same ones every time. */
function actsFrom(seed: number): Map<number, Act> {
  let state = seed;
  const below = (limit: number): number => {
    // Numerical Recipes' linear congruential generator, by its upper bits.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const acts = new Map<number, Act>();
  candles.slice(0, 315).forEach(({ close }, row) => {
    if (row % 3 !== 0) return;
    const last = new Decimal(close);
    const away = (ticks: number) => last.plus(new Decimal(ticks).times('0.05'));
    const [buys, type] = [below(2) === 0, types[below(types.length)] ?? 'MARKET'];
    const validity = validities[below(validities.length)] ?? 'DAY';
    const toTrigger = 1 + below(6);
    const trigger = away(buys ? toTrigger : -toTrigger);
    const limited = type === 'LIMIT' || type === 'SL';
    const isStop = type === 'SL' || type === 'SL_M';
    const room = new Decimal(below(5)).times(buys ? '0.05' : '-0.05');
    acts.set(row, {
      order: {
        ...plainTerms,
        side: buys ? 'BUY' : 'SELL',
        type,
        product: 'MIS',
        quantity: new Decimal(1 + below(300)),
        price: !limited
          ? null
          : isStop
            ? trigger.plus(room)
            : away(buys ? 3 - below(16) : below(16) - 3),
        triggerPrice: isStop ? trigger : null,
        // So narrow that the next price may be beyond it; or the broker's own, where it names none.
        marketProtectionPercent: limited || below(2) === 0 ? null : new Decimal('0.05'),
        validity,
        validityMinutes: validity === 'TTL' ? 1 + below(20) : null,
      },
      earlier:
        row === 0 || below(4) === 0
          ? null
          : {
              place: Math.max(0, row / 3 - 1 - below(6)),
              change: changeFrom(below, () => away(below(9) - 4)),
            },
    });
  });
  return acts;
}

function changeFrom(below: (limit: number) => number, price: () => Decimal): Change {
  switch (below(6)) {
    case 0:
    case 1:
      return { kind: 'CANCEL' };
    case 2:
      return { kind: 'UNITS', share: (1 + below(20)) / 10 };
    case 3:
      return { kind: 'AT_MARKET' };
    case 4:
      return { kind: 'TTL', minutes: 1 + below(20) };
    default:
      return { kind: 'PRICE', price: price() };
  }
}

/** Whether the earlier order of an act is of the kind that the act can do something with. */
function isChangeable({ type, validity }: AskedTerms): boolean {
  return type === 'LIMIT' && validity === 'DAY';
}

/** The terms of an order once it is changed; `remaining` units may still execute. */
function changed(
  order: AskedTerms,
  remaining: Decimal,
  change: Exclude<Change, { kind: 'CANCEL' }>,
): AskedTerms {
  switch (change.kind) {
    case 'PRICE':
      return { ...order, price: change.price };
    case 'UNITS': {
      const units = Decimal.max(1, remaining.times(change.share).floor());
      return { ...order, quantity: order.quantity.minus(remaining).plus(units) };
    }
    case 'AT_MARKET':
      return { ...order, type: 'MARKET', price: null };
    case 'TTL':
      return { ...order, validity: 'TTL', validityMinutes: change.minutes };
  }
}

/** The terms in the numbers of the kernel, for `quantity` units from `now` on. */
function kernelTerms(terms: AskedTerms, quantity: number, now: number): KernelTerms {
  const { type, validity, validityMinutes } = terms;
  return {
    type,
    quantity,
    price: terms.price?.toNumber(),
    triggerPrice: terms.triggerPrice?.toNumber(),
    marketProtectionPercent: terms.marketProtectionPercent?.toNumber() ?? automaticProtection,
    immediateOrCancel: validity === 'IOC',
    expiresAt: validityMinutes === null ? undefined : now + validityMinutes * minuteMs,
  };
}

/** The columnar path: the kernel alone, over whole bars. Also says what changes and cancels achieved. */
function byKernel(
  acts: ReadonlyMap<number, Act>,
  model: FillModel,
): { fills: Fill[]; done: boolean[] } {
  const kernel = new FillKernel({ tickSizes: [0.05], ...model });
  const orders: AskedTerms[] = [];
  const fills: Fill[] = [];
  const done: boolean[] = [];
  candles.forEach((candle, row) => {
    kernel.matchBar(0, candle);
    const { length, order, quantity, price, time } = kernel.fills;
    for (let at = 0; at < length; at += 1) {
      fills.push({
        place: Number(order[at]),
        quantity: String(quantity[at]),
        price: new Decimal(Number(price[at])).toFixed(4),
        time: Number(time[at]),
      });
    }
    kernel.clearFills();
    const act = acts.get(row);
    if (act === undefined) return;
    const now = candle.openTime + minuteMs;
    const earlier = act.earlier === null ? undefined : orders[act.earlier.place];
    if (act.earlier !== null && earlier !== undefined && isChangeable(earlier)) {
      const { place, change } = act.earlier;
      const remaining = kernel.remaining(place);
      if (change.kind === 'CANCEL' || remaining === 0) done.push(kernel.cancel(place) > 0);
      else {
        const terms = changed(earlier, new Decimal(remaining), change);
        const units = terms.quantity.minus(earlier.quantity).plus(remaining).toNumber();
        done.push(kernel.modify(place, kernelTerms(terms, units, now), now));
        orders[place] = terms;
      }
    }
    kernel.addOrder({
      ...kernelTerms(act.order, act.order.quantity.toNumber(), now),
      instrument: 0,
      side: act.order.side === 'BUY' ? 1 : -1,
      eligibleFrom: now,
    });
    orders.push(act.order);
  });
  return { fills, done };
}

/** The order's whole way: door, paper broker, replay, ledger; changes and cancels go it too. */
async function byLifecycle(
  acts: ReadonlyMap<number, Act>,
  model: FillModel,
): Promise<{ fills: Fill[]; done: boolean[] }> {
  const { ports, portfolioId, userId } = world;
  const instrumentId = await world.instrument('YESBANK');
  const feedId = await world.replay(['YESBANK'], day, day);
  await world.play(feedId);
  const lease = await ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, 'test', new Date(), new Date(Date.now() + 3_600_000)),
  );
  if (lease === null) throw new Error('the lease must be free');
  const player = await ReplayPlayer.open(ports, lease, new WakeCall(), model);
  const ids: string[] = [];
  const done: boolean[] = [];
  for (let row = 0; (player.nextTime ?? Infinity) < squareOff - minuteMs; row += 1) {
    await player.playMinute({ until: () => Promise.resolve(), paced: false, inStep: true });
    const act = acts.get(row);
    if (act === undefined) continue;
    const earlierId = act.earlier === null ? undefined : ids[act.earlier.place];
    if (act.earlier !== null && earlierId !== undefined) {
      const order = await ports.store.read(({ orders }) => orders.find(earlierId));
      if (order === null) throw new Error('the order was placed');
      if (isChangeable(order)) done.push(await change(order, act.earlier.change));
    }
    const placed = await placeOrder(ports, {
      actor: testActor(userId),
      idempotencyKey: `after minute ${row}`,
      portfolioId,
      instrumentId,
      ...act.order,
    });
    const { id } = expectOk(placed);
    await submitOrder(ports, id);
    ids.push(id);
  }
  await player.finish();
  const rows = await world.database.prisma.fill.findMany({ orderBy: { id: 'asc' } });
  const fills = rows.map(({ orderId, quantity, price, executedAt }) => ({
    place: ids.indexOf(orderId),
    quantity: new Decimal(quantity.toString()).toString(),
    price: price.toFixed(4),
    time: executedAt.getTime(),
  }));
  return { fills, done };
}

/** Asks for a change as its owner would, and takes it to the broker; false: the order had gone. */
async function change(order: OrderRecord, asked: Change): Promise<boolean> {
  const { ports, userId } = world;
  const actor = testActor(userId);
  if (!isWorking(order.status)) {
    expect(await cancelOrder(ports, { actor, orderId: order.id })).toMatchObject({ ok: false });
    return false;
  }
  if (asked.kind === 'CANCEL') {
    expectOk(await cancelOrder(ports, { actor, orderId: order.id }));
    await sendCancel(ports, order.id);
    return true;
  }
  const terms = changed(order, order.quantity.minus(order.filledQuantity), asked);
  // What would change nothing is refused as such; the kernel does as it is told.
  if (sameTerms(terms, order)) return true;
  const changes: ChangeableTerms = changeableTermsOf(terms);
  expectOk(await modifyOrder(ports, { actor, orderId: order.id, changes }));
  await sendModification(ports, order.id);
  const after = await ports.store.read(({ orders }) => orders.find(order.id));
  expect(after?.requestedTerms).toBeNull();
  return after !== null && sameTerms(after, terms);
}

/** What these fills and the day's contract note leave of the capital, counted apart from the ledger. */
async function cashAfter(fills: readonly Fill[], orders: readonly AskedTerms[]): Promise<Decimal> {
  const cards = await world.ports.history.rateCards();
  const serving = cards.serving('MIS', { exchange: 'NSE', type: 'EQUITY' }, day);
  if (serving === null) throw new Error('NSE has a rate card');
  const turnovers = orders.map(() => new Decimal(0));
  const charged: ChargedFill[] = [];
  let cash = new Decimal(1_000_000);
  for (const { place, quantity, price } of fills) {
    const side = orders[place]?.side ?? 'BUY';
    const turnover = new Decimal(quantity).times(price);
    const before = turnovers[place] ?? new Decimal(0);
    const charges = chargesOfFill(serving.rates, side, before, turnover);
    charged.push({ date: day, instrument: 'YESBANK', side, charges, serving });
    turnovers[place] = before.plus(turnover);
    cash = side === 'BUY' ? cash.minus(turnover) : cash.plus(turnover);
  }
  expect(charged.every(({ charges }) => totalOfCharges(charges).greaterThan(0))).toBe(true);
  return contractNotesOf(charged).reduce((left, note) => left.minus(note.charges.total), cash);
}

/** What the ledger has in cash and margins, less what is still held cost, which intraday is not paid. */
async function moneyLessCost(): Promise<Decimal> {
  const { portfolioId } = world;
  return world.ports.store.read(async ({ portfolios }) => {
    const money = [
      await portfolios.balance(portfolioId, 'CASH'),
      await portfolios.balance(portfolioId, 'MARGIN'),
    ];
    const open = await portfolios.openTradesOfPortfolio(portfolioId);
    const costs = open.map(({ direction, quantity, entryPrice }) =>
      quantity.times(entryPrice).times(direction === 'LONG' ? -1 : 1),
    );
    return Decimal.sum(...money, ...costs);
  });
}

/** By order, then time: executions of one print may be booked in any order. */
function sorted(fills: readonly Fill[]): Fill[] {
  return [...fills].sort((a, b) => a.place - b.place || a.time - b.time);
}

describe('a hundred orders of every type, changed and cancelled on their way', () => {
  for (const [name, model] of Object.entries(models)) {
    test(`give the same fills and the same cash on both paths under ${name}`, async () => {
      const acts = actsFrom(20_190_709);
      const orders = [...acts.values()].map(({ order }) => order);
      const kernel = byKernel(acts, model);
      const lifecycle = await byLifecycle(acts, model);
      expect(sorted(lifecycle.fills)).toEqual(sorted(kernel.fills));
      expect(lifecycle.done).toEqual(kernel.done);
      expect((await moneyLessCost()).toFixed(2)).toBe(
        (await cashAfter(kernel.fills, orders)).toFixed(2),
      );

      // The course says something: every type filled, some never, and changes took place.
      const filled = new Set(kernel.fills.map(({ place }) => place));
      expect(new Set([...filled].map((place) => orders[place]?.type))).toEqual(new Set(types));
      expect(filled.size).toBeLessThan(orders.length);
      expect(new Set(kernel.done)).toEqual(new Set([true, false]));
      // Where the volume binds, some filled in parts.
      if (model.participation !== undefined) {
        expect(kernel.fills.length).toBeGreaterThan(filled.size);
      }
    });
  }

  test('fill otherwise under each of the models, so that each is put to the proof', () => {
    const acts = actsFrom(20_190_709);
    const courses = Object.values(models).map((model) =>
      JSON.stringify(sorted(byKernel(acts, model).fills)),
    );
    expect(new Set(courses).size).toBe(courses.length);
  });
});

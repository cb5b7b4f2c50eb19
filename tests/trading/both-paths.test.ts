import { afterAll, beforeAll, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { ReplayPlayer } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import { contractNotesOf, type ChargedFill } from '@nandax/core/charges/contract-note.ts';
import { chargesOfFill } from '@nandax/core/charges/order-charges.ts';
import { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import { candleAt, type Candle } from '@nandax/core/market/candles.ts';
import { plainTerms, type AskedTerms } from '@nandax/core/order/order.ts';
import type { OrderType, Validity } from '@nandax/core/order/order-terms.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

const day = '2019-07-09';
const minuteMs = 60_000;
/** The course ends here: what the platform sends of itself is another story. */
const squareOff = Date.parse(`${day}T15:20:00+05:30`);
const model = { participation: 0.002, slippageTicks: 1 } as const;
const types: readonly OrderType[] = ['MARKET', 'LIMIT', 'SL', 'SL_M'];
const validities: readonly Validity[] = ['DAY', 'DAY', 'IOC', 'TTL'];

/** What happens at the end of a minute: an order comes, and an earlier one is changed or cancelled. */
interface Act {
  readonly order: AskedTerms;
  readonly earlier: { readonly place: number; readonly price: Decimal | null } | null;
}

interface Fill {
  readonly place: number;
  readonly quantity: string;
  readonly price: string;
  readonly time: number;
}

let world: TradingWorld;
let candles: readonly Candle[];

beforeAll(async () => {
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

afterAll(() => world.close());

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
    const [buys, type] = [below(2) === 0, types[below(4)] ?? 'MARKET'];
    const validity = validities[below(4)] ?? 'DAY';
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
        price: !limited ? null : isStop ? trigger.plus(room) : away(below(13) - 6),
        triggerPrice: isStop ? trigger : null,
        validity,
        validityMinutes: validity === 'TTL' ? 1 + below(20) : null,
      },
      earlier:
        row === 0 || below(2) === 0
          ? null
          : { place: below(row / 3), price: below(2) === 0 ? null : away(below(9) - 4) },
    });
  });
  return acts;
}

/** Whether the earlier order of an act is of the kind that the act can do something with. */
function isChangeable({ type, validity }: AskedTerms): boolean {
  return type === 'LIMIT' && validity === 'DAY';
}

/** The columnar path: the kernel alone, over whole bars. Also says what changes and cancels achieved. */
function byKernel(acts: ReadonlyMap<number, Act>): { fills: Fill[]; done: boolean[] } {
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
      const { place, price: limit } = act.earlier;
      const units = kernel.remaining(place);
      if (limit === null) done.push(kernel.cancel(place) > 0);
      else if (units === 0) done.push(false);
      else {
        const terms = { type: 'LIMIT', quantity: units, price: limit.toNumber() } as const;
        done.push(kernel.modify(place, terms, now));
      }
    }
    const { side, type, validity, validityMinutes, ...terms } = act.order;
    kernel.addOrder({
      instrument: 0,
      side: side === 'BUY' ? 1 : -1,
      type,
      quantity: terms.quantity.toNumber(),
      price: terms.price?.toNumber(),
      triggerPrice: terms.triggerPrice?.toNumber(),
      immediateOrCancel: validity === 'IOC',
      expiresAt: validityMinutes === null ? undefined : now + validityMinutes * minuteMs,
      eligibleFrom: now,
    });
    orders.push(act.order);
  });
  return { fills, done };
}

/** The order's whole way: door, paper broker, replay, ledger. */
async function byLifecycle(
  acts: ReadonlyMap<number, Act>,
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
  const broker = ports.brokers.of({ id: portfolioId, kind: 'PAPER', feedId });
  const ids: string[] = [];
  const done: boolean[] = [];
  for (let row = 0; (player.nextTime ?? Infinity) < squareOff - minuteMs; row += 1) {
    await player.playMinute({ until: () => Promise.resolve(), paced: false, inStep: true });
    const act = acts.get(row);
    if (act === undefined) continue;
    const earlierId = act.earlier === null ? undefined : ids[act.earlier.place];
    if (act.earlier !== null && earlierId !== undefined) {
      const { price } = act.earlier;
      const order = await ports.store.read(({ orders }) => orders.find(earlierId));
      if (order === null) throw new Error('the order was placed');
      if (isChangeable(order)) {
        const asked = { ...order, brokerOrderId: order.brokerOrderId ?? '' };
        const { kind } =
          price === null
            ? await broker.cancel(asked)
            : await broker.modify(asked, { ...order, price });
        done.push(kind === 'ACCEPTED' && order.status !== 'CANCELLED');
      }
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

test('a hundred orders of every type give the same fills and the same cash on both paths', async () => {
  const acts = actsFrom(20_190_709);
  const orders = [...acts.values()].map(({ order }) => order);
  const kernel = byKernel(acts);
  const lifecycle = await byLifecycle(acts);
  expect(sorted(lifecycle.fills)).toEqual(sorted(kernel.fills));
  expect(lifecycle.done).toEqual(kernel.done);
  expect((await moneyLessCost()).toFixed(2)).toBe(
    (await cashAfter(kernel.fills, orders)).toFixed(2),
  );

  // The course says something: every type filled, some in parts, some never, and changes took place.
  const filled = new Set(kernel.fills.map(({ place }) => place));
  expect(new Set([...filled].map((place) => orders[place]?.type))).toEqual(new Set(types));
  expect(kernel.fills.length).toBeGreaterThan(filled.size);
  expect(filled.size).toBeLessThan(orders.length);
  expect(new Set(kernel.done)).toEqual(new Set([true, false]));
});

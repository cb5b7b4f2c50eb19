import { describe, expect, it } from 'vitest';
import { orderNote } from './fill-columns.ts';
import { FillKernel, type FillKernelOptions } from './fill-kernel.ts';
import type { KernelOrder } from './order-columns.ts';

const noted = Object.fromEntries(Object.entries(orderNote).map(([name, value]) => [value, name]));

function kernelOf(options: Partial<FillKernelOptions> = {}): FillKernel {
  return new FillKernel({ tickSizes: [0.05], ...options });
}

function add(kernel: FillKernel, order: Partial<KernelOrder>): number {
  return kernel.addOrder({
    instrument: 0,
    side: 1,
    type: 'MARKET',
    quantity: 10,
    eligibleFrom: 0,
    ...order,
  });
}

/** `[order, quantity, price, time]` of every fill. */
function fillsOf({ fills }: FillKernel): number[][] {
  return Array.from({ length: fills.length }, (_, row) =>
    [fills.order[row], fills.quantity[row], fills.price[row], fills.time[row]].map(Number),
  );
}

function notesOf({ notes }: FillKernel): unknown[][] {
  return Array.from({ length: notes.length }, (_, row) => [
    notes.order[row],
    noted[Number(notes.note[row])],
    notes.time[row],
  ]);
}

describe('an auction', () => {
  it('gives all that gathered its one price: no spread, no slippage, limits within it', () => {
    const kernel = kernelOf({ spreadTicks: 2, slippageTicks: 2 });
    add(kernel, { gathers: true });
    add(kernel, { gathers: true, side: -1, type: 'LIMIT', price: 99 });
    // At the price itself a limit stays, by the cautious reading; it goes on in continuous trading.
    add(kernel, { gathers: true, type: 'LIMIT', price: 100 });
    add(kernel, {});
    kernel.matchTick(0, 1, 100, { kind: 'OPEN' });
    expect(fillsOf(kernel)).toEqual([
      [0, 10, 100, 1],
      [1, 10, 100, 1],
      [3, 10, 100.15, 1],
    ]);
    kernel.clearFills();
    kernel.matchTick(0, 2, 99.95);
    expect(fillsOf(kernel)).toEqual([[2, 10, 100, 2]]);
  });

  it.each(['OPEN', 'CALL'] as const)('at %s heeds the protection of an order at market', (kind) => {
    const kernel = kernelOf();
    kernel.matchTick(0, 0, 100);
    const held = add(kernel, { gathers: true, marketProtectionPercent: 1, eligibleFrom: 1 });
    const free = add(kernel, { gathers: true, marketProtectionPercent: 10, eligibleFrom: 1 });
    kernel.matchTick(0, 1, 110, { kind });
    expect(fillsOf(kernel)).toEqual([[free, 10, 110, 1]]);
    expect(kernel.remaining(held)).toBe(10);
  });

  it('at the close takes in whatever rests but stops, which it does not wake', () => {
    const kernel = kernelOf();
    add(kernel, { type: 'LIMIT', price: 101 });
    add(kernel, { type: 'SL_M', triggerPrice: 99 });
    kernel.matchTick(0, 1, 102, { kind: 'CALL' });
    expect(fillsOf(kernel)).toEqual([]);
    kernel.matchTick(0, 2, 100, { kind: 'CALL' });
    expect(fillsOf(kernel)).toEqual([[0, 10, 100, 2]]);
    expect(notesOf(kernel)).toEqual([]);
  });

  it('lets an order that gathered arrive but once', () => {
    const kernel = kernelOf({ spreadTicks: 2 });
    const order = add(kernel, { gathers: true, quantity: 30 });
    const shared = kernelOf({ spreadTicks: 2, participation: 0.1 });
    add(shared, { gathers: true, quantity: 30 });
    kernel.matchTick(0, 1, 100, { kind: 'OPEN', volume: 200 });
    expect(kernel.remaining(order)).toBe(0);
    shared.matchTick(0, 1, 100, { kind: 'OPEN', volume: 200 });
    // What the auction's volume leaves goes on at the ask.
    shared.matchTick(0, 2, 101, { kind: 'OPEN', volume: 200 });
    expect(fillsOf(shared)).toEqual([
      [0, 20, 100, 1],
      [0, 10, 101.05, 2],
    ]);
  });
});

describe('a price band', () => {
  it('that a print left behind holds nothing back any more, whether or not orders wait', () => {
    const kernel = kernelOf();
    kernel.setPriceBand(0, 90, 110);
    kernel.matchTick(0, 1, 110.5);
    expect(kernel.priceBand(0)).toEqual({ lower: 90, upper: Infinity });
    add(kernel, {});
    kernel.matchTick(0, 2, 111);
    expect(fillsOf(kernel)).toEqual([[0, 10, 111, 2]]);
    kernel.heed(0, 100, 89, 95);
    expect(kernel.priceBand(0)).toEqual({ lower: 0, upper: Infinity });
  });
});

describe('an order at market', () => {
  it('buys at the ask and sells at the bid where the print brings them', () => {
    const kernel = kernelOf();
    add(kernel, { side: 1 });
    add(kernel, { side: -1 });
    kernel.matchTick(0, 1, 100, { bid: 99.9, ask: 100.15 });
    expect(fillsOf(kernel)).toEqual([
      [0, 10, 100.15, 1],
      [1, 10, 99.9, 1],
    ]);
  });

  it('pays half the spread and the slippage where only the last price is known: 100 + 1 + 2 ticks of 0.05', () => {
    const kernel = kernelOf({ spreadTicks: 2, slippageTicks: 2 });
    add(kernel, { side: 1 });
    add(kernel, { side: -1 });
    kernel.matchTick(0, 1, 100);
    expect(fillsOf(kernel).map(([, , price]) => price)).toEqual([100.15, 99.85]);
  });

  it('meets the first tick at or after its latency of 250 ms', () => {
    const kernel = kernelOf({ latencyMs: 250 });
    add(kernel, { eligibleFrom: 1_000 });
    kernel.matchTick(0, 1_249, 100);
    kernel.matchTick(0, 1_250, 101);
    expect(fillsOf(kernel)).toEqual([[0, 10, 101, 1_250]]);
  });

  it('with a protection of 1% of the last price 100 waits as a limit at 101 while the next print is 120', () => {
    const kernel = kernelOf();
    kernel.matchTick(0, 1, 100);
    const order = add(kernel, { marketProtectionPercent: 1, eligibleFrom: 2 });
    expect(kernel.protectionLimit(order)).toBe(101);
    kernel.matchTick(0, 2, 120);
    kernel.matchTick(0, 3, 101);
    expect(fillsOf(kernel)).toEqual([]);
    // Whom the price brings back trades with what waits, at its limit.
    kernel.matchTick(0, 4, 100.5);
    expect(fillsOf(kernel)).toEqual([[order, 10, 101, 4]]);
  });

  it('with a protection sells no lower than so far below the last price, nor at an open beyond it', () => {
    const kernel = kernelOf();
    kernel.matchBar(0, { openTime: 0, open: 98, high: 101, low: 97, close: 100, volume: NaN });
    add(kernel, { side: -1, marketProtectionPercent: 2, eligibleFrom: 60_000 });
    kernel.matchTick(0, 60_000, 95, { kind: 'OPEN' });
    expect(fillsOf(kernel)).toEqual([]);
    kernel.matchTick(0, 120_000, 98.4, { kind: 'OPEN' });
    expect(fillsOf(kernel)).toEqual([[0, 10, 98.4, 120_000]]);
  });

  it('keeps its protection on the whole tick inside: 1.5% of 99.95 are 101.449, so 101.40', () => {
    const kernel = kernelOf();
    kernel.heed(0, 100, 99, 99.95);
    const buys = add(kernel, { marketProtectionPercent: 1.5 });
    const sells = add(kernel, { side: -1, marketProtectionPercent: 1.5 });
    expect([buys, sells].map((order) => kernel.protectionLimit(order))).toEqual([101.4, 98.5]);
  });

  it('takes the price that it meets while volume alone holds it back, and its limit after a price beyond', () => {
    const kernel = kernelOf({ participation: 0.1 });
    kernel.matchTick(0, 0, 100);
    add(kernel, { marketProtectionPercent: 1, eligibleFrom: 1 });
    kernel.matchTick(0, 1, 100, { volume: 40 });
    kernel.matchTick(0, 2, 100.5, { volume: 20 });
    kernel.matchTick(0, 3, 101.05, { volume: 400 });
    kernel.matchTick(0, 4, 100.95, { volume: 400 });
    expect(fillsOf(kernel)).toEqual([
      [0, 4, 100, 1],
      [0, 2, 100.5, 2],
      [0, 4, 101, 4],
    ]);
  });

  it('has its protection from the first price that it meets where none was known before', () => {
    const kernel = kernelOf({ participation: 0.1 });
    add(kernel, { marketProtectionPercent: 1 });
    kernel.matchTick(0, 1, 100, { volume: 40 });
    kernel.matchTick(0, 2, 101.05, { volume: 400 });
    expect(fillsOf(kernel)).toEqual([[0, 4, 100, 1]]);
    expect(kernel.protectionLimit(0)).toBe(101);
  });

  it('takes a limit that its broker set, without a percent of its own', () => {
    const kernel = kernelOf();
    add(kernel, { protectionLimit: 122.4 });
    kernel.matchTick(0, 1, 150);
    expect(fillsOf(kernel)).toEqual([]);
    expect(kernel.protectionLimit(0)).toBe(122.4);
  });

  it('that is changed is protected from the last price at the change', () => {
    const kernel = kernelOf();
    const order = add(kernel, { type: 'LIMIT', price: 90 });
    kernel.matchTick(0, 1, 100);
    kernel.matchTick(0, 2, 110);
    kernel.modify(order, { type: 'MARKET', quantity: 10, marketProtectionPercent: 1 }, 3);
    expect(kernel.protectionLimit(order)).toBe(111.1);
  });
});

describe('a limit order', () => {
  it('takes the better price on arrival, and its own limit once it rests', () => {
    const kernel = kernelOf();
    add(kernel, { type: 'LIMIT', price: 100 });
    kernel.matchTick(0, 1, 98);
    const resting = add(kernel, { type: 'LIMIT', price: 97, eligibleFrom: 2 });
    kernel.matchTick(0, 2, 97.5);
    kernel.matchTick(0, 3, 95);
    expect(fillsOf(kernel)).toEqual([
      [0, 10, 98, 1],
      [resting, 10, 97, 3],
    ]);
  });

  it.each([
    ['THROUGH', [[0, 10, 100, 3]]],
    ['TOUCH', [[0, 10, 100, 2]]],
  ] as const)('with %s waits for the price that this asks for', (limitFill, expected) => {
    const kernel = kernelOf({ limitFill });
    add(kernel, { type: 'LIMIT', price: 100 });
    kernel.matchTick(0, 1, 100.05);
    kernel.matchTick(0, 2, 100);
    kernel.matchTick(0, 3, 99.95);
    expect(fillsOf(kernel)).toEqual(expected);
  });

  it('sells at the open where the market gapped above it over night', () => {
    const kernel = kernelOf();
    add(kernel, { side: -1, type: 'LIMIT', price: 105 });
    kernel.matchTick(0, 1, 100);
    kernel.matchTick(0, 2, 111, { kind: 'OPEN' });
    expect(fillsOf(kernel)).toEqual([[0, 10, 111, 2]]);
  });

  it('fills at its limit when a quote crosses it without a trade there', () => {
    const kernel = kernelOf();
    add(kernel, { type: 'LIMIT', price: 100 });
    kernel.matchTick(0, 1, 101, { bid: 100.5, ask: 101.5 });
    kernel.matchTick(0, 2, 101, { bid: 99, ask: 99.5 });
    expect(fillsOf(kernel)).toEqual([[0, 10, 100, 2]]);
  });
});

describe('a stop', () => {
  it('at market is protected from its trigger price: 2% below 95 are 93.10, and a gap to 93 waits', () => {
    const kernel = kernelOf();
    const stop = add(kernel, {
      ...{ side: -1, type: 'SL_M', triggerPrice: 95 },
      marketProtectionPercent: 2,
    });
    kernel.matchTick(0, 1, 100);
    kernel.matchTick(0, 2, 93);
    expect(notesOf(kernel)).toEqual([[stop, 'triggered', 2]]);
    expect(fillsOf(kernel)).toEqual([]);
    kernel.matchTick(0, 3, 94);
    expect(fillsOf(kernel)).toEqual([[stop, 10, 93.1, 3]]);
  });

  it('wakes by the last price and fills at market: a gap from 100 to 93 sells at 93, not at 95', () => {
    const kernel = kernelOf();
    add(kernel, { side: -1, type: 'SL_M', triggerPrice: 95 });
    kernel.matchTick(0, 1, 100);
    kernel.matchTick(0, 2, 95.05);
    expect(fillsOf(kernel)).toEqual([]);
    kernel.matchTick(0, 3, 93);
    expect(fillsOf(kernel)).toEqual([[0, 10, 93, 3]]);
    expect(notesOf(kernel)).toEqual([[0, 'triggered', 3]]);
  });

  it('with a limit rests where the price jumped beyond the limit, and fills when it comes back', () => {
    const kernel = kernelOf();
    add(kernel, { type: 'SL', triggerPrice: 105, price: 106 });
    kernel.matchTick(0, 1, 100);
    kernel.matchTick(0, 2, 108);
    expect(notesOf(kernel)).toEqual([[0, 'triggered', 2]]);
    expect(fillsOf(kernel)).toEqual([]);
    kernel.matchTick(0, 3, 105.5);
    expect(fillsOf(kernel)).toEqual([[0, 10, 106, 3]]);
  });

  it('that woke before a restart is an order of the book', () => {
    const kernel = kernelOf();
    add(kernel, { type: 'SL', triggerPrice: 105, price: 106, triggered: true, rested: true });
    kernel.matchTick(0, 1, 103);
    expect(fillsOf(kernel)).toEqual([[0, 10, 106, 1]]);
  });
});

describe('the volume that traded', () => {
  it('is shared by the orders in the order they came: 10% of 150 is 15, ten for the first, five for the next', () => {
    const kernel = kernelOf({ participation: 0.1 });
    add(kernel, {});
    add(kernel, { side: -1 });
    kernel.matchTick(0, 1, 100, { volume: 150 });
    kernel.matchTick(0, 2, 101, { volume: 9 });
    kernel.matchTick(0, 3, 102);
    expect(fillsOf(kernel)).toEqual([
      [0, 10, 100, 1],
      [1, 5, 100, 1],
      [1, 5, 102, 3],
    ]);
  });

  it('is divided in whole lots', () => {
    const kernel = new FillKernel({ tickSizes: [], participation: 0.5 });
    kernel.addInstrument(0.05, 75);
    add(kernel, { quantity: 225 });
    kernel.matchTick(0, 1, 100, { volume: 449 });
    expect(fillsOf(kernel)).toEqual([[0, 150, 100, 1]]);
  });
});

describe('the end of an order', () => {
  it('IOC: what the first tick does not fill is cancelled', () => {
    const kernel = kernelOf({ participation: 0.1 });
    add(kernel, { immediateOrCancel: true });
    kernel.matchTick(0, 1, 100, { volume: 40 });
    expect(fillsOf(kernel)).toEqual([[0, 4, 100, 1]]);
    expect(notesOf(kernel)).toEqual([[0, 'immediateRestCancelled', 1]]);
    expect(kernel.workingCount).toBe(0);
  });

  it('time: a limit good until 60,000 ms does not meet the tick of that moment', () => {
    const kernel = kernelOf();
    add(kernel, { type: 'LIMIT', price: 100, expiresAt: 60_000 });
    kernel.matchTick(0, 59_999, 100.5);
    kernel.matchTick(0, 60_000, 99);
    expect(fillsOf(kernel)).toEqual([]);
    expect(notesOf(kernel)).toEqual([[0, 'expired', 60_000]]);
  });
});

describe('a change', () => {
  it('to fewer units keeps the place; to another price goes behind and meets the market anew', () => {
    const kernel = kernelOf({ participation: 1 });
    const [first, second] = [1, 2].map(() => add(kernel, { type: 'LIMIT', price: 100 }));
    kernel.matchTick(0, 1, 101, { volume: 0 });
    kernel.modify(first ?? -1, { type: 'LIMIT', price: 100, quantity: 4 }, 1);
    kernel.matchTick(0, 2, 99, { volume: 5 });
    expect(fillsOf(kernel)).toEqual([
      [first, 4, 100, 2],
      [second, 1, 100, 2],
    ]);
    kernel.clearFills();
    const third = add(kernel, { type: 'LIMIT', price: 100, eligibleFrom: 2 });
    kernel.matchTick(0, 3, 101, { volume: 0 });
    kernel.modify(second ?? -1, { type: 'LIMIT', price: 102, quantity: 9 }, 3);
    kernel.matchTick(0, 4, 99, { volume: 12 });
    // The third rests and gets its 100; the second arrives anew and takes the 99.
    expect(fillsOf(kernel)).toEqual([
      [third, 10, 100, 4],
      [second, 2, 99, 4],
    ]);
  });

  it('of an order that has gone changes nothing', () => {
    const kernel = kernelOf();
    const order = add(kernel, {});
    kernel.matchTick(0, 1, 100);
    expect(kernel.modify(order, { type: 'LIMIT', price: 90, quantity: 5 }, 2)).toBe(false);
    expect(kernel.remaining(order)).toBe(0);
  });

  it('from a limit to a stop waits for the trigger', () => {
    const kernel = kernelOf();
    const order = add(kernel, { type: 'LIMIT', price: 90 });
    kernel.matchTick(0, 1, 100);
    expect(kernel.modify(order, { type: 'SL_M', triggerPrice: 103, quantity: 10 }, 2)).toBe(true);
    kernel.matchTick(0, 2, 89);
    kernel.matchTick(0, 3, 103);
    expect(fillsOf(kernel)).toEqual([[order, 10, 103, 3]]);
  });
});

describe('the price band', () => {
  it('at the upper circuit only sellers fill; below it nobody pays more than it', () => {
    const kernel = kernelOf({ slippageTicks: 100 });
    kernel.setPriceBand(0, 90, 110);
    add(kernel, {});
    add(kernel, { side: -1, type: 'LIMIT', price: 109 });
    kernel.matchTick(0, 1, 110);
    expect(fillsOf(kernel)).toEqual([[1, 10, 110, 1]]);
    kernel.matchTick(0, 2, 109.5);
    expect(fillsOf(kernel)[1]).toEqual([0, 10, 110, 2]);
  });
});

describe('a bar', () => {
  // Closes above its open: the path is 100, 94, 107, 105.
  const rising = { openTime: 0, open: 100, high: 107, low: 94, close: 105, volume: 402 };

  it('wakes a stop that rested where the price passed its trigger, and fills a limit at its limit', () => {
    const kernel = kernelOf();
    add(kernel, { side: -1, type: 'SL_M', triggerPrice: 95 });
    add(kernel, { side: -1, type: 'LIMIT', price: 106 });
    kernel.matchBar(0, rising);
    expect(fillsOf(kernel)).toEqual([
      [0, 10, 95, 15_000],
      [1, 10, 106, 30_000],
    ]);
  });

  it('that opens beyond a stop or a limit fills both at its open', () => {
    const kernel = kernelOf();
    add(kernel, { type: 'SL_M', triggerPrice: 99 });
    add(kernel, { type: 'LIMIT', price: 103 });
    kernel.matchBar(0, rising);
    expect(fillsOf(kernel)).toEqual([
      [0, 10, 100, 0],
      [1, 10, 100, 0],
    ]);
  });

  it('gives a quarter of its volume at each step, the remainder at its close: 10, 10, 10, 10.2', () => {
    const kernel = kernelOf({ participation: 0.1 });
    add(kernel, { quantity: 100 });
    kernel.matchBar(0, rising);
    expect(fillsOf(kernel)).toEqual([
      [0, 10, 100, 0],
      [0, 10, 94, 15_000],
      [0, 10, 107, 30_000],
      [0, 10, 105, 59_999],
    ]);
  });
});

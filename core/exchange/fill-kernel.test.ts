import { describe, expect, it } from 'vitest';
import { FillKernel } from './fill-kernel.ts';

function fillsOf(kernel: FillKernel) {
  const { length, order, quantity, price, time } = kernel.fills;
  return Array.from({ length }, (_, row) => ({
    order: order[row],
    quantity: quantity[row],
    price: price[row],
    time: time[row],
  }));
}

describe('the fill kernel', () => {
  it('fills a market order in full at the first tick at or after its eligible time', () => {
    const kernel = new FillKernel({ tickSizes: [0.05] });
    const order = kernel.addMarketOrder(0, 1, 75, 1_000);
    expect(kernel.matchTick(0, 999, 101.5)).toBe(0);
    expect(kernel.remaining(order)).toBe(75);
    expect(kernel.matchTick(0, 1_000, 102.25)).toBe(1);
    expect(kernel.matchTick(0, 1_001, 103)).toBe(0);
    expect(fillsOf(kernel)).toEqual([{ order, quantity: 75, price: 102.25, time: 1_000 }]);
    expect(kernel.remaining(order)).toBe(0);
    expect(kernel.workingCount).toBe(0);
  });

  it('leaves the orders of other instruments alone', () => {
    const kernel = new FillKernel({ tickSizes: [0.05, 0.05] });
    kernel.addMarketOrder(0, 1, 10, 0);
    const other = kernel.addMarketOrder(1, -1, 20, 0);
    kernel.matchTick(1, 5, 50);
    expect(fillsOf(kernel)).toEqual([{ order: other, quantity: 20, price: 50, time: 5 }]);
    expect(kernel.workingCount).toBe(1);
  });

  it('fills the orders of one instrument in the order they came, past one not yet eligible', () => {
    const kernel = new FillKernel({ tickSizes: [0.05] });
    kernel.addMarketOrder(0, 1, 1, 0);
    kernel.addMarketOrder(0, 1, 2, 100);
    kernel.addMarketOrder(0, -1, 3, 0);
    kernel.matchTick(0, 50, 10);
    kernel.addMarketOrder(0, 1, 4, 0);
    kernel.matchTick(0, 100, 11);
    expect(fillsOf(kernel).map((fill) => [fill.order, fill.price])).toEqual([
      [0, 10],
      [2, 10],
      [1, 11],
      [3, 11],
    ]);
  });

  it('slips against the trader by whole ticks: 100.10 with 2 ticks of 0.05 buys at 100.20 and sells at 100.00', () => {
    const kernel = new FillKernel({ tickSizes: [0.05], slippageTicks: 2 });
    kernel.addMarketOrder(0, 1, 1, 0);
    kernel.addMarketOrder(0, -1, 1, 0);
    kernel.matchTick(0, 0, 100.1);
    expect(fillsOf(kernel).map((fill) => fill.price)).toEqual([100.2, 100]);
  });

  it('never lets a sale slip below one tick size', () => {
    const kernel = new FillKernel({ tickSizes: [0.05], slippageTicks: 3 });
    kernel.addMarketOrder(0, -1, 1, 0);
    kernel.matchTick(0, 0, 0.1);
    expect(kernel.fills.price[0]).toBe(0.05);
  });

  it.each([0, 1, 2])('cancels order %i of three and still fills the other two', (cancelled) => {
    const kernel = new FillKernel({ tickSizes: [0.05] });
    for (const quantity of [10, 20, 30]) kernel.addMarketOrder(0, 1, quantity, 0);
    expect(kernel.cancel(cancelled)).toBe((cancelled + 1) * 10);
    expect(kernel.cancel(cancelled)).toBe(0);
    // A list whose end was cut off must still take new orders.
    kernel.addMarketOrder(0, 1, 40, 0);
    kernel.matchTick(0, 0, 10);
    expect(fillsOf(kernel).map((fill) => fill.order)).toEqual(
      [0, 1, 2, 3].filter((order) => order !== cancelled),
    );
  });

  it('keeps every order and fill while its columns grow', () => {
    const kernel = new FillKernel({ tickSizes: [0.05] });
    for (let index = 0; index < 1_000; index += 1) kernel.addMarketOrder(0, 1, index + 1, index);
    for (let time = 0; time < 1_000; time += 1) kernel.matchTick(0, time, time + 1);
    expect(kernel.fills.length).toBe(1_000);
    expect(fillsOf(kernel).every((fill, row) => fill.quantity === row + 1)).toBe(true);
    expect(fillsOf(kernel).every((fill, row) => fill.price === row + 1)).toBe(true);
    kernel.clearFills();
    expect(kernel.fills.length).toBe(0);
  });

  it('takes an instrument that joins later', () => {
    const kernel = new FillKernel({ tickSizes: [] });
    const instrument = kernel.addInstrument(0.01);
    kernel.addMarketOrder(instrument, 1, 5, 0);
    expect(kernel.matchTick(instrument, 1, 7.25)).toBe(1);
  });

  it('throws on what only a bug can ask for', () => {
    const kernel = new FillKernel({ tickSizes: [0.05] });
    expect(() => kernel.addMarketOrder(1, 1, 1, 0)).toThrow('no instrument 1');
    expect(() => kernel.addMarketOrder(0, 1, 0, 0)).toThrow('quantity is 0');
    expect(() => kernel.remaining(0)).toThrow('no order 0');
    expect(() => new FillKernel({ tickSizes: [0] })).toThrow('tick size is 0');
  });
});

it('takes a plain market order as it takes one that states all its terms', () => {
  const model = { tickSizes: [0.05], spreadTicks: 2, slippageTicks: 1, latencyMs: 500 } as const;
  const [plain, whole] = [new FillKernel(model), new FillKernel(model)];
  for (const side of [1, -1] as const) {
    plain.addMarketOrder(0, side, 30, 1000);
    const terms = { type: 'MARKET', quantity: 30, eligibleFrom: 1000 } as const;
    whole.addOrder({ instrument: 0, side, ...terms });
  }
  for (const kernel of [plain, whole]) {
    kernel.matchTick(0, 1400, 99);
    expect(kernel.fills.length).toBe(0);
    kernel.matchTick(0, 1500, 100, { volume: 1000 });
  }
  expect(plain.fills).toEqual(whole.fills);
  expect(plain.fills.length).toBe(2);
  expect(() => plain.addMarketOrder(0, 1, 0, 0)).toThrow('quantity is 0');
  expect(() => plain.addMarketOrder(1, 1, 5, 0)).toThrow('no instrument 1');
  expect(plain.workingCount).toBe(0);
  plain.clearOrders();
  expect(plain.addMarketOrder(0, 1, 5, 0)).toBe(0);
  expect(() => plain.clearOrders()).toThrow('1 orders still work');
});

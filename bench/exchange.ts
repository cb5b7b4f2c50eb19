/**
 * The fill kernel over a million ticks and a million orders of every type, against the barest loop
 * that writes the same orders into plain columns and compares every tick with one price: no lists, no
 * time priority, no fills.
 *
 *   node --import tsx bench/exchange.ts
 */
import { fileURLToPath } from 'node:url';
import { FillKernel } from '../core/exchange/fill-kernel.ts';
import type { OrderType } from '../core/order/order-terms.ts';

/** The line of the table. */
export interface ExchangeMeasurement {
  readonly name: string;
  readonly milliseconds: number;
  /** Of the bare loop, in the same run. */
  readonly baselineMilliseconds: number;
  /** Fills of one run. */
  readonly fills: number;
}

const tickCount = 1_000_000;
/** An order rests for this many ticks at most, so that some hundred are in the book. */
const patience = 200;
const types: readonly OrderType[] = ['MARKET', 'LIMIT', 'SL', 'SL_M'];

interface Course {
  /** Rupees, in steps of 0.05. */
  readonly price: Float64Array;
  /** -20 to 20 ticks: how far from the price the order is entered. */
  readonly distance: Int8Array;
}

/** The same walk every time. */
function makeCourse(): Course {
  const price = new Float64Array(tickCount);
  const distance = new Int8Array(tickCount);
  let state = 1;
  let ticks = 20_000;
  for (let row = 0; row < tickCount; row += 1) {
    // Numerical Recipes' linear congruential generator: no more randomness is needed here.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    ticks = Math.max(4_000, ticks + (state >>> 30) - 1 - ((state >>> 20) & 1));
    price[row] = Math.round(ticks * 5) / 100;
    distance[row] = ((state >>> 8) % 41) - 20;
  }
  return { price, distance };
}

function kernelRun({ price, distance }: Course): number {
  const kernel = new FillKernel({ tickSizes: [0.05], participation: 0.1, slippageTicks: 1 });
  let fills = 0;
  for (let row = 0; row < tickCount; row += 1) {
    const last = price[row] ?? NaN;
    const away = Math.round((last + (distance[row] ?? 0) * 0.05) * 100) / 100;
    kernel.addOrder({
      instrument: 0,
      side: row % 2 === 0 ? 1 : -1,
      type: types[(row >>> 1) % 4] ?? 'MARKET',
      quantity: 10,
      price: away,
      triggerPrice: away,
      eligibleFrom: row,
      expiresAt: row + patience,
    });
    fills += kernel.matchTick(0, row, last, { volume: 500 });
    kernel.clearFills();
  }
  return fills;
}

function bareLoop({ price, distance }: Course): number {
  const limit = new Float64Array(tickCount);
  const quantity = new Float64Array(tickCount);
  const side = new Int8Array(tickCount);
  let crossings = 0;
  for (let row = 0; row < tickCount; row += 1) {
    const last = price[row] ?? NaN;
    limit[row] = Math.round((last + (distance[row] ?? 0) * 0.05) * 100) / 100;
    quantity[row] = 10;
    side[row] = row % 2 === 0 ? 1 : -1;
    if ((side[row] ?? 0) * ((limit[row] ?? NaN) - last) > 0) crossings += 1;
  }
  return crossings;
}

/** The fastest of three goes, in milliseconds: what else runs on the machine only ever adds. */
function fastest(run: () => number): number {
  const goes = Array.from({ length: 3 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...goes);
}

/** Measures a million orders of all types meeting a million ticks. */
export function measureExchange(): ExchangeMeasurement {
  const course = makeCourse();
  const baselineMilliseconds = fastest(() => bareLoop(course));
  const milliseconds = fastest(() => kernelRun(course));
  const fills = kernelRun(course);
  const name = `exchange: ${tickCount} orders of all types meet ${tickCount} ticks`;
  return { name, milliseconds, baselineMilliseconds, fills };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { name, milliseconds, baselineMilliseconds, fills } = measureExchange();
  const ratio = (milliseconds / baselineMilliseconds).toFixed(1);
  console.log(`${name}: ${milliseconds.toFixed(0)} ms, ${fills} fills, ${ratio} x the bare loop`);
}

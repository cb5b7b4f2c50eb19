/**
 * `npm start` to the first page: on a fresh data folder, and on one that was used before. Beside it,
 * in the same run, what Node with the TypeScript loader takes to start and end.
 *
 *   node --import tsx bench/first-page.ts
 */
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { freshHome, startProduct } from '../tests/kit/product.ts';
import { percentile } from './percentiles.ts';

const laterStarts = 3;

/** Milliseconds. */
export interface StartTimes {
  readonly fresh: number;
  /** Median of the later starts. */
  readonly later: number;
  readonly loader: number;
}

export async function measureStart(): Promise<StartTimes> {
  const home = await freshHome();
  try {
    const fresh = await startOnce(home);
    const later: number[] = [];
    for (let start = 0; start < laterStarts; start += 1) later.push(await startOnce(home));
    return { fresh, later: percentile(later, 50), loader: loaderTime() };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function startOnce(home: string): Promise<number> {
  const product = await startProduct({ home });
  await product.stop();
  return product.startedInMs;
}

function loaderTime(): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    execFileSync(process.execPath, ['--import', 'tsx', '--eval', '0']);
    return performance.now() - begun;
  });
  return percentile(times, 50);
}

if (process.argv[1]?.endsWith('first-page.ts') === true) {
  const { fresh, later, loader } = await measureStart();
  const line = (name: string, value: number): void => {
    console.log(
      `${name.padEnd(36)} ${(value / 1000).toFixed(2)} s  x${(value / loader).toFixed(1)}`,
    );
  };
  line('the loader alone', loader);
  line('first start to first page', fresh);
  line('later start to first page', later);
}

/**
 * `npm run bench`: one table, each row a ratio against something honest measured in the same run.
 * The parts can be run alone: bench/bars.ts, bench/engine.ts, bench/exchange.ts, bench/first-page.ts, bench/load-candles.ts, bench/order-to-subscriber.ts.
 */
import { spawn } from 'node:child_process';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';
import { measureBars } from './bars.ts';
import { measureEngine } from './engine.ts';
import { measureExchange } from './exchange.ts';
import { measureStart } from './first-page.ts';
import { measureLoading } from './load-candles.ts';
import { measureOrders } from './order-to-subscriber.ts';

interface Row {
  readonly what: string;
  readonly figure: string;
  readonly ratio: number;
  readonly against: string;
}

const rows: Row[] = [];

for (const { name, milliseconds, baselineMilliseconds } of measureEngine()) {
  const against = 'the bare loop over the same candles';
  rows.push({
    what: name,
    figure: `${milliseconds.toFixed(0)} ms`,
    ratio: milliseconds / baselineMilliseconds,
    against,
  });
}

for await (const row of measureBars()) {
  const { milliseconds, cpuMilliseconds, megabytes } = row;
  const memory = megabytes === null ? '' : `, ${megabytes.toFixed(0)} MB`;
  rows.push({
    what: row.name,
    figure: `${milliseconds.toFixed(0)} ms, processor ${cpuMilliseconds.toFixed(0)} ms${memory}`,
    ratio: milliseconds / row.baselineMilliseconds,
    against: 'the plain loop that computes the same',
  });
}

const loading = await measureLoading();
rows.push({
  what: loading.name,
  figure: `${loading.milliseconds.toFixed(0)} ms, processor ${loading.cpuMilliseconds.toFixed(0)} ms`,
  ratio: loading.milliseconds / loading.baselineMilliseconds,
  against: 'the driver and a copy',
});

const exchange = measureExchange();
rows.push({
  what: exchange.name,
  figure: `${exchange.milliseconds.toFixed(0)} ms`,
  ratio: exchange.milliseconds / exchange.baselineMilliseconds,
  against: 'the bare loop over the same orders and ticks',
});

const { fresh, later, loader } = await measureStart();
for (const [what, value] of [
  ['npm start to first page, fresh data folder', fresh],
  ['npm start to first page, later', later],
] as const) {
  const against = 'Node with the loader alone';
  rows.push({ what, figure: `${(value / 1000).toFixed(2)} s`, ratio: value / loader, against });
}

await measureOrdersOn('PostgreSQL', undefined);
const redis = await startRedis();
if (redis === null) console.log('Orders on Redis are left out: this machine has no redis-server.');
else await measureOrdersOn('Redis', redis.url).finally(redis.stop);

console.log(`\n${'what'.padEnd(62)} ${'figure'.padStart(36)} ${'ratio'.padStart(8)}  against`);
for (const { what, figure, ratio, against } of rows) {
  console.log(
    `${what.padEnd(62)} ${figure.padStart(36)} ${`x${ratio.toFixed(1)}`.padStart(8)}  ${against}`,
  );
}

async function measureOrdersOn(backend: string, redisUrl: string | undefined): Promise<void> {
  const { latencies, perSecond, rateRatio } = await measureOrders(redisUrl);
  for (const { name, p50, p95, p99, ratio } of latencies) {
    rows.push({
      what: `${name} (${backend})`,
      figure: `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, p99 ${p99.toFixed(1)} ms`,
      ratio,
      against: 'the barest request',
    });
  }
  rows.push({
    what: `orders a second, placed to accepted (${backend})`,
    figure: `${perSecond.toFixed(0)} a second`,
    ratio: rateRatio,
    against: 'barest requests a second, as many at a time',
  });
}

/** A Redis of this run's own; null where the machine has none. */
async function startRedis(): Promise<{ readonly url: string; readonly stop: () => void } | null> {
  const port = await freePort();
  const options = ['--port', String(port), '--maxmemory-policy', 'noeviction', '--save', ''];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve) => {
    server.on('error', () => resolve(null));
    server.stdout.on('data', (words: Buffer) => {
      if (!words.toString().includes('Ready to accept connections')) return;
      resolve({ url: `redis://127.0.0.1:${port}`, stop: () => void server.kill() });
    });
  });
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { readBacktestOrder, type RangedRun } from '@nandax/app/backtests/backtest-order.ts';
import { inputOfOrder } from '@nandax/app/backtests/report-backtest.ts';
import { startBacktest } from '@nandax/app/backtests/start-backtest.ts';
import { runBacktest } from '@nandax/core/backtest/engine.ts';
import { omit } from '@nandax/core/omit.ts';
import { Decimal } from 'decimal.js';
import { testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import { startWorker, type RunningWorker } from '../../worker/compose.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

/** Other bars, another instrument, the past, the position, frozen and trailing stops, parts, own hours. */
const rules = `quick = 3 in 2..9 step 1
equity_per_trade 10%
trailing_stop 0.15%
take_profit 0.05% for 50%
take_profit 0.4%
no_entry_after 14:30
square_off_at 15:00
long entry when close > close[2] and close of "NSE:NIFTY 50" > sma(close, quick) of "NSE:NIFTY 50"
  and close >= lowest(close on 15m, quick)
long exit when close < sma(close, 2) on 15m and bars_held > 8`;

let world: TradingWorld;
let worker: RunningWorker;

beforeAll(async () => {
  world = await createTradingWorld();
  worker = await startWorker(
    parseEnvironment({
      DATABASE_URL: world.database.url,
      NANDAX_KEY_RING: testKeyRing,
      NANDAX_HOME: testHome,
      LOG_LEVEL: 'error',
    }),
  );
});

afterAll(async () => {
  await worker.close();
  await world.close();
});

/** Round trips of a run as `quantity entry exit reason`, with the times of both. */
async function tripsOf(runId: string): Promise<string[]> {
  const trades = await world.database.prisma.trade.findMany({
    where: { runId },
    orderBy: [{ entryAt: 'asc' }, { exitAt: 'asc' }],
  });
  return trades.map(({ quantity, entryPrice, entryAt, exitPrice, exitAt, ...why }) =>
    [
      quantity.toFixed(),
      ...[entryPrice.toFixed(2), entryAt.toISOString()],
      ...[exitPrice?.toFixed(2), exitAt?.toISOString()],
      ...[`(${why.entryReason ?? ''})`, why.exitReason],
    ].join(' '),
  );
}

/** A signal as a decision keeps it. */
interface StoredSignal {
  readonly instrumentId: string;
}

/** What a paper run decided, bar for bar: moment, trigger and signals, and what the rules read. */
async function decisionsOf(runId: string): Promise<unknown[]> {
  const decisions = await world.database.prisma.agentDecision.findMany({
    where: { runId },
    orderBy: [{ barTime: 'asc' }, { trigger: 'asc' }],
  });
  return decisions
    .filter(({ signals }) => Array.isArray(signals) && signals.length > 0)
    .map(({ barTime, trigger, signals }) => ({
      at: barTime.toISOString(),
      trigger,
      signals: (signals as object[]).map((signal) => omit(signal as StoredSignal, 'instrumentId')),
    }));
}

/** The same of a backtest, by the engine itself. */
async function decisionsOfBacktest(runId: string): Promise<unknown[]> {
  const { store } = world.ports;
  const read = await store.read(async ({ runs }) => {
    const run = await runs.findRun(runId);
    return { run, version: run === null ? null : await runs.findVersion(run.strategyVersionId) };
  });
  if (read.run === null || read.version === null) throw new Error('the run is there');
  const { order } = await readBacktestOrder(
    world.ports,
    read.run as RangedRun,
    read.version,
    'CANDLES',
  );
  const result = runBacktest(expectOk(inputOfOrder(order)));
  return expectOk(result).decisions.map(({ time, trigger, signals }) => ({
    at: new Date(time).toISOString(),
    trigger,
    signals: signals.map((signal) => omit(signal, 'instrument')),
  }));
}

test('the whole language trades alike on paper and in a backtest, to the second and the rupee', async () => {
  const strategyId = await world.strategy(rules, 'FIVE_MINUTES', ['JUNIORBEES']);
  // The index is read from history; the replay plays only what is traded.
  const replayId = await world.replay(['JUNIORBEES'], '2019-01-01', '2019-01-01');
  const { runId } = await world.startAgent(strategyId, replayId);
  await world.play(replayId);
  expect(await world.untilEnded(replayId)).toBe('FINISHED');

  const tested = expectOk(
    await startBacktest(world.ports, {
      ...{ userId: world.userId, strategyId, strategyVersionId: null },
      datasetId: world.datasetId,
      initialCapital: new Decimal(1_000_000),
      from: new Date('2019-01-01T00:00:00+05:30'),
      to: new Date('2019-01-02T00:00:00+05:30'),
    }),
  );
  await world.untilRun(tested.id, 'COMPLETED');

  const decisions = await decisionsOf(runId);
  expect(decisions).toEqual(await decisionsOfBacktest(tested.id));
  expect(decisions.length).toBeGreaterThan(20);

  const [paper, backtest] = [await tripsOf(runId), await tripsOf(tested.id)];
  expect(paper).toEqual(backtest);
  // A tenth of a million buys 344 at the close of 09:50; half leaves at the target, the rest trails.
  expect(paper.slice(0, 2)).toEqual([
    '172 290.00 2019-01-01T04:20:00.000Z 290.38 2019-01-01T04:25:00.000Z (long entry rule at close 290.49) TAKE_PROFIT',
    '172 290.00 2019-01-01T04:20:00.000Z 289.50 2019-01-01T04:30:00.000Z (long entry rule at close 290.49) TRAILING_STOP',
  ]);
  const reasons = new Set(paper.map((trip) => trip.split(' ').at(-1)));
  expect(reasons).toEqual(new Set(['TAKE_PROFIT', 'TRAILING_STOP', 'SQUARE_OFF']));
  expect(paper.at(-1)).toMatch(/2019-01-01T09:30:00.000Z .* SQUARE_OFF$/);
});

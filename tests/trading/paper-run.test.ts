import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { threadBacktestRunner } from '@nandax/adapters/threads/thread-backtest-runner.ts';
import { startBacktest } from '@nandax/app/backtests/start-backtest.ts';
import { createReplay } from '@nandax/app/replay/create-replay.ts';
import { examineRun } from '@nandax/app/runs/examine-run.ts';
import { readFigures } from '@nandax/app/runs/run-figures.ts';
import type { BiasReportView } from '@nandax/app/views/strategy.ts';
import { biasFindingsOf } from '@nandax/core/bias/bias-findings.ts';
import { Decimal } from 'decimal.js';
import { testKeyRing } from '../setup/accounts.ts';
import { testHome } from '../setup/home.ts';
import { startWorker, type RunningWorker } from '../../worker/compose.ts';
import { deriveCrossover } from '../kit/derived-crossover.ts';
import { expectedLedger, readRunLedger } from '../kit/run-ledger.ts';
import {
  createTradingWorld,
  crossoverRules,
  expectOk,
  rupees,
  type TradingWorld,
} from '../kit/trading-world.ts';

/** What a separate script derives from the CSV alone. */
const derived = deriveCrossover(
  ...['--fast', '10', '--slow', '30', '--time-frame', '5', '--capital', '100000'],
);

describe('a crossover on three days of YESBANK', () => {
  let world: TradingWorld;
  let worker: RunningWorker;
  let strategyId: string;

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
    strategyId = await world.strategy(crossoverRules(10, 30), 'FIVE_MINUTES', ['YESBANK']);
  });

  afterAll(async () => {
    await worker.close();
    await world.close();
  });

  test('traded on paper, books what the separate derivation says, to the paisa', async () => {
    const replayId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-11');
    const { runId, agentId } = await world.startAgent(strategyId, replayId);
    await world.play(replayId);
    expect(await world.untilEnded(replayId)).toBe('FINISHED');

    expect(await readRunLedger(world, runId)).toEqual(expectedLedger(derived));

    const { prisma } = world.database;
    const agent = await prisma.agent.findUniqueOrThrow({ where: { id: agentId } });
    const run = await prisma.run.findUniqueOrThrow({ where: { id: runId } });
    expect([agent.status, run.status]).toEqual(['STOPPED', 'COMPLETED']);
    const bars = await prisma.agentDecision.count({ where: { runId, trigger: 'BAR' } });
    expect(bars).toBe(3 * 75);
  });

  test('numbers the events of its user without a gap', async () => {
    const events = await world.database.prisma.event.findMany({
      where: { userId: world.userId },
      orderBy: { sequence: 'asc' },
      select: { sequence: true, publishedAt: true },
    });
    expect(events.map(({ sequence }) => Number(sequence))).toEqual(
      events.map((_, index) => index + 1),
    );
    expect(events.filter(({ publishedAt }) => publishedAt === null)).toEqual([]);
  });

  test('backtested on the same days, gives the same trades, charges and result', async () => {
    const run = expectOk(
      await startBacktest(world.ports, {
        userId: world.userId,
        strategyId,
        strategyVersionId: null,
        datasetId: world.datasetId,
        initialCapital: new Decimal(1_000_000),
        from: new Date('2019-07-09T00:00:00+05:30'),
        to: new Date('2019-07-12T00:00:00+05:30'),
      }),
    );
    await world.untilRun(run.id, 'COMPLETED');
    const stored = await world.database.prisma.run.findUniqueOrThrow({ where: { id: run.id } });
    const figures = readFigures(stored.statistics as never);
    const { trades } = await readRunLedger(world, run.id);

    expect(trades).toEqual(expectedLedger(derived).trades);
    expect(rupees(figures.grossPnl)).toBe(derived.grossPnl);
    expect(rupees(figures.charges.total)).toBe(derived.charges.total);
    expect(rupees(figures.netPnl)).toBe(derived.netPnl);
    expect(rupees(figures.finalEquity)).toBe(rupees(new Decimal(1_000_000).plus(derived.netPnl)));
  });

  test('is examined once it has completed, and its user is told', async () => {
    const { prisma } = world.database;
    const run = await prisma.run.findFirstOrThrow({ where: { kind: 'BACKTEST' } });
    await world.untilExamined(run.id);
    const { biasReport, status } = await prisma.run.findUniqueOrThrow({ where: { id: run.id } });
    expect(status).toBe('COMPLETED');
    expect(biasReport).toMatchObject({
      aim: 'sharpeRatio',
      lookAhead: { differences: 0 },
      permutation: { permutations: 200 },
      // Three days of 75 bars, seven tenths of them.
      samples: { inSample: { bars: 158 }, outOfSample: { bars: 67 } },
    });
    const events = await prisma.event.findMany({
      where: { subjectId: run.id },
      orderBy: { sequence: 'asc' },
      select: { type: true },
    });
    expect(events.map(({ type }) => type)).toEqual([
      'RUN_QUEUED',
      'RUN_RUNNING',
      'RUN_COMPLETED',
      'RUN_EXAMINED',
    ]);
  });

  test('on paper it is examined as its backtest is, by the trades that it made', async () => {
    const { prisma } = world.database;
    const reportOf = async (kind: 'PAPER' | 'BACKTEST') => {
      const { id } = await prisma.run.findFirstOrThrow({ where: { kind } });
      await world.untilExamined(id);
      const run = await prisma.run.findUniqueOrThrow({ where: { id } });
      return run.biasReport as unknown as BiasReportView;
    };
    const [paper, tested] = [await reportOf('PAPER'), await reportOf('BACKTEST')];
    expect({ ...paper, tradeOrder: null, basis: [] }).toEqual({
      ...{ ...tested, tradeOrder: null, basis: [] },
    });
    const { length } = derived.trades;
    expect(paper.tradeOrder).toMatchObject({ trades: length });
    expect(paper.basis.at(-1)).toContain(
      `${length} round trips that the run made itself; over the bars of its time its rules make ${length}.`,
    );
    // Where the money of its own trades ended, before contract notes round their charges.
    expect(paper.tradeOrder?.finalEquity).toBeCloseTo(1_000_000 + Number(derived.netPnl), -1);
  });

  test('without candles of its time it is examined by its trades, and says why not more', async () => {
    const { prisma } = world.database;
    const { id, biasReport } = await prisma.run.findFirstOrThrow({ where: { kind: 'PAPER' } });
    const backtests = threadBacktestRunner();
    const examined = async () => {
      await examineRun({ ...world.ports, backtests }, id, new AbortController().signal);
      const run = await prisma.run.findUniqueOrThrow({ where: { id } });
      return run.biasReport as unknown as BiasReportView;
    };
    // Done again it comes to the same.
    expect(await examined()).toEqual(biasReport);
    const { datasetId } = await prisma.run.findUniqueOrThrow({ where: { id } });
    await prisma.run.update({ where: { id }, data: { datasetId: null } });
    const report = await examined();
    await prisma.run.update({ where: { id }, data: { datasetId } });
    await backtests.close();
    expect(report).toMatchObject({ unplayed: 'NO_CANDLES', value: null, lookAhead: null });
    expect(report.tradeOrder).toEqual((biasReport as unknown as BiasReportView).tradeOrder);
    expect(biasFindingsOf(report).map(({ gap }) => gap)).toEqual([
      ...['NO_CANDLES', 'NO_CANDLES', null, 'NO_CANDLES', 'NO_CANDLES'],
    ]);
  });

  test('with a fill model of its own, a backtest fills by it and keeps it', async () => {
    // Two ticks of 0.05 rupees, and 20 s late: at the third of a candle's four prices.
    const fillModel = { slippageTicks: 2, latencyMs: 20_000 };
    const { ports, userId, datasetId } = world;
    const range = {
      from: new Date('2019-07-09T00:00:00+05:30'),
      to: new Date('2019-07-12T00:00:00+05:30'),
    };
    const tested = expectOk(
      await startBacktest(ports, {
        ...{ userId, strategyId, strategyVersionId: null, datasetId, ...range },
        initialCapital: new Decimal(1_000_000),
        fillModel,
      }),
    );
    await world.untilRun(tested.id, 'COMPLETED');
    const { trades } = await readRunLedger(world, tested.id);
    expect(trades.length).toBeGreaterThan(0);
    expect(trades).not.toEqual(expectedLedger(derived).trades);
    const stored = await world.database.prisma.run.findUniqueOrThrow({ where: { id: tested.id } });
    expect(stored.fillModel).toEqual({
      ...fillModel,
      spreadTicks: 0,
      limitFill: 'THROUGH',
      participation: null,
    });
    const replay = { userId, name: 'Late', datasetId, instrumentIds: [], ...range };
    expect(
      await createReplay(ports, {
        ...{ ...replay, speed: null, seed: 0 },
        fillModel: { participation: 1.5 },
      }),
    ).toMatchObject({ failure: { kind: 'INVALID_INPUT', field: 'fillModel.participation' } });
  });
});

import { Decimal } from 'decimal.js';
import { createAgent } from '@nandax/app/agents/create-agent.ts';
import { startAgent } from '@nandax/app/agents/start-agent.ts';
import type { JobQueue } from '@nandax/app/ports/queue.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { createReplay } from '@nandax/app/replay/create-replay.ts';
import { startReplay } from '@nandax/app/replay/start-replay.ts';
import { createStrategy } from '@nandax/app/strategies/create-strategy.ts';
import { createBus } from '@nandax/adapters/bus/create-bus.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import { createLimits } from '@nandax/adapters/limits/create-limits.ts';
import { paperBrokers } from '@nandax/adapters/paper/paper-broker.ts';
import { strategyStore } from '@nandax/adapters/prisma/strategies/strategy-store.ts';
import { prismaHistory } from '@nandax/adapters/prisma/trading/history.ts';
import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { createJobQueue } from '@nandax/adapters/queue/job-queue.ts';
import { queuePlaceOf } from '@nandax/adapters/queue/queue-backend.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import type { Result } from '@nandax/core/result.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import { sampleDataset, seedReferenceData } from '../../prisma/seed-reference-data.ts';
import { createTestUser, testActor, testTools } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

/** A log that keeps quiet; tests look at effects. */
export const quietLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quietLog,
};

/** The value of an outcome that a test takes for granted. */
export function expectOk<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`expected success, got ${JSON.stringify(result.failure)}`);
  return result.value;
}

/** A crossover strategy as a person would write it. */
export function crossoverRules(fast: number, slow: number, extra = ''): string {
  const cross = (direction: string): string =>
    `sma(close, ${fast}) crosses_${direction} sma(close, ${slow})`;
  return [
    'capital_per_trade 100000',
    extra,
    `long entry when ${cross('above')}`,
    `long exit when ${cross('below')}`,
    `short entry when ${cross('below')}`,
    `short exit when ${cross('above')}`,
  ].join('\n');
}

/**
 * An installation with its reference data, one trader with a paper portfolio, and the words to tell
 * a story with. Everything is real: PostgreSQL, queue, bus; only the processes are left to the test.
 */
export interface TradingWorld {
  readonly database: TestDatabase;
  readonly redisUrl: string | undefined;
  readonly ports: TradingPorts;
  readonly userId: string;
  readonly portfolioId: string;
  readonly datasetId: string;
  instrument(tradingSymbol: string): Promise<string>;
  strategy(document: string, timeFrame: TimeFrame, symbols: readonly string[]): Promise<string>;
  /** A ready session over the days given, `YYYY-MM-DD`, both inclusive. */
  replay(symbols: readonly string[], fromDay: string, toDay: string): Promise<string>;
  /** Starts an agent for the strategy on the replay; returns its run. */
  startAgent(strategyId: string, replayId: string): Promise<{ agentId: string; runId: string }>;
  play(replayId: string): Promise<void>;
  /** Resolves when no order waits for the broker's answer. */
  untilSent(): Promise<void>;
  /** Resolves with its state when the session no longer runs. */
  untilEnded(replayId: string): Promise<string>;
  /** Resolves when the run has the status; rejects when it failed. */
  untilRun(runId: string, status: 'COMPLETED'): Promise<void>;
  /** Until a backtest has its bias report. */
  untilExamined(runId: string): Promise<void>;
  close(): Promise<void>;
}

export async function createTradingWorld(redisUrl?: string): Promise<TradingWorld> {
  const database = await createTestDatabase();
  const { prisma, url } = database;
  const ids = systemIds();
  const clock = systemClock;
  await seedReferenceData(url, { ids, clock });
  const bus = createBus({ redisUrl, directUrl: url, log: quietLog });
  const queue: JobQueue = createJobQueue({
    place: queuePlaceOf({ redisUrl, directUrl: url }),
    log: quietLog,
  });
  const store = prismaStore(prisma, testTools);
  const history = prismaHistory(prisma, clock);
  const limits = createLimits({ redisUrl, prisma, log: quietLog });
  const ports: TradingPorts = {
    clock,
    ids,
    log: quietLog,
    store,
    history,
    queue,
    bus,
    brokers: paperBrokers({ store, history, clock, bus }),
    traffic: limits.traffic,
  };
  const { id: userId } = await createTestUser(prisma, 'trader');
  const actor = testActor(userId);
  const portfolio = await prisma.portfolio.findFirstOrThrow({ where: { userId } });
  const dataset = await prisma.dataset.findFirstOrThrow({ where: { name: sampleDataset } });

  const instrument = async (tradingSymbol: string): Promise<string> =>
    (await prisma.instrument.findFirstOrThrow({ where: { tradingSymbol } })).id;

  // Every change of a session or a run is told on the user's topic; a call that was lost with the
  // process that made it is made up for by a second look.
  const news = new WakeCall();
  await bus.subscribe(`user.${userId}`, () => news.call());
  const untilTold = async <T>(look: () => Promise<T | null>): Promise<T> => {
    for (;;) {
      const seen = await look();
      if (seen !== null) return seen;
      await news.wait(500);
    }
  };

  return {
    database,
    redisUrl,
    ports,
    userId,
    portfolioId: portfolio.id,
    datasetId: dataset.id,
    instrument,

    async strategy(document, timeFrame, symbols) {
      const instrumentIds = await Promise.all(symbols.map(instrument));
      const { id } = expectOk(
        await createStrategy(
          { strategies: strategyStore(prisma, testTools), bus, clock, ids },
          {
            actor,
            name: 'Crossover',
            type: 'MOMENTUM',
            timeFrame,
            instrumentIds,
            document,
            configuration: {},
          },
        ),
      );
      return id;
    },

    async replay(symbols, fromDay, toDay) {
      const instrumentIds = await Promise.all(symbols.map(instrument));
      const session = expectOk(
        await createReplay(ports, {
          userId,
          name: 'Replay',
          datasetId: dataset.id,
          instrumentIds,
          from: new Date(`${fromDay}T00:00:00+05:30`),
          to: new Date(`${toDay}T23:59:00+05:30`),
          speed: null,
          seed: 0,
        }),
      );
      return session.id;
    },

    async startAgent(strategyId, replaySessionId) {
      const agent = expectOk(
        await createAgent(ports, {
          actor,
          name: 'Agent',
          type: 'RULE_BASED',
          strategyId,
          portfolioId: portfolio.id,
        }),
      );
      const started = expectOk(
        await startAgent(ports, { userId, actor, agentId: agent.id, replaySessionId }),
      );
      return { agentId: agent.id, runId: started.currentRunId ?? '' };
    },

    async play(replaySessionId) {
      expectOk(await startReplay(ports, { userId, replaySessionId }));
    },

    async untilSent() {
      await untilTold(async () => {
        const waiting = await prisma.order.count({
          where: { status: { in: ['INITIALIZED', 'SUBMITTED'] } },
        });
        return waiting === 0 ? true : null;
      });
    },

    async untilEnded(replayId) {
      return untilTold(async () => {
        const { state } = await prisma.replaySession.findUniqueOrThrow({ where: { id: replayId } });
        return state === 'RUNNING' ? null : state;
      });
    },

    async untilRun(runId, status) {
      await untilTold(async () => {
        const run = await prisma.run.findUniqueOrThrow({ where: { id: runId } });
        if (run.status === 'FAILED') throw new Error(run.failureReason ?? 'the run failed');
        return run.status === status ? status : null;
      });
    },

    async untilExamined(runId) {
      await untilTold(async () => {
        const run = await prisma.run.findUniqueOrThrow({ where: { id: runId } });
        return run.biasReport;
      });
    },

    async close() {
      await queue.close();
      await bus.close();
      limits.close();
      await database.drop();
    },
  };
}

/** Rupees as they are printed. */
export function rupees(amount: { toString(): string }): string {
  return new Decimal(amount.toString()).toFixed(2);
}

import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadDoorData, passDoor, standalone } from '@nandax/app/orders/pass-door.ts';
import { platformScopeId, type ScopeKey } from '@nandax/app/ports/risk.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { AskedTerms } from '@nandax/core/order/order.ts';
import { noLimits, type RiskLimits, type RiskScope } from '@nandax/core/risk/risk-limits.ts';
import { testActor, testTools } from '../setup/accounts.ts';
import { createTradingWorld, crossoverRules, type TradingWorld } from '../kit/trading-world.ts';

const twentyPastNine = new Date('2019-07-09T09:20:00+05:30');
const scopes = ['AGENT', 'STRATEGY', 'PLATFORM'] as const;

describe('limits of agents, strategies and the platform at the door', () => {
  let world: TradingWorld;
  let instrumentId: string;
  let feedId: string;
  let runId: string;
  let keys: Readonly<Record<(typeof scopes)[number], ScopeKey>>;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    instrumentId = await world.instrument('YESBANK');
    const strategyId = await world.strategy(crossoverRules(5, 20), 'FIVE_MINUTES', ['YESBANK']);
    const started = await world.startAgent(strategyId, feedId);
    runId = started.runId;
    keys = {
      AGENT: { scope: 'AGENT', scopeId: started.agentId },
      STRATEGY: { scope: 'STRATEGY', scopeId: strategyId },
      PLATFORM: { scope: 'PLATFORM', scopeId: platformScopeId },
    };
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: twentyPastNine } });
    await prisma.quote.create({
      data: { feedId, instrumentId, lastPrice: 95, time: twentyPastNine },
    });
  });

  afterAll(() => world.close());

  beforeEach(async () => {
    const { prisma } = world.database;
    await prisma.riskLimits.deleteMany({ where: { scope: { in: [...scopes] } } });
    await prisma.riskCounter.deleteMany();
    await prisma.riskLock.deleteMany();
    await prisma.trade.deleteMany();
    await prisma.order.deleteMany();
  });

  const limit = (key: ScopeKey, limits: Partial<RiskLimits>) =>
    world.ports.store.transaction(({ risk }) =>
      risk.saveLimits({ ...key, limits: { ...noLimits, ...limits } }, new Date()),
    );

  /** A hundred shares at 95, so 9,500 rupees and a margin of a fifth; by the agent's run, or by hand. */
  const enter = async (run: string | null, terms: Partial<AskedTerms> = {}): Promise<string> => {
    const { ports, portfolioId, userId } = world;
    const data = await loadDoorData(ports);
    const idempotencyKey = ports.ids.uuid();
    const { orders } = await ports.store.transaction(async (rows) => {
      const portfolio = await rows.portfolios.lock(portfolioId);
      const instrument = await rows.runs.findInstrument(instrumentId);
      if (portfolio === null || instrument === null) throw new Error('the world is not there');
      return passDoor(rows, ports, data, portfolio, {
        idempotencyKey,
        requestHash: idempotencyKey.replaceAll('-', '').repeat(2),
        kind: 'SINGLE',
        source: run === null ? 'USER' : 'AGENT',
        actor: testActor(userId),
        intent: 'RULE',
        marketTime: twentyPastNine,
        legs: [
          {
            instrument,
            ...standalone,
            run: run === null ? null : { id: run, decisionId: null },
            terms: {
              ...plainTerms,
              type: 'MARKET',
              side: 'BUY',
              product: 'MIS',
              quantity: new Decimal(100),
              ...terms,
            },
          },
        ],
      });
    });
    const { denial } = orders[0] ?? {};
    if (denial == null) return 'passes';
    const { code, scope, limit: most, actual } = denial as Readonly<Record<string, string | null>>;
    return [code, scope, most, actual].filter((part) => part != null).join(' ');
  };

  /** A trade that the run has closed, with what it gained in rupees. */
  const traded = (grossPnl: number) =>
    world.database.prisma.trade.create({
      data: {
        id: testTools.ids.uuid(),
        userId: world.userId,
        portfolioId: world.portfolioId,
        runId,
        instrumentId,
        symbol: 'YESBANK',
        product: 'MIS',
        direction: 'LONG',
        status: 'CLOSED',
        quantity: 100,
        entryPrice: 100,
        entryAt: twentyPastNine,
        exitPrice: 100 + grossPnl / 100,
        exitAt: twentyPastNine,
        exitReason: 'RULE',
        grossPnl,
        createdAt: twentyPastNine,
      },
    });

  const number = (value: number): Decimal => new Decimal(value);
  const cases: readonly {
    readonly code: string;
    readonly limits: () => Partial<RiskLimits>;
    readonly numbers: string;
    readonly gained?: number;
    readonly terms?: Partial<AskedTerms>;
  }[] = [
    {
      code: 'MAX_ORDER_QUANTITY',
      limits: () => ({ maxOrderQuantity: number(99) }),
      numbers: '99 100',
    },
    {
      code: 'MAX_ORDER_VALUE',
      limits: () => ({ maxOrderValue: number(9_499.99) }),
      numbers: '9499.99 9500',
    },
    {
      code: 'MAX_CAPITAL_PER_TRADE',
      limits: () => ({ maxCapitalPerTrade: number(1_899.99) }),
      numbers: '1899.99 1900',
    },
    {
      code: 'MAX_OPEN_POSITIONS',
      limits: () => ({ maxOpenPositions: number(0) }),
      numbers: '0 1',
    },
    {
      code: 'MAX_INSTRUMENT_EXPOSURE',
      limits: () => ({ maxInstrumentExposure: number(9_499) }),
      numbers: '9499 9500',
    },
    {
      code: 'MAX_TOTAL_EXPOSURE',
      limits: () => ({ maxTotalExposure: number(9_499) }),
      numbers: '9499 9500',
    },
    {
      code: 'MAX_PRICE_DEVIATION',
      limits: () => ({ maxPriceDeviation: number(2) }),
      numbers: '2 3',
      // Three per cent above 95.
      terms: { type: 'LIMIT', price: number(97.85) },
    },
    {
      code: 'MAX_ORDERS_PER_SECOND',
      limits: () => ({ maxOrdersPerSecond: number(0) }),
      numbers: '0 1',
    },
    {
      code: 'MAX_ORDERS_PER_MINUTE',
      limits: () => ({ maxOrdersPerMinute: number(0) }),
      numbers: '0 1',
    },
    {
      code: 'MAX_ORDERS_PER_DAY',
      limits: () => ({ maxOrdersPerDay: number(0) }),
      numbers: '0 1',
    },
    {
      code: 'MAX_DAILY_LOSS',
      limits: () => ({ maxDailyLoss: number(100) }),
      numbers: '100 150',
      gained: -150,
    },
    {
      code: 'MAX_DAILY_PROFIT',
      limits: () => ({ maxDailyProfit: number(100) }),
      numbers: '100 150',
      gained: 150,
    },
    {
      code: 'MAX_DRAWDOWN',
      limits: () => ({ maxDrawdown: number(100) }),
      numbers: '100 150',
      gained: -150,
    },
    {
      code: 'MAX_CONSECUTIVE_LOSSES',
      limits: () => ({ maxConsecutiveLosses: number(1) }),
      numbers: '1 1',
      gained: -150,
    },
    {
      code: 'INSTRUMENT_NOT_ALLOWED',
      limits: () => ({ allowedInstrumentIds: [testTools.ids.uuid()] }),
      numbers: '',
    },
    {
      code: 'OUTSIDE_ALLOWED_HOURS',
      limits: () => ({ entriesFromMinute: 10 * 60 }),
      numbers: '',
    },
  ];

  test.each(cases)('deny an agent’s order by $code, with its numbers', async (story) => {
    const { code, limits, numbers, gained, terms } = story;
    if (gained !== undefined) await traded(gained);
    for (const scope of scopes) {
      await limit(keys[scope], limits());
      expect(await enter(runId, terms)).toBe([code, scope, numbers].filter(Boolean).join(' '));
      await limit(keys[scope], {});
      // What the limit locked holds without it.
      await world.database.prisma.riskLock.deleteMany();
    }
    expect(await enter(runId, terms)).toBe('passes');
  });

  test('name the scope whose limit is lowest where several refuse', async () => {
    const limits: Readonly<Partial<Record<RiskScope, number>>> = {
      AGENT: 9_000,
      STRATEGY: 8_000,
      PLATFORM: 8_500,
    };
    for (const scope of scopes) {
      await limit(keys[scope], { maxOrderValue: number(limits[scope] ?? 0) });
    }
    expect(await enter(runId)).toBe('MAX_ORDER_VALUE STRATEGY 8000 9500');
  });

  test('of an agent and a strategy do not concern a person’s own order; the platform’s do', async () => {
    await limit(keys.AGENT, { maxOrderValue: number(1) });
    await limit(keys.STRATEGY, { maxOrderValue: number(1) });
    expect(await enter(null)).toBe('passes');
    await limit(keys.PLATFORM, { maxOrderValue: number(9_000) });
    expect(await enter(null)).toBe('MAX_ORDER_VALUE PLATFORM 9000 9500');
  });

  test('count the orders of an agent for itself and its strategy alike', async () => {
    await limit(keys.AGENT, { maxOrdersPerDay: number(2) });
    await limit(keys.STRATEGY, { maxOrdersPerDay: number(3) });
    expect(await enter(runId)).toBe('passes');
    expect(await enter(null)).toBe('passes');
    expect(await enter(runId)).toBe('passes');
    expect(await enter(runId)).toBe('MAX_ORDERS_PER_DAY AGENT 2 3');
    const counters = await world.database.prisma.riskCounter.findMany({ where: { span: 'DAY' } });
    expect(counters.map(({ scope, count }) => [scope, count]).sort()).toEqual([
      ['AGENT', 2],
      ['STRATEGY', 2],
    ]);
  });
});

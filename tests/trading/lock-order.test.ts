import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelAllOrders } from '@nandax/app/orders/cancel-order.ts';
import { closeTrade } from '@nandax/app/orders/close-trade.ts';
import { exitAllPositions } from '@nandax/app/orders/exit-all-positions.ts';
import { placeBasket } from '@nandax/app/orders/place-basket.ts';
import { flattenPortfolio } from '@nandax/app/risk/flatten-portfolio.ts';
import { activateKillSwitch } from '@nandax/app/risk/kill-switch.ts';
import { setRiskLimits } from '@nandax/app/risk/set-risk-limits.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { noLimits, type RiskScope } from '@nandax/core/risk/risk-limits.ts';
import { LimitsWorld, nine } from '../kit/limits-world.ts';
import { crossoverRules, expectOk } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

const rounds = 5;
const decimal = (value: number): Decimal => new Decimal(value);

let stage: LimitsWorld;
let strategyIds: readonly string[];
/** A trade of the first strategy's run in each portfolio. */
const tradeIds = new Map<string, string>();
let made = 0;
const key = () => `call ${(made += 1)}`;

/** A run of a strategy in a portfolio, which holds ten; runs are left in the order of their ids. */
async function holdByRun(portfolioId: string, strategyId: string, place: number): Promise<string> {
  const { prisma, world, feedId } = stage;
  const version = await prisma.strategyVersion.findFirstOrThrow({ where: { strategyId } });
  const id = `01900000-0000-7000-8000-${String(place).padStart(12, '0')}`;
  await prisma.run.create({
    data: {
      ...{ id, userId: world.userId, kind: 'PAPER', status: 'RUNNING', portfolioId, feedId },
      ...{ strategyVersionId: version.id, initialCapital: 1_000_000, createdAt: nine },
    },
  });
  const tradeId = world.ports.ids.uuid();
  await stage.trade({ id: tradeId, status: 'OPEN', portfolioId, runId: id, quantity: 10 });
  return tradeId;
}

// Four portfolios of one trader, each with a run of both strategies; in every other one the second
// strategy's run is the first to be left. All of them share the limits of both, the user's and the
// installation's.
beforeAll(async () => {
  stage = await LimitsWorld.create();
  const { prisma, world, instrumentId } = stage;
  const rules = crossoverRules(5, 20);
  strategyIds = [
    await world.strategy(rules, 'FIVE_MINUTES', ['YESBANK']),
    await world.strategy(rules, 'FIVE_MINUTES', ['YESBANK']),
  ];
  for (const [place, portfolioId] of stage.portfolioIds.entries()) {
    const [first = '', second = ''] = strategyIds;
    const turned = place % 2;
    tradeIds.set(portfolioId, await holdByRun(portfolioId, first, 10 * place + 1 + turned));
    await holdByRun(portfolioId, second, 10 * place + 2 - turned);
    await prisma.position.create({
      data: {
        ...{ id: world.ports.ids.uuid(), portfolioId, instrumentId, product: 'MIS' },
        ...{ buyQuantity: 20, buyValue: 2_000, updatedAt: nine },
      },
    });
  }
  for (const strategyId of strategyIds) await limit('STRATEGY', strategyId);
  await limit('USER', null);
  await limit('PLATFORM', null);
});

afterAll(() => stage.close());

const actor = () => testActor(stage.world.userId);
const limit = (scope: RiskScope, scopeId: string | null, most = 1_000_000) =>
  setRiskLimits(stage.world.ports, {
    ...{ actor: actor(), administrates: true, scope, scopeId },
    limits: { ...noLimits, maxOrdersPerDay: decimal(most), maxTotalExposure: decimal(most * 100) },
  });

/** All that a person can ask of a portfolio at once. */
const calls = (portfolioId: string) => {
  const { ports } = stage.world;
  const leg = (side: 'BUY' | 'SELL') => ({
    ...({ ...plainTerms, side, type: 'MARKET', product: 'MIS' } as const),
    ...{ instrumentId: stage.instrumentId, quantity: decimal(1) },
  });
  const asked = { actor: actor(), portfolioId };
  const exitAll = (cancelWorkingOrders: boolean) =>
    exitAllPositions(ports, { ...asked, idempotencyKey: key(), cancelWorkingOrders });
  return [
    () => exitAll(false),
    () =>
      closeTrade(ports, {
        ...{ actor: actor(), idempotencyKey: key(), quantity: decimal(1) },
        tradeId: tradeIds.get(portfolioId) ?? '',
      }),
    () => exitAll(true),
    () => placeBasket(ports, { ...asked, idempotencyKey: key(), legs: [leg('BUY'), leg('SELL')] }),
    () => cancelAllOrders(ports, asked),
    () => exitAll(true),
  ];
};

/** The first of each list, then the second of each: what is alike comes at the same time. */
function inTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => place).flatMap((place) =>
    lists.flatMap((list) => list.slice(place, place + 1)),
  );
}

/** Runs them all at once; one that the database ended for a deadlock (40P01) rejects. */
async function storm(all: readonly (() => Promise<unknown>)[]): Promise<void> {
  const outcomes = await Promise.allSettled(all.map((call) => call()));
  expect(
    outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])),
  ).toEqual([]);
}

/** Orders that passed the door, of runs or by hand. */
const ordersOf = (whose: 'RUNS' | 'HAND') =>
  stage.prisma.order.count({
    where: { status: { not: 'DENIED' }, runId: whose === 'RUNS' ? { not: null } : null },
  });

test('exits of several runs, baskets, cancels and new limits at once never wait for each other', async () => {
  const { prisma, portfolioIds } = stage;
  for (let round = 1; round <= rounds; round += 1) {
    const [first = '', second = ''] = strategyIds;
    await storm([
      ...inTurns(portfolioIds.map(calls)),
      () => limit('STRATEGY', second, 1_000_000 + round),
      () => limit('STRATEGY', first, 1_000_000 + round),
      () => limit('USER', null, 1_000_000 + round),
    ]);
    // What leaves nothing to the next round is taken back.
    await prisma.order.updateMany({ data: { status: 'CANCELLED' } });
  }
  // The storm was one: in every round runs were left, and people traded by hand.
  expect(await ordersOf('RUNS')).toBeGreaterThanOrEqual(rounds * portfolioIds.length);
  expect(await ordersOf('HAND')).toBeGreaterThanOrEqual(rounds * portfolioIds.length);
});

test('nor does the kill switch, which leaves all of them', async () => {
  const { prisma, portfolioIds, world } = stage;
  const target = { scope: 'USER', portfolioId: null } as const;
  const pulled = { actor: actor(), administrates: false, target, reason: 'A storm.' };
  expectOk(await activateKillSwitch(world.ports, pulled));
  const before = await ordersOf('RUNS');
  for (let round = 1; round <= rounds; round += 1) {
    await storm(
      inTurns(
        portfolioIds.map((portfolioId) => [
          () => flattenPortfolio(world.ports, portfolioId),
          ...calls(portfolioId),
        ]),
      ),
    );
    await prisma.order.updateMany({ data: { status: 'CANCELLED' } });
  }
  expect(await ordersOf('RUNS')).toBeGreaterThan(before);
});

import { Decimal } from 'decimal.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failAgent } from '@nandax/app/agents/fail-agent.ts';
import { stopAgent } from '@nandax/app/agents/stop-agent.ts';
import { closeTrade } from '@nandax/app/orders/close-trade.ts';
import { exitPosition } from '@nandax/app/orders/exit-position.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { resetPortfolio } from '@nandax/app/portfolios/reset-portfolio.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Side } from '@nandax/core/order/order-terms.ts';
import { startAgentAtWork, type AgentAtWork } from '../kit/agent-at-work.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

let world: TradingWorld;
let agent: AgentAtWork;
let instrumentId: string;
let held: Decimal;
let made = 0;

/** An agent that is long since 15:11; intraday positions leave at 15:20. */
beforeEach(async () => {
  world = await createTradingWorld();
  agent = await startAgentAtWork(world, { from: '15:10' });
  instrumentId = await world.instrument('YESBANK');
  await agent.play(2);
  const [trade] = await trades();
  held = new Decimal(Number(trade?.quantity));
  expect(await net()).toBe(held.toNumber());
});

afterEach(async () => {
  await agent.close();
  await world.close();
});

const prisma = () => world.database.prisma;
const trades = () => prisma().trade.findMany({ orderBy: [{ entryAt: 'asc' }, { id: 'asc' }] });
const actor = () => testActor(world.userId);
const key = () => `ended ${(made += 1)}`;
const stop = async (exitPositions = false) => {
  const asked = { userId: world.userId, actor: actor(), agentId: agent.agentId, exitPositions };
  expectOk(await stopAgent(world.ports, asked));
  await world.untilSent();
};
const byHand = async (side: Side, quantity: Decimal) => {
  const placed = await placeOrder(world.ports, {
    ...plainTerms,
    actor: actor(),
    idempotencyKey: key(),
    portfolioId: world.portfolioId,
    instrumentId,
    side,
    type: 'MARKET',
    product: 'MIS',
    quantity,
  });
  expectOk(placed);
  await world.untilSent();
  await agent.play(1);
};
const positions = () =>
  world.ports.store.read(({ portfolios }) => portfolios.positions(world.portfolioId));
const net = async () => {
  const [position] = await positions();
  return position === undefined ? 0 : position.buyQuantity.minus(position.sellQuantity).toNumber();
};
const ordersOf = (source: 'SQUARE_OFF' | 'AGENT' | 'USER') =>
  prisma().order.findMany({ where: { source } });
/** Every order that was ever refused: none may be. */
const refused = () =>
  prisma().order.count({ where: { status: { in: ['DENIED', 'REJECTED', 'NOT_PLACED'] } } });
const balance = (account: 'CASH' | 'MARGIN' | 'REALISED_PNL') =>
  world.ports.store.read(({ portfolios }) => portfolios.balance(world.portfolioId, account));

/** A flat book holds what was sold less what was bought, in trades, position and ledger alike. */
async function expectFlatAndBooked(): Promise<void> {
  expect(await net()).toBe(0);
  const [position] = await positions();
  const gain = position?.sellValue.minus(position.buyValue).toFixed(2) ?? '';
  expect(position?.realisedPnl.toFixed(2)).toBe(gain);
  expect((await balance('REALISED_PNL')).negated().toFixed(2)).toBe(gain);
  expect((await balance('MARGIN')).toFixed(2)).toBe('0.00');
  const all = await trades();
  expect(all.map(({ status }) => status)).toEqual(all.map(() => 'CLOSED'));
  const gross = all.reduce((sum, { grossPnl }) => sum + Number(grossPnl), 0);
  expect(gross.toFixed(2)).toBe(gain);
  const booked = await prisma().ledgerEntry.groupBy({
    by: ['transactionId'],
    _sum: { amount: true },
  });
  expect(booked.every(({ _sum: { amount } }) => Number(amount) === 0)).toBe(true);
  expect(await refused()).toBe(0);
}

test('what a stopped agent left is squared off once, for the fee, and its user was told', async () => {
  await stop();
  const [told] = await prisma().notification.findMany();
  expect(told).toMatchObject({ title: 'Agent Agent stopped and left positions' });
  expect(told?.body).toBe(
    'What it holds is yours from now on: YESBANK MIS (long). Intraday positions are squared off at the square-off time, for the broker’s fee, unless you leave them before.',
  );
  await agent.play(15);
  await expectFlatAndBooked();
  expect(await ordersOf('SQUARE_OFF')).toMatchObject([
    { side: 'SELL', status: 'FILLED', runId: null, reduceOnly: true },
  ]);
  const fill = await prisma().fill.findFirstOrThrow({ where: { side: 'SELL' } });
  expect(Number(fill.brokerage)).toBeGreaterThan(50);
  // The trade stays the run's, of whose result it is.
  expect(await trades()).toMatchObject([{ runId: agent.runId, exitReason: 'SQUARE_OFF' }]);
});

test('what an agent left that failed is squared off, too', async () => {
  await failAgent(world.ports, agent.runId, 'A decision failed.');
  const [told] = await prisma().notification.findMany();
  expect(told?.body).toMatch(
    /^A decision failed\. What it holds is yours from now on: YESBANK MIS/,
  );
  await agent.play(15);
  await expectFlatAndBooked();
  expect(await ordersOf('SQUARE_OFF')).toHaveLength(1);
});

test('what a stopped agent left is sold from the ticket, first in first out', async () => {
  await byHand('BUY', new Decimal(10));
  await stop();
  await byHand('SELL', held.plus(4));
  const all = await trades();
  expect(
    all.map(({ runId, direction, status, quantity }) => [
      runId === null ? 'hand' : 'agent',
      direction,
      status,
      Number(quantity),
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['agent', 'LONG', 'CLOSED', held.toNumber()],
      ['hand', 'LONG', 'CLOSED', 4],
      ['hand', 'LONG', 'OPEN', 6],
    ]),
  );
  expect(await net()).toBe(6);
  await agent.play(15);
  await expectFlatAndBooked();
});

test('sold by hand first and stopped after, both trades close at the last price and are booked', async () => {
  await byHand('SELL', held.plus(20));
  const before = await balance('CASH');
  expect(await trades()).toMatchObject([
    { direction: 'LONG', status: 'OPEN' },
    { direction: 'SHORT', status: 'OPEN' },
  ]);
  await stop();
  const [agents, hands, left] = await trades();
  const open = [hands, left].find((trade) => trade?.status === 'OPEN');
  const closed = [hands, left].find((trade) => trade?.status === 'CLOSED');
  expect(agents).toMatchObject({ status: 'CLOSED', exitReason: 'OFFSET', runId: agent.runId });
  expect(closed).toMatchObject({ exitReason: 'OFFSET', runId: null });
  expect([Number(closed?.quantity), Number(open?.quantity)]).toEqual([held.toNumber(), 20]);
  const { lastPrice } = await prisma().quote.findFirstOrThrow({ where: { instrumentId } });
  expect([Number(agents?.exitPrice), Number(closed?.exitPrice)]).toEqual([
    Number(lastPrice),
    Number(lastPrice),
  ]);
  // First in first out says the same: what was sold by hand was the way out of what the agent bought.
  const gain = held.times(Number(closed?.entryPrice) - Number(agents?.entryPrice)).toFixed(2);
  expect((await balance('CASH')).minus(before).toFixed(2)).toBe(gain);
  expect(await net()).toBe(-20);
  const sent = expectOk(
    await closeTrade(world.ports, {
      actor: actor(),
      idempotencyKey: key(),
      tradeId: open?.id ?? '',
      quantity: null,
    }),
  );
  expect(sent).toMatchObject([{ side: 'BUY', reduceOnly: true }]);
  await world.untilSent();
  await agent.play(1);
  await expectFlatAndBooked();
});

test('an exit of the agent is met by what was sold by hand, and sends no order', async () => {
  await byHand('SELL', held);
  await agent.play(15);
  await expectFlatAndBooked();
  expect(await ordersOf('SQUARE_OFF')).toEqual([]);
  expect((await trades()).map(({ exitReason }) => exitReason)).toEqual(['OFFSET', 'OFFSET']);
  const [decision] = await prisma().agentDecision.findMany({ where: { trigger: 'SQUARE_OFF' } });
  expect(decision?.reason).toContain(`${held.toFixed()} YESBANK left against what others held.`);
});

test('stopped with exits while less is held against it, only the rest is sold, for the agent', async () => {
  await byHand('SELL', new Decimal(30));
  await stop(true);
  await agent.play(1);
  await expectFlatAndBooked();
  expect(
    (await ordersOf('USER')).map(({ side, quantity, runId }) => [side, Number(quantity), runId]),
  ).toEqual(expect.arrayContaining([['SELL', held.minus(30).toNumber(), agent.runId]]));
});

test('where trading only reduces, an exit of the agent still leaves, and opens nothing', async () => {
  await byHand('SELL', new Decimal(30));
  const scope = { scope: 'PORTFOLIO', scopeId: world.portfolioId } as const;
  await prisma().tradingState.updateMany({ where: scope, data: { state: 'REDUCING' } });
  await stop(true);
  await agent.play(1);
  await expectFlatAndBooked();
});

test('what ended leaves by an exit of the position, and a reset finds nothing in its way', async () => {
  await byHand('SELL', new Decimal(30));
  await stop();
  const exits = await exitPosition(world.ports, {
    actor: actor(),
    idempotencyKey: key(),
    portfolioId: world.portfolioId,
    instrumentId,
    product: 'MIS',
    quantity: null,
  });
  expect(expectOk(exits)).toMatchObject([{ side: 'SELL', runId: null }]);
  await world.untilSent();
  await agent.play(1);
  await expectFlatAndBooked();
  const initialCapital = new Decimal(50_000);
  const reset = { actor: actor(), idempotencyKey: key(), portfolioId: world.portfolioId };
  expectOk(await resetPortfolio(world.ports, { ...reset, initialCapital }));
  expect((await balance('CASH')).toFixed(2)).toBe('50000.00');
});

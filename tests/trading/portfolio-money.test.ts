import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { plainTerms } from '@nandax/core/order/order.ts';
import { foldOrder } from '@nandax/app/orders/apply-broker-update.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { accountOf, totalOfChargesView } from '@nandax/app/portfolios/account-of.ts';
import { closeTradingDays } from '@nandax/app/portfolios/close-trading-days.ts';
import { fundsOf } from '@nandax/app/portfolios/funds-of.ts';
import { moveCapital } from '@nandax/app/portfolios/move-capital.ts';
import { renamePortfolio } from '@nandax/app/portfolios/rename-portfolio.ts';
import { resetPortfolio } from '@nandax/app/portfolios/reset-portfolio.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import { marginRatesOn } from '@nandax/core/risk/order-margins.ts';
import { chargesDueOf } from '@nandax/app/risk/charges-due.ts';
import { readAccount } from '@nandax/app/risk/read-account.ts';
import { portfolioReads } from '@nandax/adapters/prisma/reads/portfolio-reads.ts';
import { createTestUser, testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

const time = Date.parse('2019-07-09T09:20:00+05:30');

describe('the money of a paper portfolio', () => {
  let world: TradingWorld;
  let feedId: string;
  let instrumentId: string;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    instrumentId = await world.instrument('YESBANK');
    await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
    const marketTime = new Date(time);
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime } });
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time: marketTime } });
  });

  afterAll(() => world.close());

  const move = (kind: 'DEPOSIT' | 'WITHDRAWAL', amount: string, idempotencyKey: string) =>
    moveCapital(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey,
      portfolioId: world.portfolioId,
      kind,
      amount: new Decimal(amount),
    });

  const reset = (idempotencyKey: string, initialCapital = '250000') =>
    resetPortfolio(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey,
      portfolioId: world.portfolioId,
      initialCapital: new Decimal(initialCapital),
    });

  async function account() {
    const reads = portfolioReads(world.database.prisma);
    const ids = [world.portfolioId];
    const [figures, positions, accrued] = await Promise.all([
      reads.figuresOfPortfolio(ids),
      reads.positionsOfPortfolio(ids),
      reads.accruedChargesOfPortfolio(ids),
    ]);
    const id = world.portfolioId;
    return accountOf(figures.get(id) ?? null, positions.get(id) ?? [], accrued.get(id) ?? null);
  }

  const cash = async () => (await account()).cash.toFixed(2);

  async function funds() {
    const { store, history } = world.ports;
    const held = await store.read((rows) => readAccount(rows, world.portfolioId));
    const rates = marginRatesOn(await history.marginRates(), new Date(time));
    const due = chargesDueOf(held, await history.rateCards(), new Date(time));
    const {
      cash: money,
      marginUsed,
      marginHeld,
      chargesHeld,
      available,
    } = fundsOf(held, rates, due);
    return {
      cash: money.toFixed(2),
      marginUsed: marginUsed.toFixed(2),
      marginHeld: marginHeld.toFixed(2),
      chargesHeld: chargesHeld.toFixed(2),
      available: available.toFixed(2),
    };
  }

  const order = (idempotencyKey: string, product: 'CNC' | 'NRML' = 'CNC') =>
    placeOrder(world.ports, {
      actor: testActor(world.userId),
      idempotencyKey,
      portfolioId: world.portfolioId,
      instrumentId,
      ...plainTerms,
      side: 'BUY',
      type: 'MARKET',
      product,
      quantity: new Decimal(100),
    });

  /** The broker takes the order and fills it at 95. */
  async function fill({ id, clientOrderId, quantity }: OrderRecord): Promise<void> {
    await foldOrder(world.ports, clientOrderId, () => [
      { type: 'SUBMITTED' },
      { type: 'ACCEPTED', brokerOrderId: id },
      { type: 'EXECUTED', tradeId: id, quantity, price: new Decimal(95), time },
    ]);
  }

  test('comes in once, however many calls come at once with one key', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => move('DEPOSIT', '500.25', 'bonus')),
    );
    for (const answer of answers) expectOk(answer);
    expect(await cash()).toBe('1000500.25');
    expect(await move('DEPOSIT', '500.26', 'bonus')).toEqual({
      ok: false,
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey: 'bonus' },
    });
    expect(await cash()).toBe('1000500.25');
  });

  test('goes out as far as it is free: not what an order needs, nor charges to come', async () => {
    const hundred = expectOk(await order('hundred'));
    // 1,000,500.25 less 100 times 95 in full, and the charges that it will have.
    expect(await move('WITHDRAWAL', '990988.93', 'all')).toMatchObject({
      failure: { state: 'INSUFFICIENT_CASH', message: 'Only 990988.92 rupees are free.' },
    });
    await fill(hundred);
    // The fill has accrued 0.1 % tax, 0.015 % stamp duty, 0.00345 % and 0.0001 % with 18 % tax.
    const { charges } = await account();
    expect(totalOfChargesView(charges).toFixed(6)).toBe('11.322955');
    expect(await move('WITHDRAWAL', '990988.93', 'too much')).toMatchObject({
      failure: { message: 'Only 990988.92 rupees are free.' },
    });
    expectOk(await move('WITHDRAWAL', '0.25', 'some'));
    expectOk(await move('WITHDRAWAL', '0.25', 'some'));
    expect(await cash()).toBe('991000.00');
  });

  test('does not begin anew while an order works', async () => {
    const working = expectOk(await order('working'));
    expect(await reset('early')).toMatchObject({ failure: { state: 'ORDERS_WORKING' } });
    await fill(working);
  });

  test('begins anew with another capital, and nothing of before counts or is lost', async () => {
    const { prisma } = world.database;
    const where = { portfolioId: world.portfolioId };
    const lines = await prisma.ledgerEntry.count({ where });
    const answers = await Promise.all([reset('anew'), reset('anew'), reset('anew')]);
    for (const answer of answers) expectOk(answer);

    const begun = await account();
    expect(begun.cash.toFixed(2)).toBe('250000.00');
    expect(begun.equity.toFixed(2)).toBe('250000.00');
    expect(begun.netPnl.toFixed(2)).toBe('0.00');
    expect(totalOfChargesView(begun.charges).toFixed(2)).toBe('0.00');
    const { initialCapital } = await prisma.portfolio.findUniqueOrThrow({
      where: { id: world.portfolioId },
    });
    expect(initialCapital.toFixed(2)).toBe('250000.00');

    // Twice 100 bought at 95: cash, securities, capital and charges go back; then the new deposit.
    const written = await prisma.ledgerEntry.findMany({
      where,
      orderBy: { id: 'asc' },
      skip: lines,
    });
    expect(written.map(({ kind, account, amount }) => [kind, account, amount.toFixed(2)])).toEqual([
      ['CHARGES', 'CHARGES', '22.65'],
      ['CHARGES', 'CASH', '-22.65'],
      ['RESET', 'CASH', '-981477.35'],
      ['RESET', 'SECURITIES', '-19000.00'],
      ['RESET', 'CHARGES', '-22.65'],
      ['RESET', 'CAPITAL', '1000500.00'],
      ['DEPOSIT', 'CASH', '250000.00'],
      ['DEPOSIT', 'CAPITAL', '-250000.00'],
    ]);
    const trades = await prisma.trade.findMany({ where });
    expect(trades.map(({ status, exitReason }) => [status, exitReason])).toEqual([
      ['CLOSED', 'RESET'],
      ['CLOSED', 'RESET'],
    ]);
    expect(await prisma.fill.count({ where })).toBe(2);
    expect(await reset('anew', '1')).toMatchObject({
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  test('of the day of the reset, only what is younger is noted', async () => {
    await fill(expectOk(await order('after')));
    const close = {
      portfolioId: world.portfolioId,
      feedId,
      throughDay: '2019-07-09',
      closedAt: new Date('2019-07-09T15:30:00+05:30'),
    };
    await closeTradingDays(world.ports, close);
    const notes = await world.database.prisma.contractNote.findMany({
      where: { portfolioId: world.portfolioId },
    });
    // 9.50 tax and 1.43 stamp duty in whole rupees, 0.33 and 0.01, 0.06: of one fill, not of three.
    expect(notes.map(({ total }) => total.toFixed(2))).toEqual(['11.40']);
  });

  test('buys contracts of a commodity by the lot, at their price times their multiplier', async () => {
    const { prisma } = world.database;
    const { portfolioId } = world;
    expectOk(await reset('lots', '3000000'));
    const where = { id: instrumentId };
    const contract = { exchange: 'MCX', type: 'FUTURE', multiplier: 10 } as const;
    await prisma.instrument.update({ where, data: contract });
    await fill(expectOk(await order('commodity', 'NRML')));
    const position = await prisma.position.findFirstOrThrow({
      where: { portfolioId, instrumentId, product: 'NRML' },
    });
    // 100 lots at 95.00, each worth ten times its price; a quarter of that is blocked.
    const { buyQuantity, buyValue, margin } = position;
    expect([buyQuantity.toFixed(), buyValue.toFixed(2), margin.toFixed(2)]).toEqual([
      '100',
      '95000.00',
      '23750.00',
    ]);
    expect(await funds()).toEqual({
      cash: '2976250.00',
      marginUsed: '23750.00',
      marginHeld: '0.00',
      // Brokerage of 20 at most, 0.0021 %, 0.0001 % and 0.002 % of 95,000, and 18 % on the first three.
      chargesHeld: '27.97',
      available: '2976222.03',
    });
    const resting = expectOk(await order('more', 'NRML'));
    expect(await funds()).toMatchObject({ marginHeld: '23750.00', available: '2952444.07' });
    // What two times 27.9662 leave of the last paisa is not free.
    expect(await move('WITHDRAWAL', '2952444.07', 'margins')).toMatchObject({
      failure: { state: 'INSUFFICIENT_CASH', message: 'Only 2952444.06 rupees are free.' },
    });
    await fill(resting);
    expect(await funds()).toMatchObject({ marginUsed: '47500.00', marginHeld: '0.00' });
    expect((await account()).equity.toFixed(2)).toBe('3000000.00');
    expectOk(await reset('flat', '100000'));
    expect(await funds()).toEqual({
      cash: '100000.00',
      marginUsed: '0.00',
      marginHeld: '0.00',
      chargesHeld: '0.00',
      available: '100000.00',
    });
    await prisma.instrument.update({
      where,
      data: { exchange: 'NSE', type: 'EQUITY', multiplier: 1 },
    });
  });

  test('is nobody else’s to move, and a name is only a name', async () => {
    const { id: strangerId } = await createTestUser(world.database.prisma, 'stranger');
    const stranger = testActor(strangerId);
    const { portfolioId } = world;
    const refusals = await Promise.all([
      renamePortfolio(world.ports, { actor: stranger, portfolioId, name: 'Mine' }),
      resetPortfolio(world.ports, {
        actor: stranger,
        idempotencyKey: 'x',
        portfolioId,
        initialCapital: new Decimal(1),
      }),
      moveCapital(world.ports, {
        actor: stranger,
        idempotencyKey: 'x',
        portfolioId,
        kind: 'WITHDRAWAL',
        amount: new Decimal(1),
      }),
    ]);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ failure: { kind: 'NOT_FOUND' } });
    const actor = testActor(world.userId);
    expectOk(await renamePortfolio(world.ports, { actor, portfolioId, name: '  Tulip  ' }));
    const { name } = await world.database.prisma.portfolio.findUniqueOrThrow({
      where: { id: portfolioId },
    });
    expect(name).toBe('Tulip');
  });
});

import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AccountActor } from '@nandax/app/actor.ts';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { closeTrade } from '@nandax/app/orders/close-trade.ts';
import { exitAllPositions } from '@nandax/app/orders/exit-all-positions.ts';
import { exitPosition } from '@nandax/app/orders/exit-position.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Side } from '@nandax/core/order/order-terms.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import {
  createTradingWorld,
  crossoverRules,
  expectOk,
  type TradingWorld,
} from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

describe('leaving what is held', () => {
  let world: TradingWorld;
  let broker: ScriptedBroker;
  let ports: TradingPorts;
  let actor: AccountActor;
  let portfolioId: string;
  let yesBank: string;
  let juniorBees: string;
  let runId: string;
  let made = 0;
  const key = () => `exit ${(made += 1)}`;

  beforeAll(async () => {
    world = await createTradingWorld();
    const { prisma } = world.database;
    const symbols = ['YESBANK', 'JUNIORBEES'];
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    [yesBank = '', juniorBees = ''] = await Promise.all(symbols.map((of) => world.instrument(of)));
    actor = testActor(world.userId);
    ({ portfolioId } = world);
    const time = new Date('2019-07-09T09:20:00+05:30');
    await prisma.portfolio.update({ where: { id: portfolioId }, data: { feedId } });
    await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
    for (const instrumentId of [yesBank, juniorBees]) {
      await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time } });
    }
    const rules = crossoverRules(5, 20);
    const strategyId = await world.strategy(rules, 'FIVE_MINUTES', ['YESBANK']);
    ({ runId } = await world.startAgent(strategyId, feedId));
  });
  beforeEach(async () => {
    broker = new ScriptedBroker();
    ports = { ...world.ports, brokers: { of: () => broker } };
    const { prisma } = world.database;
    await prisma.order.updateMany({ data: { status: 'CANCELLED' } });
    await prisma.trade.deleteMany();
    await prisma.position.deleteMany();
  });
  afterAll(() => world.close());

  const order = (side: Side, quantity: number, instrumentId = yesBank) =>
    placeOrder(ports, {
      ...plainTerms,
      actor,
      idempotencyKey: key(),
      portfolioId,
      instrumentId,
      side,
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(quantity),
    });

  /** The broker takes an order and fills it, for its run or for the user. */
  const fill = async ({ id, clientOrderId, quantity }: OrderRecord, price = 95) => {
    await submitOrder(ports, id);
    const executedAt = new Date(Date.parse('2019-07-09T09:20:00+05:30') + (made += 1));
    const executions = [{ tradeId: id, quantity, price: new Decimal(price), executedAt }];
    await applyBrokerUpdate(
      ports,
      broker.change(clientOrderId, { status: 'COMPLETE', executions }),
    );
  };
  const hold = async (side: Side, quantity: number, of = yesBank, owner: string | null = null) => {
    const entry = expectOk(await order(side, quantity, of));
    const { prisma } = world.database;
    await prisma.order.update({ where: { id: entry.id }, data: { runId: owner } });
    await fill(entry);
  };
  const exit = (quantity: number | null = null, idempotencyKey = key()) =>
    exitPosition(ports, {
      actor,
      idempotencyKey,
      portfolioId,
      instrumentId: yesBank,
      product: 'MIS',
      quantity: quantity === null ? null : new Decimal(quantity),
    });
  const exitAll = (cancelWorkingOrders = false, idempotencyKey = key()) =>
    exitAllPositions(ports, { actor, idempotencyKey, portfolioId, cancelWorkingOrders });
  const close = (tradeId: string, quantity: number | null = null) =>
    closeTrade(ports, {
      actor,
      idempotencyKey: key(),
      tradeId,
      quantity: quantity === null ? null : new Decimal(quantity),
    });
  const shown = (orders: readonly OrderRecord[]) =>
    orders.map(({ side, quantity, product, runId: owner, status }) =>
      [side, quantity.toFixed(), product, owner === null ? 'hand' : 'agent', status].join(' '),
    );
  const openTrades = () =>
    world.database.prisma.trade.findMany({
      where: { status: 'OPEN' },
      orderBy: [{ entryAt: 'asc' }, { id: 'asc' }],
    });
  const netQuantity = async () => {
    const positions = await world.database.prisma.position.findMany();
    return positions.reduce((sum, { buyQuantity, sellQuantity }) => {
      return sum + Number(buyQuantity) - Number(sellQuantity);
    }, 0);
  };

  test('a position leaves whole, once for its key, and not again while that order works', async () => {
    await hold('BUY', 100);
    const [one, again] = await Promise.all([exit(null, 'the same'), exit(null, 'the same')]);
    const [sent] = expectOk(one);
    expect(shown(expectOk(one))).toEqual(['SELL 100 MIS hand INITIALIZED']);
    expect(expectOk(again).map(({ id }) => id)).toEqual([sent?.id]);
    expect(sent).toMatchObject({ type: 'MARKET', reduceOnly: true, intent: 'MANUAL' });
    expect(await exit()).toMatchObject({
      failure: { kind: 'NOTHING_TO_EXIT', pending: [{ id: sent?.id }] },
    });
    expect(await exit(50, 'the same')).toMatchObject({
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    });
    if (sent !== undefined) await fill(sent);
    expect(await netQuantity()).toBe(0);
    expect(await exit()).toMatchObject({ failure: { kind: 'NOTHING_TO_EXIT', pending: [] } });
  });

  test('an exit that found nothing finds nothing for ever, whatever is bought before it is repeated', async () => {
    const found = { failure: { kind: 'NOTHING_TO_EXIT', pending: [] } };
    expect(await exit(null, 'reply lost')).toMatchObject(found);
    await hold('BUY', 40);
    // The client has no answer and asks again: the 40 that were bought since are not meant.
    expect(await exit(null, 'reply lost')).toEqual(await exit(null, 'reply lost'));
    expect(await exit(null, 'reply lost')).toMatchObject(found);
    expect(await exit(10, 'reply lost')).toMatchObject({
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    });
    expect(await netQuantity()).toBe(40);
    expect(shown(expectOk(await exit()))).toEqual(['SELL 40 MIS hand INITIALIZED']);
    // What was on its way then is shown again, as it stands.
    const taken = await exit(null, 'taken off already');
    expect(taken).toMatchObject({ failure: { kind: 'NOTHING_TO_EXIT', pending: [{}] } });
    expect(await exit(null, 'taken off already')).toEqual(taken);
  });

  test('an exit of all that found nothing takes back nothing when it is repeated', async () => {
    await hold('BUY', 40);
    expectOk(await exit());
    expect(await exitAll(true, 'all')).toMatchObject({ failure: { kind: 'NOTHING_TO_EXIT' } });
    const later = expectOk(await order('BUY', 5));
    await submitOrder(ports, later.id);
    expect(await exitAll(true, 'all')).toMatchObject({ failure: { kind: 'NOTHING_TO_EXIT' } });
    const { status } = await world.database.prisma.order.findUniqueOrThrow({
      where: { id: later.id },
    });
    expect(status).toBe('ACCEPTED');
  });

  test('a short position leaves by buying, in part, and never for more than is open', async () => {
    await hold('SELL', 100);
    expect(shown(expectOk(await exit(30)))).toEqual(['BUY 30 MIS hand INITIALIZED']);
    expect(shown(expectOk(await exit(500)))).toEqual(['BUY 70 MIS hand INITIALIZED']);
    expect(await exit(0)).toMatchObject({
      failure: { kind: 'INVALID_INPUT', field: 'quantity' },
    });
  });

  test('however many exits come at once, together they leave what is held and no more', async () => {
    await hold('BUY', 100);
    const answers = await Promise.all(Array.from({ length: 10 }, () => exit(30)));
    const sent = answers.flatMap((answer) => (answer.ok ? answer.value : []));
    expect(sent.map(({ quantity }) => quantity.toNumber()).sort((a, b) => a - b)).toEqual([
      10, 30, 30, 30,
    ]);
    for (const one of sent) await fill(one);
    expect(await netQuantity()).toBe(0);
  });

  test('each owner’s units leave by an order of theirs, and close that owner’s trades', async () => {
    await hold('BUY', 60);
    await hold('BUY', 40, yesBank, runId);
    const sent = expectOk(await exit());
    expect(shown(sent)).toEqual(['SELL 60 MIS hand INITIALIZED', 'SELL 40 MIS agent INITIALIZED']);
    for (const one of sent) await fill(one, 96);
    const closed = await world.database.prisma.trade.findMany({ orderBy: { quantity: 'asc' } });
    expect(
      closed.map(({ runId: owner, quantity, grossPnl, entryReason, exitReason }) => [
        owner,
        ...[quantity.toFixed(), grossPnl?.toFixed(2), entryReason, exitReason],
      ]),
    ).toEqual([
      [runId, '40', '40.00', 'by hand', 'MANUAL'],
      [null, '60', '60.00', 'by hand', 'MANUAL'],
    ]);
  });

  test('one trade closes by itself, the oldest of its owner first', async () => {
    await hold('BUY', 50);
    await hold('BUY', 30);
    await hold('BUY', 20, yesBank, runId);
    const [first, second, agents] = await openTrades();
    expect(await close(second?.id ?? '')).toMatchObject({
      failure: { kind: 'OLDER_TRADE_OPEN', tradeId: first?.id },
    });
    const part = expectOk(await close(first?.id ?? '', 20));
    const rest = expectOk(await close(first?.id ?? ''));
    expect(shown([...part, ...rest])).toEqual([
      'SELL 20 MIS hand INITIALIZED',
      'SELL 30 MIS hand INITIALIZED',
    ]);
    expect(await close(first?.id ?? '')).toMatchObject({ failure: { kind: 'NOTHING_TO_EXIT' } });
    const agent = expectOk(await close(agents?.id ?? ''));
    expect(shown(agent)).toEqual(['SELL 20 MIS agent INITIALIZED']);
    for (const one of [...part, ...rest, ...agent]) await fill(one);
    expect((await openTrades()).map(({ id }) => id)).toEqual([second?.id]);
    expect(await close(first?.id ?? '')).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE', state: 'CLOSED' },
    });
  });

  test('a trade that others are held against has nothing at the broker to leave', async () => {
    await hold('BUY', 50, yesBank, runId);
    await hold('SELL', 60);
    const [agents] = await openTrades();
    expect(await close(agents?.id ?? '')).toMatchObject({ failure: { kind: 'ILLEGAL_STATE' } });
  });

  test('all positions leave, and one that is refused holds none of the others up', async () => {
    const { prisma } = world.database;
    await hold('BUY', 100);
    await hold('SELL', 10, juniorBees);
    // No single lot fits into one order.
    const freeze = (freezeQuantity: number | null, lotSize: number) =>
      prisma.instrument.update({ where: { id: yesBank }, data: { freezeQuantity, lotSize } });
    await freeze(40, 50);
    const legs = expectOk(await exitAll());
    expect(shown(legs).sort()).toEqual(['BUY 10 MIS hand INITIALIZED', 'SELL 100 MIS hand DENIED']);
    expect(await exitAll()).toMatchObject({
      failure: { kind: 'ORDER_DENIED', code: 'FREEZE_QUANTITY' },
    });
    await freeze(null, 1);
    expect(shown(expectOk(await exitAll()))).toEqual(['SELL 100 MIS hand INITIALIZED']);
  });

  test('orders of what is held are asked back first where that is wanted', async () => {
    await hold('BUY', 100);
    const target = expectOk(await order('SELL', 40));
    expectOk(await order('BUY', 10));
    const elsewhere = expectOk(await order('BUY', 5, juniorBees));
    await submitOrder(ports, target.id);
    // What has not left ends at once; the target may fill until the broker has answered.
    expect(shown(expectOk(await exitAll(true)))).toEqual(['SELL 60 MIS hand INITIALIZED']);
    const { prisma } = world.database;
    const statuses = await prisma.order.findMany({
      where: { status: { in: ['CANCEL_PENDING', 'INITIALIZED'] } },
      orderBy: { quantity: 'asc' },
    });
    expect(statuses.map(({ id, status }) => [id, status])).toEqual([
      [elsewhere.id, 'INITIALIZED'],
      [target.id, 'CANCEL_PENDING'],
      [expect.any(String), 'INITIALIZED'],
    ]);
    expect(await exitAll(true)).toMatchObject({ failure: { kind: 'NOTHING_TO_EXIT' } });
  });

  test('what is above the freeze quantity leaves in slices', async () => {
    const { prisma } = world.database;
    const freeze = (freezeQuantity: number | null) =>
      prisma.instrument.update({ where: { id: yesBank }, data: { freezeQuantity } });
    await hold('BUY', 100);
    await freeze(40);
    const slices = expectOk(await exit());
    await freeze(null);
    expect(slices.map(({ quantity, legNumber }) => [legNumber, quantity.toFixed()])).toEqual([
      [1, '40'],
      [2, '40'],
      [3, '20'],
    ]);
  });

  test('exits pass while entries are blocked by limits or only reducing is allowed, and none when halted', async () => {
    const { prisma } = world.database;
    await hold('BUY', 100);
    const scope = { scope: 'PORTFOLIO', scopeId: portfolioId } as const;
    const at = new Date();
    const limit = (maxOrderValue: string | null) => {
      const data = { maxOrderValue, updatedAt: at };
      const where = { scope_scopeId: scope };
      return prisma.riskLimits.upsert({ where, create: { ...scope, ...data }, update: data });
    };
    await limit('0.01');
    expect(await order('BUY', 1)).toMatchObject({ failure: { code: 'MAX_ORDER_VALUE' } });
    expectOk(await exit(10));
    await limit(null);

    const trading = async (state: 'ACTIVE' | 'REDUCING' | 'HALTED') => {
      const data = { state, updatedAt: at };
      await prisma.tradingState.upsert({
        where: { scope_scopeId_cause: { ...scope, cause: 'KILL_SWITCH' } },
        create: { ...scope, ...data },
        update: data,
      });
    };
    await trading('REDUCING');
    expect(await order('BUY', 1)).toMatchObject({ failure: { code: 'NOT_REDUCING' } });
    expectOk(await exit(10));
    expectOk(await exitAll());
    await prisma.order.updateMany({ data: { status: 'CANCELLED' } });
    await trading('HALTED');
    const [trade] = await openTrades();
    const halted = { failure: { kind: 'ORDER_DENIED', code: 'TRADING_HALTED' } };
    for (const answer of [await exit(), await exitAll(), await close(trade?.id ?? '')]) {
      expect(answer).toMatchObject(halted);
    }
    await trading('ACTIVE');
  });

  test('a key needs the scope to trade, a stranger finds nothing, and the trail names who it was', async () => {
    await hold('BUY', 100);
    const [trade] = await openTrades();
    const tradeId = trade?.id ?? '';
    const apiKey = (scope: 'READ' | 'PAPER_TRADE'): AccountActor => ({
      kind: 'API_KEY',
      userId: world.userId,
      apiKeyId: '01900000-0000-7000-8000-00000000000a',
      scopes: new Set([scope]),
      ipAddress: null,
      userAgent: null,
    });
    const all = (by: AccountActor) => {
      const common = { actor: by, portfolioId, quantity: null };
      return Promise.all([
        exitPosition(ports, {
          ...common,
          idempotencyKey: key(),
          instrumentId: yesBank,
          product: 'MIS',
        }),
        exitAllPositions(ports, { ...common, idempotencyKey: key(), cancelWorkingOrders: true }),
        closeTrade(ports, { ...common, idempotencyKey: key(), tradeId }),
      ]);
    };
    for (const answer of await all(apiKey('READ'))) {
      expect(answer).toMatchObject({ failure: { kind: 'SCOPE_MISSING', scope: 'PAPER_TRADE' } });
    }
    for (const answer of await all(testActor('01900000-0000-7000-8000-000000000000'))) {
      expect(answer).toMatchObject({ failure: { kind: 'NOT_FOUND' } });
    }
    const sent = (await all(apiKey('PAPER_TRADE'))).flatMap((one) => (one.ok ? one.value : []));
    expect(shown(sent)).toEqual(['SELL 100 MIS hand INITIALIZED']);
    expect(sent[0]?.source).toBe('API_KEY');
    const audited = await world.database.prisma.auditEvent.findFirst({
      where: { entityId: sent[0]?.id ?? '' },
    });
    expect(audited).toMatchObject({ action: 'ORDER_PLACED', actorKind: 'API_KEY' });
  });
});

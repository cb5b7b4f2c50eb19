import { Decimal } from 'decimal.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { exitPosition } from '@nandax/app/orders/exit-position.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { JobHeld } from '@nandax/app/ports/queue.ts';
import { acknowledgeFinding } from '@nandax/app/reconciliation/acknowledge-finding.ts';
import type { ReconcilePorts } from '@nandax/app/reconciliation/reconcile-account.ts';
import {
  forgetReadings,
  reconcileAccounts,
} from '@nandax/app/reconciliation/reconcile-accounts.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { plainTerms, type AskedTerms } from '@nandax/core/order/order.ts';
import type { TrafficLimits } from '@nandax/core/traffic/traffic.ts';
import { connectionOf } from '../kit/broker-connection.ts';
import { openMarket } from '../kit/open-market.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

describe('the account of a live portfolio', () => {
  let world: TradingWorld;
  let broker: ScriptedBroker;
  let ports: TradingPorts & ReconcilePorts;
  let instrumentId: string;
  let now: number;
  let made = 0;

  beforeEach(async () => {
    world = await createTradingWorld();
    await openMarket(world, 'YESBANK', '100');
    instrumentId = await world.instrument('YESBANK');
    const brokerConnectionId = await connectionOf(world, world.userId);
    const live = { kind: 'LIVE', brokerConnectionId } as const;
    await world.database.prisma.portfolio.updateMany({ data: live });
    broker = new ScriptedBroker();
    holds(0);
    pays(1_000_000);
    now = Date.now();
    ports = {
      ...world.ports,
      clock: { now: () => new Date(now) },
      brokers: { of: () => broker },
      fundsTolerance: new Decimal(100),
    };
    await forgetReadings(ports);
  });
  afterEach(() => world.close());

  const holds = (quantity: number) => {
    const netQuantity = new Decimal(quantity);
    const positions =
      quantity === 0 ? [] : [{ instrumentId, product: 'MIS' as const, netQuantity }];
    broker.held = { kind: 'READ', positions };
  };
  const pays = (available: number, utilised = 0) => {
    const funds = { available: new Decimal(available), utilised: new Decimal(utilised) };
    broker.money = { kind: 'READ', funds };
  };
  /** So many seconds later the worker's round comes. */
  const look = async (seconds = 60) => {
    now += seconds * 1_000;
    await reconcileAccounts(ports);
  };
  const order = (terms: Partial<AskedTerms> = {}) =>
    placeOrder(ports, {
      ...plainTerms,
      actor: testActor(world.userId),
      idempotencyKey: `order ${(made += 1)}`,
      portfolioId: world.portfolioId,
      instrumentId,
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(10),
      ...terms,
    });
  /** An order that the broker has taken. */
  const taken = async (terms: Partial<AskedTerms> = {}) => {
    const placed = expectOk(await order(terms));
    await submitOrder(ports, placed.id);
    return placed;
  };
  const filled = (id: string, quantity: number) => [
    {
      tradeId: id,
      quantity: new Decimal(quantity),
      price: new Decimal(100),
      executedAt: new Date('2019-07-16T10:00:01+05:30'),
    },
  ];
  const findings = async () =>
    (
      await world.database.prisma.reconciliationFinding.findMany({ orderBy: { openedAt: 'asc' } })
    ).map(({ kind, endedAt }) => `${kind} ${endedAt === null ? 'open' : 'ended'}`);
  const told = async () =>
    (await world.database.prisma.notification.findMany()).map(({ title, body }) => [title, body]);

  test('opens nothing until its books were read and agree; what only leaves passes', async () => {
    expect(await order()).toMatchObject({ failure: { code: 'BROKER_NOT_RECONCILED' } });
    // An account that holds something is left, read or not.
    await look();
    const entry = await taken();
    await applyBrokerUpdate(
      ports,
      broker.change(entry.clientOrderId, { status: 'COMPLETE', executions: filled(entry.id, 10) }),
    );
    await forgetReadings(ports);
    expect(await order()).toMatchObject({ failure: { code: 'BROKER_NOT_RECONCILED' } });
    const [exit] = expectOk(
      await exitPosition(ports, {
        actor: testActor(world.userId),
        idempotencyKey: `exit ${(made += 1)}`,
        portfolioId: world.portfolioId,
        instrumentId,
        product: 'MIS',
        quantity: null,
      }),
    );
    await submitOrder(ports, exit?.id ?? '');
    expect(broker.calls.filter((call) => call.startsWith('place'))).toHaveLength(2);
  });

  test('is shut while a read fails or differs, and opens with the first that agrees', async () => {
    broker.money = { kind: 'FAILED', reason: 'No answer.' };
    await look();
    expect(await order()).toMatchObject({ failure: { code: 'BROKER_NOT_RECONCILED' } });
    expect(await world.database.prisma.accountReading.findFirst()).toMatchObject({
      failureReason: 'No answer.',
      agreedAt: null,
    });
    expect(await findings()).toEqual([]);
    holds(25);
    pays(1_000_000);
    await look();
    expect(await order()).toMatchObject({ failure: { code: 'BROKER_NOT_RECONCILED' } });
    holds(0);
    await look();
    expectOk(await order());
    // Later differences are told; they do not shut what was open.
    holds(25);
    await look();
    await look();
    expect(await findings()).toEqual(['POSITION_DIFFERS open']);
    expectOk(await order());
  });

  test('an entry that waited over a restart leaves after the account was read', async () => {
    await look();
    const { id } = expectOk(await order());
    await forgetReadings(ports);
    await expect(submitOrder(ports, id)).rejects.toBeInstanceOf(JobHeld);
    expect(broker.calls).not.toContain(expect.stringMatching(/^place/));
    await look();
    await submitOrder(ports, id);
    expect(broker.calls.filter((call) => call.startsWith('place'))).toHaveLength(1);
  });

  test('a difference is told once, when a second look shows it alike, and ends when it is gone', async () => {
    await look();
    holds(25);
    await look();
    expect(await told()).toEqual([]);
    // The second look does not wait a minute.
    await look(5);
    expect(await told()).toEqual([
      ['The broker holds another quantity for you', 'YESBANK MIS: here 0, at the broker 25.'],
    ]);
    holds(30);
    await look();
    await look();
    expect(await told()).toHaveLength(1);
    const [open] = await world.database.prisma.reconciliationFinding.findMany();
    expect(open).toMatchObject({ kind: 'POSITION_DIFFERS', product: 'MIS', endedAt: null });
    expect(open?.brokerQuantity?.toFixed()).toBe('30');
    holds(0);
    await look();
    expect(await findings()).toEqual(['POSITION_DIFFERS ended']);
    holds(30);
    await look();
    await look();
    expect(await findings()).toEqual(['POSITION_DIFFERS ended', 'POSITION_DIFFERS open']);
  });

  test('a fill whose word was lost is taken from the book, and nothing is told of it', async () => {
    await look();
    const { id, clientOrderId } = await taken();
    broker.change(clientOrderId, { status: 'COMPLETE', executions: filled(id, 10) });
    holds(10);
    const margin = 200;
    pays(1_000_000 - margin, margin);
    await look();
    await look();
    expect(await findings()).toEqual([]);
    const after = await ports.store.read(({ orders }) => orders.find(id));
    expect(after).toMatchObject({ status: 'FILLED', filledQuantity: new Decimal(10) });
  });

  test('a fill on its way between two reads alarms nobody', async () => {
    await look();
    const { id, clientOrderId } = await taken();
    pays(999_800, 200);
    // The positions have it, the book that was read a moment before has not.
    holds(10);
    await look();
    broker.change(clientOrderId, { status: 'COMPLETE', executions: filled(id, 10) });
    await look(5);
    await look(5);
    expect(await findings()).toEqual([]);
  });

  test('orders of another hand, lost ones and other sums are named with the numbers of both sides', async () => {
    await look();
    const { clientOrderId } = await taken({ type: 'LIMIT', price: new Decimal(99) });
    const shown = broker.book.get(clientOrderId);
    if (shown === undefined) throw new Error('the broker has taken it');
    broker.book.delete(clientOrderId);
    broker.book.set('foreign', { ...shown, brokerOrderId: 'F1', clientOrderId: 'foreign' });
    pays(900_000, 500);
    await look();
    await look();
    expect((await findings()).sort()).toEqual([
      'AVAILABLE_FUNDS_DIFFER open',
      'ORDER_ABSENT_AT_BROKER open',
      'ORDER_UNKNOWN_TO_US open',
      'UTILISED_FUNDS_DIFFER open',
    ]);
    expect((await told()).map(([, body]) => body).sort()).toEqual([
      `YESBANK MIS order B${clientOrderId}: here ACCEPTED 0, at the broker none.`,
      'YESBANK MIS order F1: here none, at the broker OPEN 0.',
      'here 198.00 rupees, at the broker 500.00 rupees.',
      'here 999802.00 rupees, at the broker 900000.00 rupees.',
    ]);
  });

  test('one that its user takes note of keeps trading shut no longer, once', async () => {
    holds(25);
    await look();
    await look(5);
    const { id } = await world.database.prisma.reconciliationFinding.findFirstOrThrow();
    const note = (userId: string) =>
      acknowledgeFinding(ports, { actor: testActor(userId), findingId: id });
    const stranger = '01900000-0000-7000-8000-000000000000';
    expect(await note(stranger)).toMatchObject({ failure: { kind: 'NOT_FOUND' } });
    expectOk(await note(world.userId));
    expectOk(await note(world.userId));
    expect(await order()).toMatchObject({ failure: { code: 'BROKER_NOT_RECONCILED' } });
    await look();
    expectOk(await order());
    const { prisma } = world.database;
    const where = { action: 'FINDING_ACKNOWLEDGED' };
    expect(await prisma.auditEvent.count({ where })).toBe(1);
    holds(0);
    await look();
    expect(await note(world.userId)).toMatchObject({ failure: { state: 'ENDED' } });
  });

  test('its questions keep to the broker’s limits', async () => {
    const limits: TrafficLimits = {
      SECOND: { most: 10, keptForExits: 0 },
      MINUTE: { most: 100, keptForExits: 0 },
      DAY: { most: 100, keptForExits: 0 },
      READS: { most: 2, keptForExits: 0 },
      marginMs: 0,
    };
    broker.traffic = { account: 'slow', limitsAt: () => Promise.resolve(limits) };
    now = Math.ceil(now / 1_000) * 1_000;
    // The third question finds no room in its second, and the reading waits for its next turn.
    await look();
    expect(broker.calls).toEqual(['read the book']);
    expect(await world.database.prisma.accountReading.findFirst()).toMatchObject({ readAt: null });
  });

  test('two workers read an account once', async () => {
    await Promise.all([look(), reconcileAccounts(ports)]);
    expect(broker.calls).toEqual(['read the book']);
  });
});

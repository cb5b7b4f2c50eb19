import { Decimal } from 'decimal.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import type { ReconcilePorts } from '@nandax/app/reconciliation/reconcile-account.ts';
import {
  forgetReadings,
  reconcileAccounts,
} from '@nandax/app/reconciliation/reconcile-accounts.ts';
import { activateKillSwitch } from '@nandax/app/risk/kill-switch.ts';
import { sweepKillSwitches } from '@nandax/app/risk/sweep-kill-switch.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { connectionOf } from '../kit/broker-connection.ts';
import { openMarket } from '../kit/open-market.ts';
import { ScriptedBroker } from '../kit/scripted-broker.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

const executedAt = new Date('2019-07-16T10:00:01+05:30');

describe('a kill switch leaves', () => {
  let world: TradingWorld;
  let broker: ScriptedBroker;
  let ports: TradingPorts & ReconcilePorts;
  let instrumentId: string;
  let now: number;

  beforeEach(async () => {
    world = await createTradingWorld();
    await openMarket(world, 'YESBANK', '100');
    instrumentId = await world.instrument('YESBANK');
    broker = new ScriptedBroker();
    now = Date.now();
    ports = {
      ...world.ports,
      clock: { now: () => new Date(now) },
      brokers: { of: () => broker },
      fundsTolerance: new Decimal(100),
    };
  });
  afterEach(() => world.close());

  const change = (data: { lotSize?: number; exchange?: 'CDS' }) =>
    world.database.prisma.instrument.update({ where: { id: instrumentId }, data });

  /** Sends what waits and lets the exchange fill it. */
  const fillAll = async () => {
    const waiting = await world.database.prisma.order.findMany({
      where: { status: { in: ['INITIALIZED', 'ACCEPTED'] } },
    });
    for (const { id, clientOrderId, quantity } of waiting) {
      await submitOrder(ports, id);
      const price = new Decimal(100);
      const units = new Decimal(String(quantity));
      const executions = [{ tradeId: id, quantity: units, price, executedAt }];
      const filled = broker.change(clientOrderId, { status: 'COMPLETE', executions });
      await applyBrokerUpdate(ports, filled);
    }
    return waiting.length;
  };
  const buy = async (quantity: number) => {
    expectOk(
      await placeOrder(ports, {
        ...plainTerms,
        actor: testActor(world.userId),
        idempotencyKey: 'entry',
        portfolioId: world.portfolioId,
        instrumentId,
        side: 'BUY',
        type: 'MARKET',
        product: 'MIS',
        quantity: new Decimal(quantity),
      }),
    );
    await fillAll();
  };
  const pull = async () => {
    expectOk(
      await activateKillSwitch(ports, {
        actor: testActor(world.userId),
        administrates: false,
        target: { scope: 'USER', portfolioId: null },
        reason: 'Enough',
      }),
    );
  };
  const state = async () => {
    const key = { scope: 'USER', scopeId: world.userId, cause: 'KILL_SWITCH' } as const;
    const { prisma } = world.database;
    return (await prisma.tradingState.findUniqueOrThrow({ where: { scope_scopeId_cause: key } }))
      .state;
  };

  test('75 held from before the exchange made the lot 65', async () => {
    await change({ lotSize: 25 });
    await buy(75);
    await change({ lotSize: 65 });
    await pull();
    await sweepKillSwitches(ports);
    expect([await fillAll(), await state()]).toEqual([1, 'REDUCING']);
    await sweepKillSwitches(ports);
    expect(await state()).toBe('HALTED');
  });

  test('what no rate card states the charges of, booked without any', async () => {
    await buy(10);
    await change({ exchange: 'CDS' });
    await pull();
    await sweepKillSwitches(ports);
    expect(await fillAll()).toBe(1);
    await sweepKillSwitches(ports);
    expect(await state()).toBe('HALTED');
    const exit = await world.database.prisma.fill.findFirstOrThrow({ where: { side: 'SELL' } });
    expect(exit.goodsAndServicesTax.toFixed(2)).toBe('0.00');
  });

  describe('a live account', () => {
    const shows = (quantity: number) => {
      const netQuantity = new Decimal(quantity);
      const positions = [{ instrumentId, product: 'MIS' as const, netQuantity }];
      broker.held = { kind: 'READ', positions: quantity === 0 ? [] : positions };
    };
    /** So many seconds later the worker's rounds come. */
    const later = async (seconds: number) => {
      now += seconds * 1_000;
      await reconcileAccounts(ports);
      await sweepKillSwitches(ports);
      return state();
    };
    const unread = () => ports.store.read(({ risk }) => risk.awaitsReading(world.portfolioId));

    beforeEach(async () => {
      const brokerConnectionId = await connectionOf(world, world.userId);
      await world.database.prisma.portfolio.updateMany({
        data: { kind: 'LIVE', brokerConnectionId },
      });
      shows(0);
      const funds = { available: new Decimal(1_000_000), utilised: new Decimal(0) };
      broker.money = { kind: 'READ', funds };
      ports = { ...ports, fundsTolerance: new Decimal(1_000_000) };
      await forgetReadings(ports);
    });

    test('with empty books of ours is not flat before the broker was read', async () => {
      broker.held = { kind: 'FAILED', reason: 'The gateway timed out.' };
      await pull();
      expect(await later(10)).toBe('REDUCING');
      expect(await unread()).toBe(true);
      shows(0);
      expect(await later(30)).toBe('HALTED');
      expect(await unread()).toBe(false);
    });

    test('is read anew after its exits have filled, and not flat while the broker holds more', async () => {
      await reconcileAccounts(ports);
      await buy(10);
      shows(10);
      expect(await later(60)).toBe('ACTIVE');
      await pull();
      await sweepKillSwitches(ports);
      now += 1_000;
      expect(await fillAll()).toBe(1);
      // The broker sold the ten but holds five that were bought elsewhere.
      shows(5);
      expect(await later(5)).toBe('REDUCING');
      expect(await later(5)).toBe('REDUCING');
      shows(0);
      expect(await later(60)).toBe('HALTED');
    });

    test('whose connection has ended and that holds nothing holds nobody up', async () => {
      await world.database.prisma.brokerConnection.updateMany({ data: { deletedAt: new Date() } });
      await pull();
      await sweepKillSwitches(ports);
      expect(await state()).toBe('HALTED');
    });
  });
});

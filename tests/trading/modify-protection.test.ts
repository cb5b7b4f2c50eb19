import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { modifyProtection } from '@nandax/app/protection/modify-protection.ts';
import { removeProtection } from '@nandax/app/protection/remove-protection.ts';
import { sweepProtections } from '@nandax/app/protection/sweep-protections.ts';
import { ProtectedPosition } from '../kit/protected-position.ts';
import { expectOk } from '../kit/trading-world.ts';
import { testActor } from '../setup/accounts.ts';

describe('the prices of a protection that stands', () => {
  let at: ProtectedPosition;

  beforeAll(async () => {
    at = await ProtectedPosition.open();
  });
  beforeEach(() => at.reset());
  afterAll(() => at.close());

  /** Asks for other prices of the only protection; not sent yet. */
  const modify = async (
    { stop, target }: { readonly stop?: number; readonly target?: number | null },
    idempotencyKey = at.key(),
    actor = at.actor(),
  ) =>
    modifyProtection(at.ports, {
      actor,
      idempotencyKey,
      protectionId: (await at.protection()).id,
      changes: {
        ...(stop === undefined ? {} : { stopPrice: new Decimal(stop) }),
        ...(target === undefined
          ? {}
          : { targetPrice: target === null ? null : new Decimal(target) }),
      },
    });

  /** 10 units at 100.00 with a stop at 95.00 and a target at 110.00. */
  const bracketHeld = async () => {
    const entry = await at.bracket();
    await at.fill(entry.clientOrderId, 10);
  };

  /** `95.00 110.00 STOP` */
  const standing = async () => {
    const { stopPrice, targetPrice, phase } = await at.protection();
    return `${stopPrice.toFixed(2)} ${targetPrice?.toFixed(2) ?? 'none'} ${phase}`;
  };

  const change = () =>
    at.prisma.protectionChange.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });

  /** What the broker was asked for, without questions. */
  const spoken = () => at.broker.calls.filter((call) => /^(place|modify|cancel)/.test(call));

  test('change at the broker: the stop that rests is modified, and never taken back', async () => {
    await bracketHeld();
    const before = spoken().length;
    const asked = expectOk(await modify({ stop: 97, target: 112 }));
    expect(asked.stopPrice.toFixed(2)).toBe('97.00');
    expect(await change()).toMatchObject({ status: 'PENDING', reason: null });
    await at.send();
    const stop = await at.lastExit();
    expect(spoken().slice(before)).toEqual([`modify ${stop.clientOrderId}`]);
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED']);
    expect(stop.triggerPrice?.toFixed(2)).toBe('97.00');
    expect(await standing()).toBe('97.00 112.00 STOP');
    expect(await change()).toMatchObject({ status: 'TAKEN' });
    const [audited] = await at.prisma.auditEvent.findMany({
      where: { action: 'PROTECTIVE_STOP_CHANGED' },
    });
    expect(JSON.parse(audited?.detail ?? '{}')).toMatchObject({
      before: { stopPrice: '95', targetPrice: '110' },
      after: { stopPrice: '97', targetPrice: '112' },
    });
    // The new target is what is waited for.
    await at.trade(110);
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED']);
    await at.trade(112);
    expect(await at.exits()).toEqual(['LIMIT 10 ACCEPTED']);
  });

  test('stay where the broker refuses: what rested rests, and the user is told with numbers', async () => {
    await bracketHeld();
    const key = at.key();
    expectOk(await modify({ stop: 97, target: 112 }, key));
    at.broker.requests.push({ kind: 'REJECTED', reason: 'Too near.' });
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED']);
    expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('95.00');
    expect(await standing()).toBe('95.00 110.00 STOP');
    expect(await change()).toMatchObject({ status: 'REFUSED', reason: 'Too near.' });
    const told = await at.prisma.notification.findMany();
    expect(told.map(({ level, title, body }) => `${level} ${title}. ${body}`)).toEqual([
      'WARNING The protection of YESBANK stays as it was. The change to stop 97.00, target 112.00 was refused: Too near. It stays at stop 95.00, target 110.00.',
    ]);
    // No look asks again for what was refused, nor does the same key.
    const before = spoken().length;
    await sweepProtections(at.ports);
    await at.trade(100);
    expectOk(await modify({ stop: 97, target: 112 }, key));
    await at.send();
    expect(spoken()).toHaveLength(before);
    // The old target still is one.
    await at.trade(110);
    expect(await at.exits()).toEqual(['LIMIT 10 ACCEPTED']);
  });

  test('come back with the order at the target where its change into a stop is refused', async () => {
    await bracketHeld();
    await at.trade(110, 108);
    expect(await at.exits()).toEqual(['LIMIT 10 ACCEPTED']);
    await at.prisma.quote.updateMany({ data: { lastPrice: 108 } });
    expectOk(await modify({ target: 115 }));
    expect(await standing()).toBe('95.00 115.00 STOP');
    at.broker.requests.push({ kind: 'REJECTED', reason: 'No.' });
    await at.send();
    expect(await standing()).toBe('95.00 110.00 TARGET');
    expectOk(await modify({ target: 115 }));
    await at.send();
    // Until the new target trades the stop rests.
    expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED']);
    expect(await standing()).toBe('95.00 115.00 STOP');
  });

  test('of a target only change nothing at the broker', async () => {
    await bracketHeld();
    const before = spoken().length;
    expectOk(await modify({ target: null }));
    await at.send();
    expect(spoken()).toHaveLength(before);
    expect(await standing()).toBe('95.00 none STOP');
    expect(await change()).toMatchObject({ status: 'TAKEN' });
  });

  test('change once for a key, whatever was asked for after it', async () => {
    await at.held();
    expectOk(await at.setStop());
    await at.send();
    const key = at.key();
    expectOk(await modify({ stop: 96 }, key));
    await at.send();
    expectOk(await modify({ stop: 97 }));
    await at.send();
    const again = expectOk(await modify({ stop: 96 }, key));
    expect(again.stopPrice.toFixed(2)).toBe('97.00');
    expect(await modify({ stop: 98 }, key)).toMatchObject({
      failure: { kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey: key },
    });
    expect(await modify({ stop: 98 }, '')).toMatchObject({ failure: { field: 'idempotencyKey' } });
    await at.send();
    expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('97.00');
    expect(await at.prisma.protectionChange.count()).toBe(2);
  });

  test('are refused on the wrong side of the market, and of each other', async () => {
    await bracketHeld();
    const said = async (prices: Parameters<typeof modify>[0]) => {
      const result = await modify(prices);
      return result.ok || result.failure.kind !== 'INVALID_INPUT'
        ? result
        : `${result.failure.field}: ${result.failure.message}`;
    };
    expect(await said({ stop: 100 })).toBe(
      'stopPrice: The stop must be on the losing side of 100.00.',
    );
    expect(await said({ target: 99 })).toBe(
      'targetPrice: The target must be on the winning side of 100.00.',
    );
    expect(await said({ stop: 111 })).toBe(
      'targetPrice: Stop and target stand on the wrong sides of each other.',
    );
    expect(await said({ stop: 96.01 })).toBe(
      'stopPrice: The price is a positive multiple of 0.05.',
    );
    expect(await said({ stop: 95, target: 110 })).toBe('changes: Nothing would change.');
    expect(await standing()).toBe('95.00 110.00 STOP');
    expect(await at.prisma.protectionChange.count()).toBe(0);
  });

  test('of an entry that waits are measured at its own price, and rest when it fills', async () => {
    const entry = await at.bracket();
    await at.prisma.quote.updateMany({ data: { lastPrice: 104 } });
    expect(await modify({ stop: 101 })).toMatchObject({
      failure: { message: 'The stop must be on the losing side of 100.00.' },
    });
    expectOk(await modify({ stop: 98 }));
    expect(await change()).toMatchObject({ status: 'TAKEN' });
    await at.fill(entry.clientOrderId, 10);
    expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('98.00');
  });

  test('are refused by the door with the numbers, and nothing is asked', async () => {
    await bracketHeld();
    await at.prisma.quote.updateMany({ data: { lowerBand: 94 } });
    const before = spoken().length;
    const denied = await modify({ stop: 93 });
    expect(denied).toMatchObject({ failure: { kind: 'MODIFICATION_DENIED', code: 'PRICE_BAND' } });
    expect(!denied.ok && 'limit' in denied.failure && denied.failure.limit?.toFixed(2)).toBe(
      '94.00',
    );
    // Kite takes 25 changes of an order; a stop that had them is not taken back for a 26th.
    await at.prisma.order.updateMany({
      where: { id: (await at.lastExit()).id },
      data: { modificationCount: 25 },
    });
    expect(await modify({ stop: 96 })).toMatchObject({
      failure: { kind: 'MODIFICATION_DENIED', code: 'MODIFICATIONS' },
    });
    await at.send();
    expect(spoken()).toHaveLength(before);
    expect(await standing()).toBe('95.00 110.00 STOP');
  });

  test('change where entries are blocked, and not where trading is halted', async () => {
    await bracketHeld();
    const state = await at.prisma.tradingState.create({
      data: { scope: 'USER', scopeId: at.userId, state: 'REDUCING', updatedAt: new Date() },
    });
    await at.prisma.riskLimits.create({
      data: {
        scope: 'USER',
        scopeId: at.userId,
        maxOrderQuantity: 1,
        maxOrdersPerDay: 1,
        updatedAt: new Date(),
      },
    });
    expectOk(await modify({ stop: 96 }));
    await at.send();
    expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('96.00');
    await at.prisma.tradingState.updateMany({
      where: { scope: state.scope, scopeId: state.scopeId },
      data: { state: 'HALTED' },
    });
    expect(await modify({ stop: 97 })).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE', state: 'HALTED' },
    });
  });

  test('wait for the broker’s answer before they change again', async () => {
    await bracketHeld();
    expectOk(await modify({ stop: 96 }));
    expect(await modify({ stop: 97 })).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE', state: 'MODIFY_PENDING' },
    });
    // Taken away meanwhile: the change does not matter any more.
    const { id } = await at.protection();
    expectOk(await removeProtection(at.ports, { actor: at.actor(), protectionId: id }));
    expect(await change()).toMatchObject({ status: 'LAPSED' });
  });

  test('do not change where the stop was met, or nothing is left to protect', async () => {
    await bracketHeld();
    const stop = await at.lastExit();
    await at.prisma.order.update({ where: { id: stop.id }, data: { triggered: true } });
    expect(await modify({ stop: 96 })).toMatchObject({ failure: { state: 'TRIGGERED' } });
    await at.prisma.order.update({ where: { id: stop.id }, data: { triggered: false } });
    await at.fill(stop.clientOrderId, 10, 95);
    expect(await modify({ stop: 96 })).toMatchObject({
      failure: { kind: 'ILLEGAL_STATE', state: 'ENDED', message: 'The position was left.' },
    });
  });

  test('are nobody else’s to change', async () => {
    await bracketHeld();
    const stranger = testActor('01900000-0000-7000-8000-000000000000');
    expect(await modify({ stop: 96 }, at.key(), stranger)).toMatchObject({
      failure: { kind: 'NOT_FOUND', entity: 'Protection' },
    });
    expect(await standing()).toBe('95.00 110.00 STOP');
  });

  test('of a stop that could not rest today are tried at once when they change', async () => {
    await at.held();
    await at.prisma.quote.updateMany({ data: { lowerBand: 96 } });
    expectOk(await at.setStop(95));
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 10 DENIED']);
    expectOk(await modify({ stop: 97 }));
    await at.send();
    expect(await at.exits()).toEqual(['SL_M 10 DENIED', 'SL_M 10 ACCEPTED']);
  });

  describe('of a cover order', () => {
    const cover = () =>
      at.order('BUY', 10, {
        variety: 'CO',
        type: 'LIMIT',
        price: new Decimal(100),
        triggerPrice: new Decimal(95),
      });

    test('change with the entry while that works, and the stop that rests follows', async () => {
      const entry = await cover();
      await at.fill(entry.clientOrderId, 4);
      expectOk(await modify({ stop: 96 }));
      expect(await standing()).toBe('95.00 none STOP');
      expect(await change()).toMatchObject({ status: 'PENDING' });
      await at.send();
      expect(at.broker.book.get(entry.clientOrderId)?.terms.triggerPrice?.toFixed(2)).toBe('96.00');
      expect(await standing()).toBe('96.00 none STOP');
      expect(await change()).toMatchObject({ status: 'TAKEN' });
      expect(await at.exits()).toEqual(['SL_M 4 ACCEPTED']);
      expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('96.00');

      expectOk(await modify({ stop: 97 }));
      at.broker.requests.push({ kind: 'REJECTED', reason: 'No.' });
      await at.send();
      expect(await standing()).toBe('96.00 none STOP');
      expect(await change()).toMatchObject({ status: 'REFUSED', reason: 'No.' });
    });

    test('change at the stop when the entry is filled, and stay there', async () => {
      const entry = await cover();
      await at.fill(entry.clientOrderId, 10);
      expectOk(await modify({ stop: 96 }));
      await at.send();
      expect((await at.lastExit()).triggerPrice?.toFixed(2)).toBe('96.00');
      await at.trade(100);
      expect(await at.exits()).toEqual(['SL_M 10 ACCEPTED']);
      expect(await standing()).toBe('96.00 none STOP');
      expect(await modify({ target: 110 })).toMatchObject({
        failure: { field: 'targetPrice', message: 'A cover order has a stop and no target.' },
      });
    });
  });
});

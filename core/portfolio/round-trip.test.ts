import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { noCharges } from '../charges/accrued-charges.ts';
import { tradeFiguresOf } from '../metrics/trade-figures.ts';
import { roundTripOf, roundTripsOf } from './round-trip.ts';
import type { Trade } from './trade.ts';

/** A long part in at `entry` and out at `exit` rupees, minutes after the start. */
function part(
  roundTrip: string | undefined,
  quantity: number,
  [entryPrice, entryMinute]: readonly [number, number],
  [exitPrice, exitMinute]: readonly [number, number],
): Trade {
  const gain = new Decimal(exitPrice).minus(entryPrice).times(quantity);
  return {
    direction: 'LONG',
    quantity: new Decimal(quantity),
    entryPrice: new Decimal(entryPrice),
    entryTime: entryMinute * 60_000,
    exitPrice: new Decimal(exitPrice),
    exitTime: exitMinute * 60_000,
    grossPnl: gain,
    charges: noCharges,
    netPnl: gain,
    ...(roundTrip === undefined ? {} : { roundTrip }),
  };
}

describe('a round trip', () => {
  test('is one, however many fills it came in and went out by', () => {
    const parts = [
      part('stopped', 50, [100, 0], [97, 9]),
      part('stopped', 30, [101, 1], [97, 9]),
      part('stopped', 20, [102, 2], [96, 10]),
    ];
    expect(roundTripsOf(parts)).toMatchObject([
      {
        quantity: new Decimal(100),
        // 5,000 + 3,030 + 2,040 in, 4,850 + 2,910 + 1,920 out.
        entryPrice: new Decimal('100.7'),
        exitPrice: new Decimal('96.8'),
        entryTime: 0,
        exitTime: 600_000,
        netPnl: new Decimal(-390),
      },
    ]);
    expect(tradeFiguresOf(parts)).toMatchObject({
      totalTrades: 1,
      losingTrades: 1,
      winRate: 0,
      expectancy: new Decimal(-390),
      averageHoldingSeconds: 600,
      systemQualityNumber: null,
    });
  });

  test('ends with each exit: half at the target and half at the stop are a win and a loss', () => {
    const parts = [
      part('to the target', 50, [100, 0], [106, 5]),
      part('to the stop', 50, [100, 0], [98, 9]),
    ];
    expect(tradeFiguresOf(parts)).toMatchObject({
      totalTrades: 2,
      winningTrades: 1,
      losingTrades: 1,
      winRate: 0.5,
      // 300 won and 100 lost.
      profitFactor: 3,
      expectancy: new Decimal(100),
    });
  });

  test('of which the requests are not known is each part by itself, in the order given', () => {
    const parts = [part(undefined, 1, [100, 0], [99, 2]), part(undefined, 1, [100, 0], [99, 1])];
    expect(roundTripsOf(parts)).toEqual(parts);
  });

  test('joins what one owner entered and left by the same two requests, and nothing else', () => {
    const by = {
      runId: 'run',
      instrumentId: 'INFY',
      product: 'MIS',
      entryRequestId: 'in',
      exitRequestId: 'out',
    };
    expect(roundTripOf(by)).toBe(roundTripOf({ ...by }));
    for (const other of [
      { runId: null },
      { instrumentId: 'TCS' },
      { product: 'CNC' },
      { entryRequestId: 'in again' },
      { exitRequestId: 'out again' },
    ]) {
      expect(roundTripOf({ ...by, ...other })).not.toBe(roundTripOf(by));
    }
    expect(roundTripOf({ ...by, entryRequestId: null })).toBeNull();
    expect(roundTripOf({ ...by, exitRequestId: null })).toBeNull();
  });
});

import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { initializeOrder, plainTerms } from '@nandax/core/order/order.ts';
import type { Side } from '@nandax/core/order/order-terms.ts';
import { emptyDayBook } from '@nandax/core/portfolio/day-book.ts';
import { emptyPositionOf } from '@nandax/core/portfolio/position.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { PositionRecord } from '../ports/portfolios.ts';
import type { OpenLot } from '../ports/risk.ts';
import { exitsOf } from './exits-of.ts';

const here = { instrumentId: 'share', product: 'MIS' } as const;

function position(netQuantity: number): PositionRecord {
  const side = netQuantity > 0 ? 'buyQuantity' : 'sellQuantity';
  return {
    ...emptyPositionOf(new Decimal(1)),
    margin: new Decimal(0),
    settled: new Decimal(0),
    book: emptyDayBook,
    ...here,
    id: 'position',
    portfolioId: 'portfolio',
    realisedPnl: new Decimal(0),
    [side]: new Decimal(Math.abs(netQuantity)),
  };
}

function lot(runId: string | null, netQuantity: number): OpenLot {
  return { ...here, runId, netQuantity: new Decimal(netQuantity) };
}

function working(side: Side, quantity: number, runId: string | null): OrderRecord {
  const order = initializeOrder({
    ...plainTerms,
    clientOrderId: '00000000000000000001',
    side,
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(quantity),
  });
  return { ...order, ...here, runId } as OrderRecord;
}

function shown(...asked: Parameters<typeof exitsOf>): string[] {
  return exitsOf(...asked).map(
    ({ side, quantity, runId }) => `${side} ${quantity.toFixed()} of ${runId ?? 'hand'}`,
  );
}

describe('the exits of a position', () => {
  it('close each owner’s own trades', () => {
    expect(shown(position(150), [lot('a', 100), lot(null, 50)], [])).toEqual([
      'SELL 100 of a',
      'SELL 50 of hand',
    ]);
    expect(shown(position(-30), [lot('a', -30)], [])).toEqual(['BUY 30 of a']);
  });

  it('come to no more than the position where owners hold against each other', () => {
    expect(shown(position(40), [lot('a', 100), lot('b', -60)], [])).toEqual(['SELL 40 of a']);
  });

  it('leave out what is on its way', () => {
    const lots = [lot('a', 100), lot(null, 50)];
    expect(shown(position(150), lots, [working('SELL', 100, 'a')])).toEqual(['SELL 50 of hand']);
    expect(shown(position(150), lots, [working('SELL', 200, null)])).toEqual([]);
    // An entry on its way is no exit.
    expect(shown(position(50), [lot(null, 50)], [working('BUY', 10, null)])).toEqual([
      'SELL 50 of hand',
    ]);
  });

  it('leave what no owner claims, and nothing where nothing is held', () => {
    expect(shown(position(10), [], [])).toEqual(['SELL 10 of hand']);
    expect(shown(position(0), [lot('a', 10), lot('b', -10)], [])).toEqual([]);
  });
});

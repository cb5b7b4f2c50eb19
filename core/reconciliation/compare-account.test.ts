import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import type { OrderStatus } from '../order/status.ts';
import {
  compareAccount,
  type AccountBooks,
  type BookedStatus,
  type OurOrder,
  type TheirOrder,
} from './compare-account.ts';

const place = { instrumentId: 'share', product: 'MIS' } as const;
const units = (quantity: number) => new Decimal(quantity);
const funds = { available: units(90_000), utilised: units(10_000) };

function our(status: OrderStatus, filled = 0): OurOrder {
  return {
    ...{ id: 'order', clientOrderId: 'tag', brokerOrderId: 'B1', ...place },
    ...{ status, filledQuantity: units(filled) },
  };
}

function their(status: BookedStatus, filled = 0): TheirOrder {
  return {
    ...{ clientOrderId: 'tag', brokerOrderId: 'B1', ...place },
    ...{ status, filledQuantity: units(filled) },
  };
}

function books<O>(
  orders: readonly O[],
  netQuantity = 0,
  change: Partial<AccountBooks<O>['funds']> = {},
): AccountBooks<O> {
  const positions = netQuantity === 0 ? [] : [{ ...place, netQuantity: units(netQuantity) }];
  return { orders, positions, funds: { ...funds, ...change } };
}

function found(
  ours: AccountBooks<OurOrder>,
  theirs: AccountBooks<TheirOrder>,
  tolerance = 0,
): string[] {
  return compareAccount(ours, theirs, units(tolerance)).map(({ kind, ours: mine, brokers }) => {
    const words = [mine, brokers].map(({ status, quantity, amount }) =>
      [status, quantity?.toFixed(), amount?.toFixed()].filter((word) => word != null).join(' '),
    );
    return `${kind}: ${words.join(' / ')}`;
  });
}

describe('the books of an account, ours and the broker’s', () => {
  it('are alike where orders, positions and money are', () => {
    expect(found(books([our('PARTIALLY_FILLED', 5)], 5), books([their('OPEN', 5)], 5))).toEqual([]);
    expect(found(books([our('ACCEPTED')]), books([their('TRIGGER_PENDING')]))).toEqual([]);
    // A broker may show what lapsed as cancelled.
    expect(found(books([our('EXPIRED')]), books([their('CANCELLED')]))).toEqual([]);
  });

  it('differ in an order that another hand placed, and in one with a tag nobody knows', () => {
    const foreign = { ...their('COMPLETE', 50), clientOrderId: null };
    expect(found(books([]), books([foreign]))).toEqual(['ORDER_UNKNOWN_TO_US:  / COMPLETE 50']);
    expect(found(books([]), books([their('OPEN')]))).toEqual(['ORDER_UNKNOWN_TO_US:  / OPEN 0']);
  });

  it('differ in an order that works for us and is in no book of the broker', () => {
    expect(found(books([our('ACCEPTED')]), books([]))).toEqual([
      'ORDER_ABSENT_AT_BROKER: ACCEPTED 0 / ',
    ]);
    // What has not left, and what has ended, the book of the day need not show.
    expect(found(books([our('INITIALIZED'), our('FILLED', 10)]), books([]))).toEqual([]);
  });

  it('differ in the state of an order and in what has filled of it', () => {
    expect(found(books([our('CANCELLED')]), books([their('OPEN')]))).toEqual([
      'ORDER_DIFFERS: CANCELLED 0 / OPEN 0',
    ]);
    expect(found(books([our('FILLED', 10)], 10), books([their('COMPLETE', 12)], 10))).toEqual([
      'ORDER_DIFFERS: FILLED 10 / COMPLETE 12',
    ]);
    const renamed = { ...their('OPEN'), brokerOrderId: 'B2' };
    expect(found(books([our('ACCEPTED')]), books([renamed]))).toEqual([
      'ORDER_DIFFERS: ACCEPTED 0 / OPEN 0',
    ]);
  });

  it('differ in a position that only one side has, or that is not as large', () => {
    expect(found(books([], 10), books([]))).toEqual(['POSITION_DIFFERS: 10 / 0']);
    expect(found(books([]), books([], -10))).toEqual(['POSITION_DIFFERS: 0 / -10']);
    expect(found(books([], 10), books([], 15))).toEqual(['POSITION_DIFFERS: 10 / 15']);
  });

  it('differ in money that lies further apart than is tolerated', () => {
    const theirs = books<TheirOrder>([], 0, { available: units(89_900), utilised: units(10_050) });
    expect(found(books([]), theirs, 100)).toEqual([]);
    expect(found(books([]), theirs, 99)).toEqual(['AVAILABLE_FUNDS_DIFFER: 90000 / 89900']);
    expect(found(books([]), theirs, 49)).toEqual([
      'AVAILABLE_FUNDS_DIFFER: 90000 / 89900',
      'UTILISED_FUNDS_DIFFER: 10000 / 10050',
    ]);
  });

  it('are not judged in what an order is in doubt about', () => {
    const theirs = books([their('COMPLETE', 10)], 10, { available: units(1) });
    expect(found(books([our('UNKNOWN')]), theirs)).toEqual([]);
    const elsewhere = { ...our('UNKNOWN'), product: 'CNC' as const };
    expect(found(books([elsewhere]), theirs)).toEqual(['POSITION_DIFFERS: 0 / 10']);
  });
});

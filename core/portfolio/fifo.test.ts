import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCharges, noCharges, totalOfCharges } from '../charges/accrued-charges.ts';
import type { AccruedCharges } from '../charges/accrued-charges.ts';
import type { Side } from '../order/order-terms.ts';
import type { ClosedSlice, Lot, OwnedFill } from './fifo.ts';
import { matchFill } from './fifo.ts';
import type { Posting } from './postings.ts';
import {
  ledgerAccounts,
  postingsOfCharges,
  postingsOfDeposit,
  postingsOfFill,
  postingsOfReset,
} from './postings.ts';
import type { LedgerAccount } from './postings.ts';
import { addToPosition, emptyPositionOf, pnlOf } from './position.ts';
import { tradeOf } from './trade.ts';

function brokerage(amount: string): AccruedCharges {
  return { ...noCharges, brokerage: new Decimal(amount) };
}

function fillOf(
  id: string,
  side: Side,
  quantity: number,
  price: string | number,
  charges = '0',
  multiplier: string | number = 1,
): OwnedFill {
  return {
    id,
    side,
    quantity: new Decimal(quantity),
    price: new Decimal(price),
    multiplier: new Decimal(multiplier),
    time: Number(id) * 60_000,
    charges: brokerage(charges),
  };
}

const paidInFull = {
  paidInFull: true,
  marginChange: new Decimal(0),
  settledChange: new Decimal(0),
};

/** Runs fills through one owner's books. */
function book(fills: readonly OwnedFill[]): {
  lots: readonly Lot[];
  closed: ClosedSlice[];
  postings: Posting[][];
} {
  let lots: readonly Lot[] = [];
  const closed: ClosedSlice[] = [];
  const postings: Posting[][] = [];
  for (const fill of fills) {
    const outcome = matchFill(lots, fill);
    lots = outcome.lots;
    closed.push(...outcome.closed);
    postings.push(postingsOfFill(fill, outcome, paidInFull));
  }
  return { lots, closed, postings };
}

function tradesOf(fills: readonly OwnedFill[]): string[] {
  return book(fills).closed.map((slice) => {
    const { direction, quantity, entryPrice, exitPrice, grossPnl } = tradeOf(slice);
    return `${direction} ${quantity.toFixed()} ${entryPrice.toFixed()}->${exitPrice.toFixed()} ${grossPnl.toFixed()}`;
  });
}

describe('first in, first out', () => {
  it('closes the oldest lot first and keeps what is left of the next', () => {
    const fills = [
      fillOf('1', 'BUY', 100, 50),
      fillOf('2', 'BUY', 100, 52),
      fillOf('3', 'SELL', 150, 55),
    ];
    expect(tradesOf(fills)).toEqual(['LONG 100 50->55 500', 'LONG 50 52->55 150']);
    expect(book(fills).lots).toMatchObject([{ id: '2', direction: 'LONG', time: 120_000 }]);
    expect(book(fills).lots[0]?.quantity.toFixed()).toBe('50');
  });

  it('realises 350 of 50 bought at 280 and sold at 287, and keeps 70 bought at 283', () => {
    const fills = [
      fillOf('1', 'BUY', 50, 280),
      fillOf('2', 'SELL', 50, 287),
      fillOf('3', 'BUY', 70, 283),
    ];
    expect(tradesOf(fills)).toEqual(['LONG 50 280->287 350']);
    const [lot] = book(fills).lots;
    // At a last price of 280: 350 + 70 * (280 - 283) = 140, as in the broker's view.
    expect(lot?.quantity.times(new Decimal(280).minus(lot.price)).plus(350).toFixed()).toBe('140');
  });

  it('lets a short gain when the price falls', () => {
    expect(tradesOf([fillOf('1', 'SELL', 10, '102.5'), fillOf('2', 'BUY', 10, 100)])).toEqual([
      'SHORT 10 102.5->100 25',
    ]);
  });

  it('closes and opens the other way when a fill is larger than the position', () => {
    const fills = [fillOf('1', 'BUY', 10, 100), fillOf('2', 'SELL', 25, 110, '25')];
    expect(tradesOf(fills)).toEqual(['LONG 10 100->110 100']);
    const { lots, closed } = book(fills);
    expect(lots).toMatchObject([{ id: '2', direction: 'SHORT' }]);
    // 25 rupees of charges over 25 units: 10 leave with the trade, 15 stay with the new lot.
    expect(closed[0]?.exitCharges.brokerage.toFixed()).toBe('10');
    expect(lots[0]?.charges.brokerage.toFixed()).toBe('15');
  });

  it('gives each trade its part of the charges and loses none to rounding', () => {
    const fills = [
      fillOf('1', 'BUY', 3, 100, '10'),
      fillOf('2', 'SELL', 1, 101, '1'),
      fillOf('3', 'SELL', 1, 101, '1'),
      fillOf('4', 'SELL', 1, 101, '1'),
    ];
    const trades = book(fills).closed.map(tradeOf);
    expect(trades.map((trade) => trade.charges.brokerage.toFixed())).toEqual([
      '4.333333',
      '4.333334',
      '4.333333',
    ]);
    expect(trades[0]?.netPnl.toFixed()).toBe('-3.333333');
  });
});

const anyTerms = fc.array(
  fc.record({
    side: fc.constantFrom<Side>('BUY', 'SELL'),
    quantity: fc.integer({ min: 1, max: 300 }),
    // Rupees with 4 decimals, so that values need rounding.
    price: fc.integer({ min: 1, max: 9_999_999 }).map((tenThousandths) => tenThousandths / 10_000),
    charges: fc.integer({ min: 0, max: 99_999_999 }).map((millionths) => millionths / 1_000_000),
  }),
  { minLength: 1, maxLength: 20 },
);

/** Of shares, of currency lots, of a contract quoted for more than it delivers. */
const anyMultiplier = fc.constantFrom('1', '1000', '0.1');

const anyFills = fc
  .tuple(anyTerms, anyMultiplier)
  .map(([fills, multiplier]) =>
    fills.map(({ side, quantity, price, charges }, index) =>
      fillOf(String(index + 1), side, quantity, price, charges.toFixed(6), multiplier),
    ),
  );

function valueOf({ quantity, price, multiplier }: OwnedFill | Lot): Decimal {
  return quantity.times(price).times(multiplier);
}

function sum(amounts: Iterable<Decimal>): Decimal {
  return Decimal.sum(0, ...amounts);
}

describe('whatever is traded', () => {
  it('units and charges are conserved, and lots point one way', () => {
    fc.assert(
      fc.property(anyFills, (fills) => {
        const { lots, closed } = book(fills);
        const net = sum(
          fills.map((fill) => (fill.side === 'BUY' ? fill.quantity : fill.quantity.negated())),
        );
        const open = sum(
          lots.map((lot) => (lot.direction === 'LONG' ? lot.quantity : lot.quantity.negated())),
        );
        expect(open.toFixed()).toBe(net.toFixed());
        expect(new Set(lots.map((lot) => lot.direction)).size).toBeLessThanOrEqual(1);

        const charged = [
          ...lots.map((lot) => lot.charges),
          ...closed.map((slice) => addCharges(slice.entryCharges, slice.exitCharges)),
        ];
        expect(sum(charged.map(totalOfCharges)).toFixed()).toBe(
          sum(fills.map((fill) => totalOfCharges(fill.charges))).toFixed(),
        );
      }),
    );
  });

  it('the profit of the trades and the open lots is the cash that flowed', () => {
    fc.assert(
      fc.property(anyFills, (fills) => {
        const { lots, closed } = book(fills);
        const cash = sum(
          fills.map((fill) => {
            const value = valueOf(fill);
            return fill.side === 'BUY' ? value.negated() : value;
          }),
        );
        const cost = sum(
          lots.map((lot) => {
            const value = valueOf(lot);
            return lot.direction === 'LONG' ? value : value.negated();
          }),
        );
        const profit = sum(closed.map((slice) => tradeOf(slice).grossPnl));
        expect(cash.plus(cost).toFixed()).toBe(profit.toFixed());
      }),
    );
  });

  it('FIFO and the broker’s view come to one profit: sold less bought and what is held at the last price times the multiplier', () => {
    const lastPrices = fc.integer({ min: 1, max: 9_999_999 }).map((price) => price / 10_000);
    fc.assert(
      fc.property(anyFills, lastPrices, (fills, last) => {
        const lastPrice = new Decimal(last);
        const traded = (side: Side) => sum(fills.filter((fill) => fill.side === side).map(valueOf));
        const multiplier = fills[0]?.multiplier ?? new Decimal(NaN);
        const held = sum(
          fills.map((fill) => (fill.side === 'BUY' ? fill.quantity : fill.quantity.negated())),
        );
        const worth = held.times(lastPrice).times(multiplier);
        const expected = traded('SELL').minus(traded('BUY')).plus(worth);

        const position = fills.reduce(
          (before, { side, quantity, price }) => addToPosition(before, side, quantity, price),
          emptyPositionOf(multiplier),
        );
        expect(pnlOf(position, lastPrice).toFixed()).toBe(expected.toFixed());

        const { lots, closed } = book(fills);
        const unrealised = lots.map(({ direction, quantity, price }) => {
          const gain = lastPrice.minus(price).times(quantity).times(multiplier);
          return direction === 'LONG' ? gain : gain.negated();
        });
        const realised = closed.map((slice) => tradeOf(slice).grossPnl);
        expect(sum([...realised, ...unrealised]).toFixed()).toBe(expected.toFixed());
      }),
    );
  });

  it('the postings of every fill sum to zero at 2 decimals, and a flat book holds no cost', () => {
    fc.assert(
      fc.property(anyFills, (fills) => {
        const { lots } = book(fills);
        const held = sum(lots.map((lot) => lot.quantity));
        const flattening = held.isZero()
          ? []
          : [
              fillOf(
                '99',
                lots[0]?.direction === 'LONG' ? 'SELL' : 'BUY',
                held.toNumber(),
                '7.77',
                '0',
                lots[0]?.multiplier.toFixed(),
              ),
            ];
        const { postings } = book([...fills, ...flattening]);
        for (const transaction of postings) {
          expect(sum(transaction.map(({ amount }) => amount)).toFixed()).toBe('0');
          for (const { amount } of transaction) {
            expect(amount.isZero()).toBe(false);
            expect(amount.decimalPlaces()).toBeLessThanOrEqual(2);
          }
        }
        const cost = postings.flat().filter(({ account }) => account === 'SECURITIES');
        expect(sum(cost.map(({ amount }) => amount)).toFixed()).toBe('0');
      }),
    );
  });
});

function written(postings: readonly Posting[]): Record<string, string> {
  return Object.fromEntries(postings.map(({ account, amount }) => [account, amount.toFixed(2)]));
}

describe('postings', () => {
  it('of a deposit move capital into cash', () => {
    expect(written(postingsOfDeposit(new Decimal('100000')))).toEqual({
      CASH: '100000.00',
      CAPITAL: '-100000.00',
    });
  });

  it('of a contract note move cash into charges', () => {
    expect(written(postingsOfCharges(new Decimal('200.62')))).toEqual({
      CHARGES: '200.62',
      CASH: '-200.62',
    });
    expect(postingsOfCharges(new Decimal(0))).toEqual([]);
  });

  it('of a round trip turn cash into shares at cost and back, with the profit in credit', () => {
    const { postings } = book([fillOf('1', 'BUY', 10, '100.25'), fillOf('2', 'SELL', 10, '101.5')]);
    expect(postings.map(written)).toEqual([
      { CASH: '-1002.50', SECURITIES: '1002.50' },
      { CASH: '1015.00', SECURITIES: '-1002.50', REALISED_PNL: '-12.50' },
    ]);
  });

  it('of a lot of 1,000 move a thousand times the price', () => {
    const fills = [
      fillOf('1', 'BUY', 2, '160.05', '0', 1_000),
      fillOf('2', 'SELL', 2, '161.1', '0', 1_000),
    ];
    expect(book(fills).postings.map(written)).toEqual([
      { CASH: '-320100.00', SECURITIES: '320100.00' },
      { CASH: '322200.00', SECURITIES: '-320100.00', REALISED_PNL: '-2100.00' },
    ]);
    expect(tradesOf(fills)).toEqual(['LONG 2 160.05->161.1 2100']);
  });

  it('of a short sale hold the shares owed as negative cost', () => {
    const { postings } = book([fillOf('1', 'SELL', 10, 100), fillOf('2', 'BUY', 10, 103)]);
    expect(postings.map(written)).toEqual([
      { CASH: '1000.00', SECURITIES: '-1000.00' },
      { CASH: '-1030.00', SECURITIES: '1000.00', REALISED_PNL: '30.00' },
    ]);
  });

  it('of a reset leave every account at zero, whatever happened before', () => {
    fc.assert(
      fc.property(anyFills, (fills) => {
        const before = [
          postingsOfDeposit(new Decimal(1_000_000)),
          ...book(fills).postings,
          postingsOfCharges(new Decimal('59.07')),
        ].flat();
        const balanceOf = (account: LedgerAccount, of: readonly Posting[]) =>
          sum(of.filter((line) => line.account === account).map(({ amount }) => amount));
        const balances = Object.fromEntries(
          ledgerAccounts.map((account) => [account, balanceOf(account, before)]),
        ) as Record<LedgerAccount, Decimal>;
        const after = [...before, ...postingsOfReset(balances)];
        for (const account of ledgerAccounts) {
          expect(balanceOf(account, after).toFixed()).toBe('0');
        }
      }),
    );
  });

  it('refuse amounts that are no money', () => {
    expect(() => postingsOfCharges(new Decimal('1.005'))).toThrow('more than 2 decimals: 1.005');
  });
});

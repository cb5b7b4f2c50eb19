import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noCharges } from '../charges/accrued-charges.ts';
import type { Product, Side } from '../order/order-terms.ts';
import { marginAfterFill, unitMarginOf, type MarginedInstrument } from '../risk/margin.ts';
import { matchFill, type Lot, type OwnedFill } from './fifo.ts';
import { addToPosition, emptyPositionOf, netQuantityOf, type Position } from './position.ts';
import {
  ledgerAccounts,
  postingsOfFill,
  postingsOfSettlement,
  type LedgerAccount,
  type Posting,
} from './postings.ts';
import { isPaidInFull, isSettledDaily, openGainOf, settledAfterFill } from './settlement.ts';

type Traded = readonly [owner: string, side: Side, quantity: number, price: number | string];

/** One account's books of one instrument and product, traded by several owners. */
class Books {
  readonly transactions: Posting[][] = [];
  readonly #lots = new Map<string, readonly Lot[]>();
  position: Position & { margin: Decimal; settled: Decimal };

  constructor(
    readonly instrument: MarginedInstrument,
    readonly product: Product,
    readonly rate: Decimal,
  ) {
    this.position = {
      ...emptyPositionOf(instrument.multiplier),
      margin: new Decimal(0),
      settled: new Decimal(0),
    };
  }

  trade([owner, side, quantity, price]: Traded): void {
    const { instrument, product, rate, position } = this;
    const fill: OwnedFill = {
      id: String(this.transactions.length),
      side,
      quantity: new Decimal(quantity),
      price: new Decimal(price),
      multiplier: instrument.multiplier,
      time: this.transactions.length,
      charges: noCharges,
    };
    const outcome = matchFill(this.#lots.get(owner) ?? [], fill);
    this.#lots.set(owner, outcome.lots);
    const traded = addToPosition(position, side, fill.quantity, fill.price);
    const margin = marginAfterFill(
      { netQuantity: netQuantityOf(position), margin: position.margin },
      netQuantityOf(traded),
      unitMarginOf({ instrument, product, side }, fill.price, rate),
    );
    const settled = settledAfterFill(
      { netQuantity: netQuantityOf(position), settled: position.settled },
      netQuantityOf(traded),
    );
    const settlement = {
      paidInFull: isPaidInFull(product, instrument.type),
      marginChange: margin.minus(position.margin),
      settledChange: settled.minus(position.settled),
    };
    this.transactions.push(postingsOfFill(fill, outcome, settlement));
    this.position = { ...traded, margin, settled };
  }

  /** The evening pays what is open at `price`, where the instrument is settled daily. */
  settle(price: number | string): void {
    if (!isSettledDaily(this.instrument.type)) return;
    const settled = openGainOf([...this.#lots.values()].flat(), new Decimal(price));
    this.transactions.push(postingsOfSettlement(settled.minus(this.position.settled)));
    this.position = { ...this.position, settled };
  }

  /** Every owner leaves what is open, at `price`. */
  flatten(price: number): void {
    for (const [owner, lots] of this.#lots) {
      const held = Decimal.sum(0, ...lots.map((lot) => lot.quantity)).toNumber();
      if (held === 0) continue;
      this.trade([owner, lots[0]?.direction === 'LONG' ? 'SELL' : 'BUY', held, price]);
    }
  }

  balance(account: LedgerAccount): string {
    const lines = this.transactions.flat().filter((line) => line.account === account);
    return Decimal.sum(0, ...lines.map(({ amount }) => amount)).toFixed(2);
  }

  /** The last transaction, account by account. */
  last(): Record<string, string> {
    const lines = this.transactions.at(-1) ?? [];
    return Object.fromEntries(lines.map(({ account, amount }) => [account, amount.toFixed(2)]));
  }
}

const share = instrumentOf('EQUITY', 'NSE', 1);
const future = instrumentOf('FUTURE', 'NFO', 1);
const lead = instrumentOf('FUTURE', 'MCX', 1_000);
const call = { ...instrumentOf('CALL_OPTION', 'NFO', 1), strikePrice: new Decimal(24_500) };

function instrumentOf(type: string, exchange: string, multiplier: number): MarginedInstrument {
  return { type, exchange, multiplier: new Decimal(multiplier), strikePrice: null };
}

function books(instrument: MarginedInstrument, product: Product, percent: number): Books {
  return new Books(instrument, product, new Decimal(percent).dividedBy(100));
}

describe('a future', () => {
  it('blocks its margin, costs nothing else, and pays its gain when it is left', () => {
    const account = books(future, 'NRML', 20);
    account.trade(['me', 'BUY', 65, 24_000]);
    // A fifth of 1,560,000.
    expect(account.last()).toEqual({ CASH: '-312000.00', MARGIN: '312000.00' });
    account.trade(['me', 'SELL', 65, 24_100]);
    expect(account.last()).toEqual({
      CASH: '318500.00',
      MARGIN: '-312000.00',
      REALISED_PNL: '-6500.00',
    });
  });

  it('of 1,000 kg gives back the part of the margin that belongs to the lots closed', () => {
    const account = books(lead, 'NRML', 25);
    account.trade(['me', 'SELL', 3, '161.05']);
    // A quarter of 483,150.
    expect(account.last()).toEqual({ CASH: '-120787.50', MARGIN: '120787.50' });
    account.trade(['me', 'BUY', 1, '162.05']);
    // A third comes back, less the loss of 1,000.
    expect(account.last()).toEqual({
      CASH: '39262.50',
      MARGIN: '-40262.50',
      REALISED_PNL: '1000.00',
    });
  });

  it('is paid its gain each evening, and when it is left only what is not paid yet', () => {
    const account = books(future, 'NRML', 20);
    account.trade(['me', 'BUY', 130, 24_000]);
    account.settle(24_050);
    expect(account.last()).toEqual({ CASH: '6500.00', SETTLEMENT: '-6500.00' });
    account.settle(23_990);
    expect(account.last()).toEqual({ CASH: '-7800.00', SETTLEMENT: '7800.00' });
    // Half is left at a gain of 6,500, half of the 1,300 lost was taken already: 7,150 come, and the margin.
    account.trade(['me', 'SELL', 65, 24_100]);
    expect(account.last()).toEqual({
      CASH: '319150.00',
      MARGIN: '-312000.00',
      SETTLEMENT: '-650.00',
      REALISED_PNL: '-6500.00',
    });
    account.trade(['me', 'SELL', 65, 24_000]);
    expect(account.last()).toEqual({
      CASH: '312650.00',
      MARGIN: '-312000.00',
      SETTLEMENT: '-650.00',
    });
    expect([account.balance('CASH'), account.balance('SETTLEMENT')]).toEqual(['6500.00', '0.00']);
  });

  it('that turns from long to short blocks the margin of the new side alone', () => {
    const account = books(future, 'NRML', 20);
    account.trade(['me', 'BUY', 10, 100]);
    account.trade(['me', 'SELL', 25, 110]);
    expect(account.position.margin.toFixed(2)).toBe('330.00');
    expect(account.last()).toEqual({ CASH: '-30.00', MARGIN: '130.00', REALISED_PNL: '-100.00' });
  });
});

describe('shares', () => {
  it('traded intraday block a fifth, long or short, and no purchase is paid', () => {
    const account = books(share, 'MIS', 20);
    account.trade(['me', 'SELL', 100, 95]);
    expect(account.last()).toEqual({ CASH: '-1900.00', MARGIN: '1900.00' });
    account.trade(['me', 'BUY', 100, '94.50']);
    expect(account.last()).toEqual({
      CASH: '1950.00',
      MARGIN: '-1900.00',
      REALISED_PNL: '-50.00',
    });
  });

  it('bought for delivery are paid in full and block nothing', () => {
    const account = books(share, 'CNC', 100);
    account.trade(['me', 'BUY', 100, 95]);
    expect(account.last()).toEqual({ CASH: '-9500.00', SECURITIES: '9500.00' });
  });

  it('of two agents who hold both sides block nothing, as the account is flat', () => {
    const account = books(share, 'MIS', 20);
    account.trade(['her', 'BUY', 100, 100]);
    account.trade(['him', 'SELL', 100, 105]);
    expect(account.position.margin.toFixed(2)).toBe('0.00');
    expect(account.last()).toEqual({ CASH: '2000.00', MARGIN: '-2000.00' });
    account.flatten(110);
    // She gained 1,000, he lost 500.
    expect([account.balance('CASH'), account.balance('MARGIN')]).toEqual(['500.00', '0.00']);
  });
});

describe('an option', () => {
  it('bought costs its premium and blocks nothing', () => {
    const account = books(call, 'NRML', 100);
    account.trade(['me', 'BUY', 65, 120]);
    expect(account.last()).toEqual({ CASH: '-7800.00', SECURITIES: '7800.00' });
  });

  it('sold brings its premium and blocks a fifth of the value at its strike', () => {
    const account = books(call, 'NRML', 20);
    account.trade(['me', 'SELL', 65, 120]);
    // A fifth of 65 times 24,500 is 318,500; 7,800 of premium come in.
    expect(account.last()).toEqual({
      CASH: '-310700.00',
      MARGIN: '318500.00',
      SECURITIES: '-7800.00',
    });
    account.trade(['me', 'BUY', 65, 100]);
    expect(account.last()).toEqual({
      CASH: '312000.00',
      MARGIN: '-318500.00',
      SECURITIES: '7800.00',
      REALISED_PNL: '-1300.00',
    });
  });
});

describe('whatever several owners trade in one instrument', () => {
  const anyTrades = fc.array(
    fc.tuple(
      fc.constantFrom('her', 'him', 'by hand'),
      fc.constantFrom<Side>('BUY', 'SELL'),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 9_999_999 }).map((price) => price / 10_000),
    ),
    { minLength: 1, maxLength: 25 },
  );
  const anyBooks = fc
    .tuple(
      fc.constantFrom<[MarginedInstrument, Product]>(
        [share, 'CNC'],
        [share, 'MIS'],
        [future, 'NRML'],
        [lead, 'MIS'],
        [call, 'NRML'],
      ),
      fc.integer({ min: 1, max: 100 }),
    )
    .map(([[instrument, product], percent]) => books(instrument, product, percent));

  it('every transaction balances, and the margin account is what the position blocks', () => {
    fc.assert(
      fc.property(anyBooks, anyTrades, (account, trades) => {
        for (const trade of trades) {
          account.trade(trade);
          const lines = account.transactions.at(-1) ?? [];
          expect(Decimal.sum(0, ...lines.map(({ amount }) => amount)).toFixed(2)).toBe('0.00');
          const { margin } = account.position;
          expect(account.balance('MARGIN')).toBe(margin.toFixed(2));
          expect(margin.isNegative()).toBe(false);
          if (netQuantityOf(account.position).isZero()) expect(margin.toFixed(2)).toBe('0.00');
        }
      }),
    );
  });

  it('flat at last, nothing is blocked or held, and cash has moved by the profit', () => {
    fc.assert(
      fc.property(anyBooks, anyTrades, (account, trades) => {
        for (const trade of trades) {
          account.trade(trade);
          account.settle(trade[3]);
        }
        account.flatten(77.7);
        account.settle(77.7);
        const profit = new Decimal(account.balance('REALISED_PNL')).negated();
        expect(ledgerAccounts.map((name) => [name, account.balance(name)])).toEqual([
          ['CASH', profit.toFixed(2)],
          ['MARGIN', '0.00'],
          ['SECURITIES', '0.00'],
          ['SETTLEMENT', '0.00'],
          ['REALISED_PNL', profit.negated().toFixed(2)],
          ['CHARGES', '0.00'],
          ['CAPITAL', '0.00'],
        ]);
      }),
    );
  });

  it('after each evening, cash and margins of futures are worth what the account has gained', () => {
    fc.assert(
      fc.property(anyTrades, (trades) => {
        const account = books(lead, 'NRML', 20);
        for (const trade of trades) {
          account.trade(trade);
          account.settle(trade[3]);
          const { settled } = account.position;
          expect(account.balance('SETTLEMENT')).toBe(settled.negated().toFixed(2));
          const money = new Decimal(account.balance('CASH')).plus(account.balance('MARGIN'));
          const gained = settled.minus(account.balance('REALISED_PNL'));
          expect(money.toFixed(2)).toBe(gained.toFixed(2));
        }
      }),
    );
  });

  it('where only gains are paid, nothing is ever held at cost', () => {
    fc.assert(
      fc.property(anyTrades, (trades) => {
        const account = books(future, 'NRML', 20);
        trades.forEach((trade) => account.trade(trade));
        expect(account.balance('SECURITIES')).toBe('0.00');
        const money = new Decimal(account.balance('CASH')).plus(account.balance('MARGIN'));
        expect(money.plus(account.balance('REALISED_PNL')).toFixed(2)).toBe('0.00');
      }),
    );
  });
});

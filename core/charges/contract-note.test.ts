import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import rateCards from '../../data/reference/rate-cards.json' with { type: 'json' };
import type { Side } from '../order/order-terms.ts';
import { addCharges, noCharges, splitCharges, totalOfCharges } from './accrued-charges.ts';
import type { ChargedFill, ContractNote } from './contract-note.ts';
import { contractNotesOf } from './contract-note.ts';
import { chargesOfFill, chargesOfOrder } from './order-charges.ts';
import type { ChargedExchange, ChargeSegment, ServingRates } from './rate-card.ts';
import { RateCardBook } from './rate-card.ts';
import { readRateCards } from './read-rate-cards.ts';

const cards = readRateCards(rateCards);
if (!cards.ok) throw new Error(JSON.stringify(cards.failure));
const book = new RateCardBook(cards.value, 'ZERODHA');

function serving(exchange: ChargedExchange, segment: ChargeSegment, date: string): ServingRates {
  const found = book.find(exchange, segment, date);
  if (found === null) throw new Error(`no card for ${exchange} ${segment}`);
  return found;
}

function executed(
  rates: ServingRates,
  date: string,
  side: Side,
  quantity: number,
  price: number,
  instrument = 'YESBANK',
): ChargedFill {
  const charges = chargesOfOrder(rates.rates, side, new Decimal(price).times(quantity));
  return { date, instrument, side, charges, serving: rates };
}

function onlyNote(fills: readonly ChargedFill[]): ContractNote {
  const [note, ...others] = contractNotesOf(fills);
  if (note === undefined || others.length > 0) throw new Error('expected one note');
  return note;
}

function amounts(note: ContractNote): Record<string, string> {
  return Object.fromEntries(
    Object.entries(note.charges).map(([name, amount]) => [name, amount.toFixed(2)]),
  );
}

describe('the charges of an order', () => {
  it('cap the brokerage at 20 rupees an order, however many fills it took', () => {
    const { rates } = serving('NSE', 'EQUITY_INTRADAY', '2026-09-01');
    // 0.03 % of 50,000 is 15; the second fill may add only 5; the third nothing.
    const brokerage = [0, 50_000, 100_000].map((before) =>
      chargesOfFill(rates, 'BUY', new Decimal(before), new Decimal(50_000)).brokerage.toFixed(),
    );
    expect(brokerage).toEqual(['15', '5', '0']);
  });

  it('are the sum of what its fills added, to the last decimal', () => {
    const { rates } = serving('NSE', 'EQUITY_INTRADAY', '2026-09-01');
    let turnover = new Decimal(0);
    let charges = noCharges;
    for (const fill of ['33.335', '1007.77', '0.05', '71000.415']) {
      charges = addCharges(charges, chargesOfFill(rates, 'SELL', turnover, new Decimal(fill)));
      turnover = turnover.plus(fill);
    }
    expect(charges).toEqual(chargesOfOrder(rates, 'SELL', turnover));
    expect(totalOfCharges(charges).greaterThan(0)).toBe(true);
  });

  it('take a flat brokerage once an order, and none before its first fill', () => {
    const { rates } = serving('NFO', 'EQUITY_OPTIONS', '2026-09-01');
    const brokerage = [0, 10, 5_000_000].map((before) =>
      chargesOfFill(rates, 'BUY', new Decimal(before), new Decimal(10)).brokerage.toFixed(),
    );
    expect(brokerage).toEqual(['20', '0', '0']);
    expect(chargesOfOrder(rates, 'BUY', new Decimal(0))).toEqual(noCharges);
  });

  it('carry 50 rupees and their tax once when the broker squares the order off', () => {
    const { rates } = serving('NSE', 'EQUITY_INTRADAY', '2026-09-01');
    const own = chargesOfOrder(rates, 'SELL', new Decimal(10_000));
    const first = chargesOfFill(rates, 'SELL', new Decimal(0), new Decimal(4_000), 'BROKER');
    const second = chargesOfFill(rates, 'SELL', new Decimal(4_000), new Decimal(6_000), 'BROKER');
    const squaredOff = addCharges(first, second);
    expect(squaredOff.brokerage.minus(own.brokerage).toFixed()).toBe('50');
    expect(totalOfCharges(squaredOff).minus(totalOfCharges(own)).toFixed()).toBe('59');
  });

  it('lose nothing when they are divided pro rata', () => {
    const { rates } = serving('NSE', 'EQUITY_INTRADAY', '2026-09-01');
    const charges = chargesOfOrder(rates, 'BUY', new Decimal('1000.01'));
    const { share, rest } = splitCharges(charges, new Decimal(1), new Decimal(3));
    expect(share.brokerage.toFixed()).toBe('0.100001');
    expect(addCharges(share, rest)).toEqual(charges);
  });
});

describe('contract notes', () => {
  const monday = '2026-09-07';
  const tuesday = '2026-09-08';

  it('are one for each day and segment, whatever the exchange', () => {
    const notes = contractNotesOf([
      executed(serving('NSE', 'EQUITY_INTRADAY', tuesday), tuesday, 'BUY', 10, 100),
      executed(serving('NSE', 'EQUITY_INTRADAY', monday), monday, 'BUY', 10, 100),
      executed(serving('BSE', 'EQUITY_INTRADAY', monday), monday, 'SELL', 10, 100),
      executed(serving('NSE', 'EQUITY_DELIVERY', monday), monday, 'BUY', 10, 100),
    ]);
    expect(notes.map((note) => `${note.date} ${note.segment}`)).toEqual([
      '2026-09-07 EQUITY_DELIVERY',
      '2026-09-07 EQUITY_INTRADAY',
      '2026-09-08 EQUITY_INTRADAY',
    ]);
  });

  it('round the taxes of the day once, not order by order', () => {
    const rates = serving('NSE', 'EQUITY_INTRADAY', monday);
    // Each sale of 1600 owes 0.40 in securities transaction tax; the two together owe 0.80.
    const sale = executed(rates, monday, 'SELL', 16, 100);
    expect(amounts(onlyNote([sale, sale])).securitiesTransactionTax).toBe('1.00');
    expect(amounts(onlyNote([sale])).securitiesTransactionTax).toBe('0.00');
  });

  it('round stamp duty to the rupee, half up', () => {
    const rates = serving('NSE', 'EQUITY_INTRADAY', monday);
    // 0.003 % of 50,000 is 1.50; of 49,999 it is 1.49997.
    const stampDuty = [50_000, 49_999].map(
      (price) => amounts(onlyNote([executed(rates, monday, 'BUY', 1, price)])).stampDuty,
    );
    expect(stampDuty).toEqual(['2.00', '1.00']);
  });

  it('charge the depository once for each instrument sold in delivery on the day', () => {
    const rates = serving('NSE', 'EQUITY_DELIVERY', monday);
    const note = onlyNote([
      executed(rates, monday, 'SELL', 10, 100, 'INFY'),
      executed(rates, monday, 'SELL', 20, 100, 'INFY'),
      executed(rates, monday, 'SELL', 10, 100, 'TCS'),
      executed(rates, monday, 'BUY', 10, 100, 'SBIN'),
    ]);
    expect(amounts(note).depositoryParticipantCharge).toBe('30.68');
  });

  it('say when the nearest card had to serve', () => {
    const date = '2019-07-09';
    const note = onlyNote([
      executed(serving('NSE', 'EQUITY_INTRADAY', date), date, 'BUY', 10, 100),
    ]);
    expect(note.covered).toBe(false);
    expect(note.rateCardId).toBe('zerodha-2022-07-18');
  });
});

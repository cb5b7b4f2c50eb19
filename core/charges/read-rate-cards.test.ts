import { describe, expect, it } from 'vitest';
import rateCards from '../../data/reference/rate-cards.json' with { type: 'json' };
import { RateCardBook } from './rate-card.ts';
import { readRateCards } from './read-rate-cards.ts';

function bundledBook(): RateCardBook {
  const cards = readRateCards(rateCards);
  if (!cards.ok) throw new Error(JSON.stringify(cards.failure));
  return new RateCardBook(cards.value, 'ZERODHA');
}

/** A copy of the bundled cards with one place changed. */
function changedCards(change: (cards: typeof rateCards) => void): unknown {
  const copy = structuredClone(rateCards);
  change(copy);
  return copy;
}

function failuresOf(json: unknown): string[] {
  const cards = readRateCards(json);
  return cards.ok ? [] : cards.failure.map(({ path, expected }) => `${path}: ${expected}`);
}

describe('the bundled rate cards', () => {
  it.each([
    ['2022-07-18', '0.0000345', '15.93'],
    ['2023-03-31', '0.0000345', '15.93'],
    ['2023-04-01', '0.0000335', '15.93'],
    ['2024-04-01', '0.0000322', '15.93'],
    ['2024-10-01', '0.0000307', '15.34'],
    ['2026-03-31', '0.0000307', '15.34'],
    ['2031-01-01', '0.0000307', '15.34'],
  ])('on %s charge NSE delivery %s of turnover and %s a sale', (date, rate, depository) => {
    const serving = bundledBook().find('NSE', 'EQUITY_DELIVERY', date);
    expect(serving?.covered).toBe(true);
    expect(serving?.rates.turnover.BUY.exchangeTransactionCharge.toFixed()).toBe(rate);
    expect(serving?.rates.depositoryParticipantCharge.toFixed()).toBe(depository);
  });

  it('serve a day of 2019, which no card covers, by the earliest card, and say so', () => {
    const serving = bundledBook().find('NSE', 'EQUITY_INTRADAY', '2019-07-09');
    expect(serving).toMatchObject({ rateCardId: 'zerodha-2022-07-18', covered: false });
  });

  it('serve BSE in 2022 by the first card that states BSE', () => {
    const serving = bundledBook().find('BSE', 'EQUITY_INTRADAY', '2022-09-01');
    expect(serving).toMatchObject({ rateCardId: 'zerodha-2023-04-01', covered: false });
  });

  it('know nothing of another broker', () => {
    const cards = readRateCards(rateCards);
    if (!cards.ok) throw new Error('unreadable');
    const book = new RateCardBook(cards.value, 'UPSTOX');
    expect(book.find('NSE', 'EQUITY_INTRADAY', '2026-05-04')).toBeNull();
  });
});

describe('reading rate cards', () => {
  it('names every misshapen field and what belongs there', () => {
    const json = changedCards((cards) => {
      Object.assign(cards[0] ?? {}, { id: '', validFrom: '2022-02-30' });
      Object.assign(cards[1]?.rates[0]?.brokerage ?? {}, { percent: 0.03 });
      Object.assign(cards[1]?.rates[1] ?? {}, { exchange: 'NASDAQ' });
    });
    expect(failuresOf(json)).toEqual([
      '[0].id: a text',
      '[0].validFrom: a date YYYY-MM-DD',
      '[1].rates[0].brokerage.percent: a decimal as a string, not negative',
      '[1].rates[1].exchange: one of NSE, BSE, NFO, BFO, CDS, BCD, MCX',
    ]);
  });

  it('refuses a period that ends before it begins, and one that overlaps another', () => {
    const backward = changedCards((cards) => {
      Object.assign(cards[0] ?? {}, { validTo: '2022-07-17' });
    });
    expect(failuresOf(backward)).toEqual(['[0].validTo: a date from 2022-07-18 on']);
    const overlapping = changedCards((cards) => {
      Object.assign(cards[0] ?? {}, { validTo: '2023-04-01' });
    });
    expect(failuresOf(overlapping)).toEqual([
      '[1]: a period that does not overlap zerodha-2022-07-18',
    ]);
  });

  it('refuses an exchange and segment that a card states twice', () => {
    const json = changedCards((cards) => {
      Object.assign(cards[0]?.rates[1] ?? {}, { segment: 'EQUITY_DELIVERY' });
    });
    expect(failuresOf(json)).toEqual(['[0].rates[1]: NSE EQUITY_DELIVERY once only']);
  });

  it.each([null, {}, [], 'cards'])('refuses %j, which is no list of cards', (json) => {
    expect(failuresOf(json)).toEqual([': a list that is not empty']);
  });
});

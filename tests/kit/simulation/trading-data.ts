import { readFileSync } from 'node:fs';
import { expandCalendar, type CalendarDocument } from '@nandax/core/calendar/expand-calendar.ts';
import { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { readSessionPlans } from '@nandax/core/calendar/session-plan.ts';
import { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { readRateCards } from '@nandax/core/charges/read-rate-cards.ts';
import { readBrokerRules } from '@nandax/core/order/read-broker-rules.ts';
import { readPriceBands } from '@nandax/core/market/price-band.ts';
import { readMarginRates } from '@nandax/core/risk/read-margin-rates.ts';
import type { Result } from '@nandax/core/result.ts';
import type { History } from '@nandax/app/ports/store.ts';
import type { LockedPortfolio } from '@nandax/app/ports/portfolios.ts';
import type { InstrumentRecord } from '@nandax/app/records.ts';
import { Decimal } from 'decimal.js';
import type { MemoryDatabase } from '../memory/memory-database.ts';
import { partial } from '../memory/partial.ts';

/** The simulated installation's one trader, and where she trades. */
export const traderId = '00000000-0000-7000-8000-000000000001';
export const portfolioId = '00000000-0000-7000-8000-000000000002';
export const feedId = '00000000-0000-7000-8000-000000000003';

/** Tuesday, 16 July 2019, 10:00 in India: inside a session and under a rate card. */
export const simulationStart = Date.parse('2019-07-16T10:00:00+05:30');

/** Instruments with the price they open at, rupees. */
export const listed = [
  {
    id: '00000000-0000-7000-8000-00000000000a',
    symbol: 'INFY',
    price: 780,
    tickSize: 0.05,
    freezeQuantity: null,
  },
  {
    id: '00000000-0000-7000-8000-00000000000b',
    symbol: 'YESBANK',
    price: 93.5,
    tickSize: 0.05,
    freezeQuantity: null,
  },
  // Above 40 units its orders leave in slices.
  {
    id: '00000000-0000-7000-8000-00000000000c',
    symbol: 'FROZEN',
    price: 50,
    tickSize: 0.05,
    freezeQuantity: 40,
  },
] as const;

/** The bundled reference data that an order's way reads; it reads nothing else of the history. */
export const bundledHistory: History = (() => {
  const cards = valueOf(readRateCards(readReference('rate-cards')));
  const rates = valueOf(readMarginRates(readReference('margin-rates')));
  const rules = valueOf(readBrokerRules(readReference('broker-rules')));
  const bands = valueOf(readPriceBands(readReference('price-bands')));
  const book = new RateCardBook(cards, 'ZERODHA');
  const days = expandCalendar(readReference('calendar') as CalendarDocument);
  const markets = new MarketBook(days, valueOf(readSessionPlans(readReference('session-plans'))));
  return partial<History>('history', {
    rateCards: () => Promise.resolve(book),
    marginRates: () => Promise.resolve(rates),
    brokerRules: () => Promise.resolve(rules),
    priceBands: () => Promise.resolve(bands),
    markets: () => Promise.resolve(markets),
  });
})();

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function readReference(name: string): unknown {
  const file = new URL(`../../../data/reference/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Fills a database with the trader, her portfolio, the instruments and their prices. */
export async function seedDatabase(database: MemoryDatabase): Promise<void> {
  const alone = { turn: () => Promise.resolve(), until: () => Promise.resolve() };
  const transaction = database.begin(alone);
  const portfolio: LockedPortfolio = {
    id: portfolioId,
    userId: traderId,
    kind: 'PAPER',
    reachesBroker: true,
    initialCapital: new Decimal(1_000_000),
    feedId,
    tradingState: 'ACTIVE',
    reconciled: true,
  };
  await transaction.insert('Portfolio', portfolioId, portfolio);
  await transaction.insert('Feed', feedId, { marketTime: new Date(simulationStart) });
  await transaction.insert('LedgerTransaction', 'deposit', {
    id: 'deposit',
    portfolioId,
    kind: 'DEPOSIT',
    reference: 'deposit',
    description: 'Capital',
    postedAt: new Date(simulationStart),
    createdAt: new Date(simulationStart),
    lines: [
      { account: 'CASH', amount: new Decimal(1_000_000) },
      { account: 'CAPITAL', amount: new Decimal(-1_000_000) },
    ],
  });
  for (const { id, symbol, price, tickSize, freezeQuantity } of listed) {
    const instrument: InstrumentRecord = {
      id,
      exchange: 'NSE',
      tradingSymbol: symbol,
      type: 'EQUITY',
      segment: 'EQUITY',
      tickSize: new Decimal(tickSize),
      lotSize: 1,
      multiplier: new Decimal(1),
      strikePrice: null,
      freezeQuantity,
      tradable: true,
    };
    await transaction.insert('Instrument', id, instrument);
    await transaction.insert('Quote', `${feedId} ${id}`, {
      instrumentId: id,
      lastPrice: new Decimal(price),
      volume: null,
      time: new Date(simulationStart),
      lowerBand: null,
      upperBand: null,
    });
  }
  transaction.commit();
}

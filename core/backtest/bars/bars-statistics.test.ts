import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';
import { expect, it } from 'vitest';
import { exchangeDateOf } from '../../calendar/exchange-time.ts';
import { chargesOfOrder } from '../../charges/order-charges.ts';
import { RateCardBook } from '../../charges/rate-card.ts';
import { readRateCards } from '../../charges/read-rate-cards.ts';
import { barsMarketOf } from './bars-market.ts';
import { barsStatisticsOf, closesAt, curvesOf } from './bars-statistics.ts';
import { numericChargesOf } from './commission.ts';
import { days, ran, type BarRow } from './testing.ts';

const flat = (price: number): BarRow => [price, price, price, price];
const ten = `product CNC quantity_per_trade 10
  long entry when close == 10 long exit when close == 12`;

it('a run pays what the rate card says, and the depository once a day and instrument', () => {
  const file = new URL('../../../data/reference/rate-cards.json', import.meta.url);
  const cards = readRateCards(JSON.parse(readFileSync(file, 'utf8')));
  if (!cards.ok) throw new Error(JSON.stringify(cards.failure));
  const book = new RateCardBook(cards.value, 'ZERODHA');
  const ratesOn = (time: number) => {
    const served = book.find('NSE', 'EQUITY_DELIVERY', exchangeDateOf(time));
    if (served === null) throw new Error('no card');
    return served.rates;
  };
  const result = ran(ten, [days([flat(10), flat(11), flat(12), flat(13), flat(13)])], {
    commission: { kind: 'CHARGES', ratesAt: (_, time) => numericChargesOf(ratesOn(time)) },
  });
  const [bought, sold] = ([1, 3] as const).map((point) => ratesOn(result.market.time[point] ?? 0));
  if (bought === undefined || sold === undefined) throw new Error('no rates');
  const charges = [
    ...Object.values(chargesOfOrder(bought, 'BUY', new Decimal(110))),
    ...Object.values(chargesOfOrder(sold, 'SELL', new Decimal(130))),
    sold.depositoryParticipantCharge,
  ].reduce((sum, charge) => sum.plus(charge), new Decimal(0));
  expect(result.commissions).toBeCloseTo(charges.toNumber(), 4);
  const statistics = barsStatisticsOf(result);
  expect(statistics.grossPnl).toBeCloseTo(20, 10);
  expect(statistics.netPnl).toBeCloseTo(20 - charges.toNumber(), 4);
  expect(statistics.finalEquity).toBeCloseTo(10_020 - charges.toNumber(), 4);
});

it('several instruments are compared with equal parts of each, bought when each first trades', () => {
  const result = ran(ten, [
    days([flat(10), flat(11), flat(12), flat(15)], 'A'),
    days([null, flat(40), null, flat(20)], 'B'),
  ]);
  [1, 1.05, 1.1, 1].forEach((worth, point) =>
    expect(result.market.basket[point]).toBeCloseTo(worth, 12),
  );
  expect(barsStatisticsOf(result).buyAndHoldPercent).toBeCloseTo(0, 10);
});

it('another series gives its latest close at each point, and nothing before its first', () => {
  const market = barsMarketOf([days([flat(10), flat(11), flat(12), flat(13)])]);
  const other = days([null, flat(200), null, flat(100)]).bars;
  expect([...closesAt(market, other)]).toEqual([NaN, 200, 200, 100]);
  const result = ran(ten, market.instruments);
  const { benchmark } = curvesOf(result, closesAt(market, other));
  expect([...benchmark]).toEqual([10_000, 10_000, 10_000, 5_000]);
  const { buyAndHoldPercent } = barsStatisticsOf(result, closesAt(market, other));
  expect(buyAndHoldPercent).toBeCloseTo(-50, 10);
});

it('exposure is the share of bars on whose close something was held', () => {
  const held = days([flat(9), flat(10), flat(11), flat(12), flat(12), flat(13)]);
  expect(barsStatisticsOf(ran(ten, [held])).exposurePercent).toBeCloseTo((2 / 6) * 100, 10);
  const kept = days([flat(9), flat(10), flat(11), flat(11)]);
  expect(barsStatisticsOf(ran(ten, [kept])).exposurePercent).toBe(50);
  const closed = ran(ten, [kept], { finalizeTrades: 'LAST_CLOSE' });
  expect(barsStatisticsOf(closed).exposurePercent).toBe(25);
});

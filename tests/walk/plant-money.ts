import { randomUUID } from 'node:crypto';
import { Decimal } from 'decimal.js';
import type { Plot } from './person.ts';
import type { Given } from './planter.ts';
import { sessionOpen } from './plant-market.ts';

/** Charges of a fill or a note, by their columns. */
export const components = [
  'brokerage',
  'securitiesTransactionTax',
  'exchangeTransactionCharge',
  'sebiTurnoverFee',
  'stampDuty',
  'goodsAndServicesTax',
] as const;

/** The note of its fill, and so planted before it. */
export function plantNote({ planter, ids, day }: Plot): void {
  const id = (row: string) => ids[row] ?? '';
  const names = [...components, 'depositoryParticipantCharge'];
  const charges = names.map((name) => [name, planter.amount(`ContractNote.${name}`)] as const);
  planter.row('ContractNote', {
    ...Object.fromEntries(charges),
    id: id('note'),
    portfolioId: id('portfolio'),
    feedId: id('replay'),
    tradingDay: day,
    covered: true,
    total: Decimal.sum(...charges.map(([, amount]) => amount)),
  });
}

/** Positions, ledger and snapshots of a person. */
export function plantMoney({ planter, signature, ids, day }: Plot): void {
  const id = (row: string) => ids[row] ?? '';
  const portfolioId = id('portfolio');
  planter.row('Position', {
    id: randomUUID(),
    portfolioId,
    instrumentId: id('instrument'),
    product: 'MIS',
    buyValue: planter.amount('Position.buyValue').times(signature.number),
    sellQuantity: new Decimal(signature.number).dividedBy(100),
    dayBuyValue: planter.amount('Position.dayBuyValue').times(signature.number),
    daySellQuantity: new Decimal(signature.number).dividedBy(100),
    ...bookedOn(day, id('replay')),
  });
  // What was bought on the trading day before is in settlement, some of what is older was sold today.
  planter.row('Position', {
    id: randomUUID(),
    portfolioId,
    instrumentId: id('instrument'),
    product: 'CNC',
    buyValue: planter.amount('Position.buyValue').times(signature.number),
    sellQuantity: new Decimal(signature.number).dividedBy(100),
    overnightQuantity: planter.amount('Position.overnightQuantity', 50),
    previousQuantity: new Decimal(signature.number).times(7),
    dayBuyQuantity: new Decimal(signature.number),
    daySellValue: planter.amount('Position.daySellValue').times(signature.number),
    dayBuyValue: planter.amount('Position.dayBuyValue').times(signature.number),
    ...bookedOn(day, id('replay')),
  });
  const actionId = randomUUID();
  planter.row('CorporateAction', {
    id: actionId,
    instrumentId: id('instrument'),
    kind: 'DIVIDEND',
    // Due to nobody who trades here.
    exDate: new Date('2099-01-01'),
    unitsAfter: 1,
    unitsBefore: 1,
    fractionPrice: null,
  });
  planter.row('CorporateEntitlement', {
    actionId,
    tradeId: id('trade'),
    portfolioId,
    runId: id('paperRun'),
    feedId: id('replay'),
    instrumentId: id('instrument'),
    unitsBefore: new Decimal(signature.number),
    unitsAfter: new Decimal(signature.number),
  });
  const open = sessionOpen(day).getTime();
  // Not on a day of anybody else; the first is before the market's day, which so has a close before it.
  for (const dayLater of [-100, 0, 100]) {
    planter.row('PortfolioSnapshot', {
      portfolioId,
      feedId: id('replay'),
      time: new Date(open + dayLater * 86_400_000 + signature.number),
    });
    planter.row('PositionMark', {
      portfolioId,
      feedId: id('replay'),
      time: new Date(open + dayLater * 86_400_000 + signature.number),
      instrumentId: id('instrument'),
      price: planter.amount('PositionMark.price').times(signature.number),
    });
  }
  const cash = planter.amount('LedgerEntry.amount', 90);
  const gain = planter.amount('LedgerEntry.amount');
  const lines = { CASH: cash, CAPITAL: cash.plus(gain).negated(), REALISED_PNL: gain };
  Object.entries(lines).forEach(([account, amount], line) =>
    planter.row('LedgerEntry', {
      id: signature.number * 1_000_000 + lineNumber(signature.name) + line + 1,
      portfolioId,
      transactionId: id('ledgerTransaction'),
      kind: 'DEPOSIT',
      account,
      amount,
    }),
  );
}

let extras = 0;
/** Ledger lines are numbered across people; those made in passing stay apart from the planted. */
function lineNumber(name: string): number {
  if (!name.startsWith('EKA')) return 0;
  extras += 10;
  return extras;
}

/** The days of a position's book: that of the market, and the one before. */
function bookedOn(day: Date, feedId: string): Given {
  const before = new Date(day.getTime() - (day.getUTCDay() === 1 ? 3 : 1) * 86_400_000);
  return {
    bookDay: day,
    bookFeedId: feedId,
    // As text, for it may be somebody else's day.
    previousDay: before.toISOString().slice(0, 10),
    previousFeedId: feedId,
  };
}

import { TradingCalendar, type CalendarDay } from '@nandax/core/calendar/trading-calendar.ts';
import { accruedComponents } from '@nandax/core/charges/accrued-charges.ts';
import { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import type {
  BacktestCaveats,
  BacktestFailure,
  BacktestInput,
  BacktestResult,
  BacktestTrade,
} from '@nandax/core/backtest/backtest.ts';
import { runBacktest } from '@nandax/core/backtest/engine.ts';
import { buyAndHoldOf } from '@nandax/core/portfolio/buy-and-hold.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { describeCompileFailure } from '@nandax/core/strategy/plan/compile-failure.ts';
import { compileStrategy } from '@nandax/core/strategy/compile-strategy.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';
import { Decimal } from 'decimal.js';
import type { BacktestOrder, BacktestReport, ReportedTrade } from '../ports/backtest-runner.ts';
import { nearestRateCardServed } from '../runs/caveats.ts';
import { storeFigures, sumOfNotes } from '../runs/run-figures.ts';

/** Runs a backtest that was handed over as plain data, and reports it as plain data. */
export function reportBacktest(
  order: BacktestOrder,
  onProgress: (percent: number) => void,
): Result<BacktestReport, string> {
  const input = inputOfOrder(order);
  if (!input.ok) return input;
  const result = runBacktest(input.value, (fraction) => onProgress(Math.floor(fraction * 100)));
  return result.ok
    ? succeed(reportOf(order, input.value.strategy.document, result.value))
    : fail(describeFailure(result.failure));
}

/** What the engine is given for an order; or why its rules cannot be used, in a sentence. */
export function inputOfOrder(order: BacktestOrder): Result<BacktestInput, string> {
  const document = parseStrategy(order.document);
  if (!document.ok) return fail('The rules of this version cannot be read any more.');
  const strategy = compileStrategy(document.value, { timeFrame: order.timeFrame });
  if (!strategy.ok) return fail(strategy.failure.map(describeCompileFailure).join(' '));
  const calendars = new Map<readonly CalendarDay[], TradingCalendar>();
  const calendarOf = (days: readonly CalendarDay[]): TradingCalendar => {
    const calendar = calendars.get(days) ?? new TradingCalendar(days);
    calendars.set(days, calendar);
    return calendar;
  };
  const traded = order.instruments.map(({ tradingSymbol, ownDays, ...rest }) => ({
    ...rest,
    symbol: tradingSymbol,
    ...(ownDays.length === 0 ? {} : { ownCalendar: calendarOf(ownDays) }),
  }));
  const pair = document.value.pair === null ? undefined : traded.pop();
  return succeed({
    strategy: strategy.value,
    instruments: traded,
    ...(pair === undefined ? {} : { pair }),
    references: order.references,
    calendar: calendarOf(order.calendarDays),
    rateCards: new RateCardBook(order.rateCards, order.rateCards[0]?.broker ?? ''),
    marginRates: order.marginRates,
    initialCapital: new Decimal(order.initialCapital),
    fillModel: order.fillModel,
  });
}

function reportOf(
  order: BacktestOrder,
  document: StrategyDocument,
  result: BacktestResult,
): BacktestReport {
  const { time, equity } = result.equity;
  const candles = order.instruments.map((instrument) => instrument.candles);
  const charges = sumOfNotes(result.contractNotes);
  return {
    product: document.product,
    trades: result.trades.map(reportTrade),
    statistics: storeFigures({ ...result.statistics, charges }),
    equity: { time, equity },
    benchmark: buyAndHoldOf(time, candles, Number(order.initialCapital)),
    caveats: describeCaveats(result.caveats),
  };
}

function reportTrade(trade: BacktestTrade): ReportedTrade {
  return {
    instrument: trade.instrument,
    direction: trade.direction,
    quantity: trade.quantity.toFixed(),
    entryPrice: trade.entryPrice.toFixed(),
    entryTime: trade.entryTime,
    exitPrice: trade.exitPrice.toFixed(),
    exitTime: trade.exitTime,
    entryReason: trade.entryReason,
    exitReason: trade.exitReason,
    grossPnl: trade.grossPnl.toFixed(),
    charges: Object.fromEntries(
      accruedComponents.map((component) => [component, trade.charges[component].toFixed()]),
    ) as ReportedTrade['charges'],
  };
}

function describeFailure(failure: BacktestFailure): string {
  switch (failure.code) {
    case 'NO_INSTRUMENTS':
      return 'The strategy trades no instrument.';
    case 'PAIR_NEEDS_TWO_LEGS':
      return 'A pair decides on one instrument, and its rules name the other leg.';
    case 'NO_REFERENCE':
      return `There are no candles of ${failure.exchange}:${failure.symbol}, which the rules read.`;
    case 'DAILY_BARS_NEED_DELIVERY':
      return failure.reason;
    case 'NO_RATES':
      return `No rate card says what trading ${failure.exchange}:${failure.symbol} costs.`;
    case 'NO_CANDLES_IN_SESSION':
      return 'No candle of the range lies inside a trading session.';
  }
}

/** Each thing that one should know before trusting the figures, in a sentence. */
export function describeCaveats(caveats: BacktestCaveats): string[] {
  const sentences: string[] = [];
  if (!caveats.rateCardCovered) {
    sentences.push(nearestRateCardServed);
  }
  if (!caveats.calendarCovered) {
    sentences.push('The calendar does not cover the period; sessions follow its nearest rule.');
  }
  if (caveats.expiredOrders > 0) {
    sentences.push(`${caveats.expiredOrders} orders met no price before their session closed.`);
  }
  if (caveats.deniedEntries > 0) {
    sentences.push(
      `${caveats.deniedEntries} entries were not placed: with their charges they needed more money than there was.`,
    );
  }
  if (caveats.openPositions > 0) {
    sentences.push(`${caveats.openPositions} positions were still open when the candles ended.`);
  }
  const { backward, badPrice } = caveats.dirtyInput;
  if (backward + badPrice > 0) {
    sentences.push(`${backward + badPrice} candles were not usable and were left out.`);
  }
  return sentences;
}

import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { accruedComponents } from '@nandax/core/charges/accrued-charges.ts';
import { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import type {
  BacktestCaveats,
  BacktestFailure,
  BacktestResult,
  BacktestTrade,
} from '@nandax/core/backtest/backtest.ts';
import { runBacktest } from '@nandax/core/backtest/engine.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
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
  const document = parseStrategy(order.document);
  if (!document.ok) return fail('The rules of this version cannot be read any more.');
  const result = runBacktest(
    {
      strategy: compileStrategy(document.value),
      timeFrame: order.timeFrame,
      instruments: order.instruments.map(({ tradingSymbol, ...rest }) => ({
        ...rest,
        symbol: tradingSymbol,
      })),
      calendar: new TradingCalendar(order.calendarDays),
      rateCards: new RateCardBook(order.rateCards, order.rateCards[0]?.broker ?? ''),
      initialCapital: new Decimal(order.initialCapital),
      fillModel: order.fillModel,
    },
    (fraction) => onProgress(Math.floor(fraction * 100)),
  );
  return result.ok
    ? succeed(reportOf(document.value, result.value))
    : fail(describeFailure(result.failure));
}

function reportOf(document: StrategyDocument, result: BacktestResult): BacktestReport {
  const charges = sumOfNotes(result.contractNotes);
  return {
    product: document.product,
    trades: result.trades.map(reportTrade),
    statistics: storeFigures({ ...result.statistics, charges }),
    equity: { time: result.equity.time, equity: result.equity.equity },
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
    case 'DAILY_BARS_NEED_DELIVERY':
      return 'Daily bars close after the square-off; an intraday (MIS) strategy needs a shorter time frame.';
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
  if (caveats.openPositions > 0) {
    sentences.push(`${caveats.openPositions} positions were still open when the candles ended.`);
  }
  const { backward, badPrice } = caveats.dirtyInput;
  if (backward + badPrice > 0) {
    sentences.push(`${backward + badPrice} candles were not usable and were left out.`);
  }
  return sentences;
}

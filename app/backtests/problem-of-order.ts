import { Decimal } from 'decimal.js';
import {
  barsMarketOf,
  timeLineOf,
  type BarsMarket,
} from '@nandax/core/backtest/bars/bars-market.ts';
import { barsOfCandles } from '@nandax/core/backtest/bars/bars-of-candles.ts';
import { defaultBarsOptions, type BarsOptions } from '@nandax/core/backtest/bars/bars-options.ts';
import { chargeTableOf } from '@nandax/core/backtest/bars/charge-table.ts';
import type { UnplayedReason } from '@nandax/core/bias/bias-report.ts';
import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import type { WholeFillModel } from '@nandax/core/exchange/fill-model.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';
import { omit } from '@nandax/core/omit.ts';
import { optionsOf, type BarsProblem } from '@nandax/core/optimise/over-bars/bars-problem.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { findMarginRate } from '@nandax/core/risk/margin.ts';
import { longerColumns, type BarColumns } from '@nandax/core/strategy/columns/bar-columns.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';
import type { BacktestOrder } from '../ports/backtest-runner.ts';

/** A backtest as the engine over bars runs it. */
export interface BarsOfOrder {
  readonly market: BarsMarket;
  readonly options: BarsOptions;
}

/** Why there is no such thing, for a machine and in a sentence. */
export interface ProblemFailure {
  readonly reason: Extract<UnplayedReason, 'NO_CANDLES' | 'NO_RATES'>;
  readonly text: string;
}

/**
 * What a backtest plays minute by minute, as bars of its strategy's time frame with the charges of the
 * cards and the ticks of its fill model: the same trades wherever all orders are decided on closes and
 * fill at the next open, thousands of times as fast. Or why that cannot be done.
 */
export function problemOfOrder(
  order: BacktestOrder,
  { product }: StrategyDocument,
): Result<BarsProblem, ProblemFailure> {
  const calendar = new TradingCalendar(order.calendarDays);
  // Minutes too, of which some lie outside of the sessions.
  const barsOf = (candles: CandleColumns, own: TradingCalendar): BarColumns =>
    longerColumns(barsOfCandles(candles, 'ONE_MINUTE', own), order.timeFrame, own);
  const instruments = order.instruments.map((instrument) => ({
    exchange: instrument.exchange,
    symbol: instrument.tradingSymbol,
    multiplier: instrument.multiplier,
    lotSize: instrument.lotSize,
    tickSize: instrument.tickSize,
    bars: barsOf(
      instrument.candles,
      instrument.ownDays.length === 0 ? calendar : new TradingCalendar(instrument.ownDays),
    ),
  }));
  const time = timeLineOf(instruments);
  const [from, to] = [time[0], time[time.length - 1]];
  if (from === undefined || to === undefined) {
    const text = 'The range holds no bar of what the strategy trades.';
    return fail({ reason: 'NO_CANDLES', text });
  }
  const book = new RateCardBook(order.rateCards, order.rateCards[0]?.broker ?? '');
  const charges = chargeTableOf(book, product, order.instruments, from, to);
  if ('withoutRates' in charges) {
    const { exchange = '', tradingSymbol = '' } = order.instruments[charges.withoutRates] ?? {};
    const text = `No rate card says what trading ${exchange}:${tradingSymbol} costs.`;
    return fail({ reason: 'NO_RATES', text });
  }
  const { slippageTicks, spreadTicks } = order.fillModel;
  return succeed({
    document: order.document,
    timeFrame: order.timeFrame,
    crossings: 'FROM_TOUCH',
    instruments,
    references: order.references.map((candles) => barsOf(candles, calendar)),
    calendarDays: order.calendarDays,
    options: {
      ...omit(defaultBarsOptions, 'commission'),
      ...{ slippageTicks, spreadTicks },
      cash: new Decimal(order.initialCapital).toNumber(),
      margin: marginOf(order, product, from),
      sizeAt: 'DECISION',
      stops: 'CLOSE',
      zeroVolumeBars: 'FILL',
    },
    commission: { kind: 'TABLE', table: charges.table },
  });
}

/** The highest margin rate of the instruments, of both sides: a share of an order's value, 0 to 1. */
function marginOf(
  { marginRates, instruments }: BacktestOrder,
  product: Product,
  from: number,
): number {
  const date = exchangeDateOf(from);
  const rates = instruments.flatMap(({ exchange, type, multiplier }) => {
    const instrument = { exchange, type, multiplier: new Decimal(multiplier), strikePrice: null };
    return (['BUY', 'SELL'] as const).map(
      (side) => findMarginRate(marginRates, { instrument, product, side }, date).rate,
    );
  });
  return Decimal.max(...rates).toNumber();
}

/** The same, ready to run. */
export function barsOfOrder(
  order: BacktestOrder,
  document: StrategyDocument,
): Result<BarsOfOrder, ProblemFailure> {
  const problem = problemOfOrder(order, document);
  if (!problem.ok) return problem;
  const { instruments, references } = problem.value;
  const market = barsMarketOf(instruments, references, new TradingCalendar(order.calendarDays));
  return succeed({ market, options: optionsOf(problem.value) });
}

/** What of a fill model whole bars cannot tell, one sentence each. */
export function leftOutOfBars(
  { latencyMs, participation, slippageTicks, spreadTicks }: WholeFillModel,
  { product }: StrategyDocument,
): readonly string[] {
  return [
    ...(latencyMs > 0 || participation !== null
      ? ['Latency and the share of the volume, which a backtest keeps to, are left out.']
      : []),
    ...(product === 'CNC' && slippageTicks + spreadTicks > 0
      ? [
          'An order that waited for the opening auction pays spread and slippage too, which a backtest’s does not.',
        ]
      : []),
  ];
}

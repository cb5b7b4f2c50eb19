import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';
import { minuteCandles } from '../market-data/minute-candles.ts';
import { previousClosesOf } from '../market-data/previous-closes.ts';
import type { BacktestOrder } from '../ports/backtest-runner.ts';
import type { History } from '../ports/store.ts';
import type { InstrumentRecord, RunRecord, StrategyVersionRecord } from '../records.ts';
import { rulesOfVersion } from '../strategies/version-rules.ts';

/** Recorded history, and how it is to be played. */
export interface PlayedHistory extends Pick<RunRecord, 'initialCapital' | 'fillModel'> {
  readonly datasetId: string;
  readonly rangeFrom: Date;
  readonly rangeTo: Date;
}

/** A backtest whose history and range are set. */
export type RangedRun = RunRecord & PlayedHistory;

/** What a backtest plays, and the records it was read from. */
export interface ReadBacktest {
  readonly order: BacktestOrder;
  /** What is traded, a pair's other leg last. */
  readonly traded: readonly InstrumentRecord[];
  /** Minute candles of what is traded, and after them of what is read. */
  readonly candles: readonly CandleColumns[];
}

/** Reads all that a backtest plays, ready to cross into a thread. */
export async function readBacktestOrder(
  { history }: { readonly history: History },
  played: PlayedHistory,
  version: StrategyVersionRecord,
  kind: 'CANDLES' | 'TICKS',
): Promise<ReadBacktest> {
  const { traded, read } = rulesOfVersion(version);
  const markets = await history.markets();
  const calendarDays = await history.calendarDays(traded[0]?.exchange ?? 'NSE');
  const calendar = new TradingCalendar(calendarDays);
  const range = {
    datasetId: played.datasetId,
    kind,
    instrumentIds: traded.map(({ id }) => id),
    from: played.rangeFrom,
  };
  const candles = await minuteCandles(history, calendar, {
    ...range,
    instrumentIds: [...traded, ...read].map(({ id }) => id),
    to: played.rangeTo,
  });
  const previousCloses = await previousClosesOf(history, calendar, range);
  const bands = await history.priceBands();
  const order: BacktestOrder = {
    document: version.document,
    timeFrame: version.timeFrame,
    instruments: traded.map((instrument, index) => ({
      tradingSymbol: instrument.tradingSymbol,
      exchange: instrument.exchange,
      type: instrument.type,
      lotSize: instrument.lotSize,
      tickSize: instrument.tickSize.toNumber(),
      multiplier: instrument.multiplier.toNumber(),
      plans: markets.hoursOf(instrument)?.plans ?? [],
      ownDays: markets.daysOf(instrument),
      bands: {
        rules: bands,
        segment: instrument.segment,
        previousClose: previousCloses[index] ?? NaN,
      },
      candles: candles[index] as CandleColumns,
    })),
    references: candles.slice(traded.length),
    calendarDays,
    rateCards: await history.rateCardList(),
    marginRates: await history.marginRates(),
    initialCapital: played.initialCapital.toFixed(),
    fillModel: played.fillModel,
  };
  return { order, traded, candles };
}

import type { CandleColumns } from '@nandax/core/market/candles.ts';
import type { CsvFailure } from '@nandax/core/market/csv-failure.ts';
import type { TickColumns } from '@nandax/core/market/tick-csv.ts';
import type { Result } from '@nandax/core/result.ts';
import type { Decimal } from 'decimal.js';
import type { InstrumentView } from '../views/market.ts';

export type ExchangeCode = InstrumentView['exchange'];

/** An instrument that one user brought along. */
export interface NewInstrument {
  readonly id: string;
  readonly ownerId: string;
  readonly exchange: ExchangeCode;
  readonly tradingSymbol: string;
  readonly name: string;
  readonly type: 'EQUITY';
  /** Rupees. */
  readonly tickSize: Decimal;
  /** Units. */
  readonly lotSize: number;
  /** How many times its price one of quantity is worth. */
  readonly multiplier: Decimal;
  readonly createdAt: Date;
}

/** A user's own dataset of minute candles or of recorded ticks. */
export interface NewDataset {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly kind: 'CANDLES' | 'TICKS';
  /** Null for ticks. */
  readonly interval: 'MINUTE' | null;
  readonly adjustment: 'UNADJUSTED';
  readonly source: string;
  readonly createdAt: Date;
}

/** The candles of one instrument on one exchange day. */
export interface CandlesOfDay {
  /** `YYYY-MM-DD`. */
  readonly tradingDay: string;
  readonly candles: CandleColumns;
}

/** The ticks of one instrument on one exchange day. */
export interface TicksOfDay {
  /** `YYYY-MM-DD`. */
  readonly tradingDay: string;
  readonly ticks: TickColumns;
}

/** Instruments and recorded history within a transaction. */
export interface MarketDataRows {
  /** The shared instrument of that symbol, else the user's own; null: neither exists. */
  findInstrument(
    exchange: ExchangeCode,
    tradingSymbol: string,
    userId: string,
  ): Promise<{ readonly id: string } | null>;
  insertInstrument(instrument: NewInstrument): Promise<void>;
  insertDataset(dataset: NewDataset): Promise<void>;
  insertMinuteCandles(
    datasetId: string,
    instrumentId: string,
    days: readonly CandlesOfDay[],
  ): Promise<void>;
  insertTicks(datasetId: string, instrumentId: string, days: readonly TicksOfDay[]): Promise<void>;
}

export interface MarketDataStore {
  /** @throws UniqueKeyTaken where the user has a dataset of that name. */
  transaction<T>(work: (rows: MarketDataRows) => Promise<T>): Promise<T>;
}

/** What a file of history holds. */
export type HistoryFile =
  | { readonly kind: 'CANDLES'; readonly candles: CandleColumns }
  | { readonly kind: 'TICKS'; readonly ticks: TickColumns };

/**
 * Reads a file of history outside the event loop: recorded ticks where its header is theirs, else
 * candles in Kite's CSV format.
 */
export interface HistoryFileReader {
  read(content: string): Promise<Result<HistoryFile, readonly CsvFailure[]>>;
}

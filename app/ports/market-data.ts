import type { CandleColumns } from '@nandax/core/market/candles.ts';
import type { CsvFailure } from '@nandax/core/market/csv-failure.ts';
import type { Result } from '@nandax/core/result.ts';
import type { Decimal } from 'decimal.js';
import type { InstrumentView } from '../views.ts';

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
  readonly createdAt: Date;
}

/** A user's own dataset of minute candles. */
export interface NewDataset {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly kind: 'CANDLES';
  readonly interval: 'MINUTE';
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
}

export interface MarketDataStore {
  /** @throws UniqueKeyTaken where the user has a dataset of that name. */
  transaction<T>(work: (rows: MarketDataRows) => Promise<T>): Promise<T>;
}

/** Reads a file of candles in Kite's CSV format, outside the event loop. */
export interface CandleFileReader {
  read(content: string): Promise<Result<CandleColumns, readonly CsvFailure[]>>;
}

import type { CsvFailure } from '@nandax/core/market/csv-failure.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { Decimal } from 'decimal.js';
import { invalidInput, type InvalidInput } from '../failures.ts';
import type {
  HistoryFile,
  HistoryFileReader,
  ExchangeCode,
  MarketDataRows,
  MarketDataStore,
} from '../ports/market-data.ts';
import { UniqueKeyTaken } from '../ports/store.ts';
import type { Clock, IdSource } from '../ports/world.ts';
import { splitIntoDays, splitTicksIntoDays } from './split-into-days.ts';

/** A file that cannot be read: its name, and where what is wrong. */
export interface InvalidFile {
  readonly kind: 'INVALID_FILE';
  readonly fileName: string;
  readonly failures: readonly CsvFailure[];
}

export interface ImportHistoryPorts {
  readonly marketData: MarketDataStore;
  readonly historyFiles: HistoryFileReader;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface ImportHistoryInput {
  readonly userId: string;
  readonly fileName: string;
  /** Kite's candle CSV (minute candles), or recorded ticks: `timestamp,ltp,volume`. */
  readonly content: string;
  readonly instrument: {
    readonly exchange: ExchangeCode;
    readonly tradingSymbol: string;
    /** Rupees and units, for an instrument that is not known yet. */
    readonly tickSize: Decimal;
    readonly lotSize: number;
    /** How many times its price one of quantity is worth; null: 1. */
    readonly multiplier: Decimal | null;
  };
  readonly datasetName: string;
}

/** What an import made. */
export interface ImportedHistory {
  /** The dataset's. */
  readonly id: string;
  readonly kind: HistoryFile['kind'];
  /** Candles or ticks. */
  readonly rows: number;
  readonly days: number;
}

/** Days written in one statement, after which `onProgress` is told. */
const daysPerStep = 25;

/**
 * Imports a file of minute candles or recorded ticks as a new dataset of the user's own: the whole file, or nothing of
 * it. The instrument is the shared one of that symbol where there is one, else the user's own, which
 * is made where it does not exist. `onProgress` hears the part of the days written, 0 to 1.
 */
export async function importHistory(
  { marketData, historyFiles, clock, ids }: ImportHistoryPorts,
  input: ImportHistoryInput,
  onProgress: (part: number) => void = () => undefined,
): Promise<Result<ImportedHistory, InvalidFile | InvalidInput>> {
  const invalid = check(input);
  if (invalid !== null) return fail(invalid);
  const read = await historyFiles.read(input.content);
  if (!read.ok) {
    return fail({ kind: 'INVALID_FILE', fileName: input.fileName, failures: read.failure });
  }

  const file = read.value;
  const datasetId = ids.uuid();
  const createdAt = clock.now();
  let days = 0;
  try {
    await marketData.transaction(async (rows) => {
      await rows.insertDataset({
        id: datasetId,
        ownerId: input.userId,
        name: input.datasetName.trim(),
        kind: file.kind,
        interval: file.kind === 'CANDLES' ? 'MINUTE' : null,
        adjustment: 'UNADJUSTED',
        source: `Imported from ${input.fileName}`,
        createdAt,
      });
      const instrumentId = await instrumentOf(rows, input, ids, createdAt);
      days = await insertDays(rows, datasetId, instrumentId, file, onProgress);
    });
  } catch (error) {
    if (error instanceof UniqueKeyTaken) {
      return fail(invalidInput('datasetName', 'You already have a dataset of this name.'));
    }
    throw error;
  }
  const { length } = file.kind === 'CANDLES' ? file.candles : file.ticks;
  return succeed({ id: datasetId, kind: file.kind, rows: length, days });
}

/** Writes the file's days, some at a time, and returns how many there were. */
async function insertDays(
  rows: MarketDataRows,
  datasetId: string,
  instrumentId: string,
  file: HistoryFile,
  onProgress: (part: number) => void,
): Promise<number> {
  const inSteps = async <Day>(
    days: readonly Day[],
    insert: (step: readonly Day[]) => Promise<void>,
  ): Promise<number> => {
    for (let from = 0; from < days.length; from += daysPerStep) {
      const step = days.slice(from, from + daysPerStep);
      await insert(step);
      onProgress((from + step.length) / days.length);
    }
    return days.length;
  };
  return file.kind === 'CANDLES'
    ? inSteps(splitIntoDays(file.candles), (step) =>
        rows.insertMinuteCandles(datasetId, instrumentId, step),
      )
    : inSteps(splitTicksIntoDays(file.ticks), (step) =>
        rows.insertTicks(datasetId, instrumentId, step),
      );
}

async function instrumentOf(
  rows: MarketDataRows,
  { userId, instrument }: ImportHistoryInput,
  ids: IdSource,
  createdAt: Date,
): Promise<string> {
  const { exchange, tickSize, lotSize, multiplier } = instrument;
  const tradingSymbol = instrument.tradingSymbol.trim().toUpperCase();
  const known = await rows.findInstrument(exchange, tradingSymbol, userId);
  if (known !== null) return known.id;
  const id = ids.uuid();
  await rows.insertInstrument({
    id,
    ownerId: userId,
    exchange,
    tradingSymbol,
    name: tradingSymbol,
    type: 'EQUITY',
    tickSize,
    lotSize,
    multiplier: multiplier ?? new Decimal(1),
    createdAt,
  });
  return id;
}

function check({ datasetName, instrument, fileName }: ImportHistoryInput): InvalidInput | null {
  const name = datasetName.trim();
  if (name.length < 1 || name.length > 80) {
    return invalidInput('datasetName', 'A dataset’s name has 1 to 80 characters.');
  }
  if (fileName.length < 1 || fileName.length > 255) {
    return invalidInput('fileName', 'A file’s name has 1 to 255 characters.');
  }
  const symbol = instrument.tradingSymbol.trim();
  if (symbol.length < 1 || symbol.length > 40) {
    return invalidInput('tradingSymbol', 'A symbol has 1 to 40 characters.');
  }
  if (!instrument.tickSize.greaterThan(0)) {
    return invalidInput('tickSize', 'A tick is above 0 rupees.');
  }
  if (!Number.isInteger(instrument.lotSize) || instrument.lotSize < 1) {
    return invalidInput('lotSize', 'A lot has 1 unit or more.');
  }
  if (instrument.multiplier?.greaterThan(0) === false) {
    return invalidInput('multiplier', 'A multiplier is above 0.');
  }
  return null;
}

import type { CsvFailure } from '@nandax/core/market/csv-failure.ts';
import { parseKiteCandleCsv } from '@nandax/core/market/kite-candle-csv.ts';
import { parseTickCsv } from '@nandax/core/market/tick-csv.ts';
import { succeed, type Result } from '@nandax/core/result.ts';
import type { HistoryFile } from '../ports/market-data.ts';

/** Reads a file of history: recorded ticks where its header begins with `timestamp`, else candles. */
export function readHistoryFile(content: string): Result<HistoryFile, readonly CsvFailure[]> {
  if (content.trimStart().startsWith('timestamp')) {
    const ticks = parseTickCsv(content);
    return ticks.ok ? succeed({ kind: 'TICKS', ticks: ticks.value }) : ticks;
  }
  const candles = parseKiteCandleCsv(content);
  return candles.ok ? succeed({ kind: 'CANDLES', candles: candles.value }) : candles;
}

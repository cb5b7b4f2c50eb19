import { execFileSync } from 'node:child_process';

/** What tests/verification/derive-crossover.mjs prints: derived from the CSV alone, money as strings. */
export interface DerivedCrossover {
  readonly fills: readonly {
    readonly time: string;
    readonly side: 'BUY' | 'SELL';
    readonly quantity: number;
    readonly price: string;
  }[];
  readonly trades: readonly DerivedTrade[];
  readonly days: readonly { readonly date: string; readonly total: string }[];
  readonly grossPnl: string;
  readonly charges: { readonly total: string };
  readonly netPnl: string;
}

export interface DerivedTrade {
  readonly direction: 'LONG' | 'SHORT';
  readonly quantity: number;
  readonly entryTime: string;
  readonly entryPrice: string;
  readonly exitTime: string;
  readonly exitPrice: string;
  readonly grossPnl: string;
}

/** Runs the separate script, which shares no code with core/, on the bundled YESBANK candles. */
export function deriveCrossover(...options: string[]): DerivedCrossover {
  const script = 'tests/verification/derive-crossover.mjs';
  const data = 'data/nse/YESBANK_minute_2019-07-09_11.csv';
  const printed = execFileSync(process.execPath, [script, '--data', data, '--json', ...options], {
    encoding: 'utf8',
  });
  return JSON.parse(printed) as DerivedCrossover;
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A round trip as both the derivation and the screen tell it. */
export interface RoundTrip {
  readonly direction: string;
  readonly quantity: string;
  /** RFC 3339, UTC. */
  readonly entryTime: string;
  readonly entryPrice: string;
  readonly exitTime: string;
  readonly exitPrice: string;
  readonly grossPnl: string;
}

/** What the separate derivation makes of the crossover on the bundled YESBANK candles. */
export interface Derivation {
  readonly trades: readonly RoundTrip[];
  readonly grossPnl: string;
  readonly netPnl: string;
  readonly charges: {
    readonly total: string;
    readonly components: Readonly<Record<string, string>>;
  };
}

/** Runs the script that shares no code with the product. Amounts are rupees with two decimals. */
export async function deriveCrossover(): Promise<Derivation> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'tests/verification/derive-crossover.mjs',
    ...['--data', 'data/nse/YESBANK_minute_2019-07-09_11.csv'],
    ...['--fast', '10', '--slow', '30', '--time-frame', '5', '--capital', '100000', '--json'],
  ]);
  // Quantities are the only numbers in it; the screen's are compared as text.
  return JSON.parse(stdout, (_, value: unknown) =>
    typeof value === 'number' ? String(value) : value,
  ) as Derivation;
}

/** "−₹2,737.92" on the screen is "-2737.92". */
export function plainAmount(shown: string): string {
  return shown.replace('−', '-').replace(/[₹,+\s]/g, '');
}

/** The columns that `roundTripsOf` reads, in its order. */
export const roundTripColumns = [
  'Side',
  'Qty',
  'Entry (IST)',
  'Entry ₹',
  'Exit (IST)',
  'Exit ₹',
  'Gross',
] as const;

/** Reads round trips off a trades table, in the order of their entries. */
export function roundTripsOf(rows: readonly (readonly string[])[]): RoundTrip[] {
  return rows
    .map(([side, quantity, entry, entryPrice, exit, exitPrice, gross]): RoundTrip => {
      const [day = ''] = (entry ?? '').split(',');
      return {
        direction: (side ?? '').toUpperCase(),
        quantity: plainAmount(quantity ?? ''),
        entryTime: instantOf(entry ?? ''),
        entryPrice: plainAmount(entryPrice ?? ''),
        // An exit on the day of its entry is shown without the date.
        exitTime: instantOf(exit?.includes(',') ? exit : `${day}, ${exit ?? ''}`),
        exitPrice: plainAmount(exitPrice ?? ''),
        grossPnl: plainAmount(gross ?? ''),
      };
    })
    .sort((a, b) => a.entryTime.localeCompare(b.entryTime));
}

/** "10 Jul 2019, 09:35" in IST as an instant. */
function instantOf(shown: string): string {
  return new Date(`${shown.replace(',', '')} GMT+0530`).toISOString();
}

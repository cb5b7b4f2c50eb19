import type { StoreTransaction } from '../ports/store.ts';
import type { RunRecord } from '../records.ts';

/** Two sentences for the user about what a run holds as it ends; null: it holds nothing. */
export async function leftOpenBy(rows: StoreTransaction, run: RunRecord): Promise<string | null> {
  const left = await rows.portfolios.openTradesOfRun(run.id);
  if (left.length === 0) return null;
  const held = [
    ...new Set(
      left.map(
        ({ direction, symbol, product }) => `${symbol} ${product} (${direction.toLowerCase()})`,
      ),
    ),
  ];
  const own = `What it holds is yours from now on: ${held.join(', ')}.`;
  return left.some(({ product }) => product === 'MIS')
    ? `${own} Intraday positions are squared off at the square-off time, for the broker’s fee, unless you leave them before.`
    : own;
}

import type { RunDescription } from './describe-run.ts';
import { checkNames, verdictNames } from '@nandax/core/bias/bias-findings.ts';
import { csvOf } from '@nandax/app/reports/csv.ts';
import { statisticWords } from '@nandax/app/reports/statistic-words.ts';

/** The statistics and the last trades of a run, for a terminal. */
export function runTable({
  statistics,
  trades,
  openTrades,
  unfilled,
  bias,
}: RunDescription): string {
  const lines = statisticWords({ ...statistics }).map(
    ({ label, value }) => `${label.padEnd(26)} ${value.padStart(24)}`,
  );
  const shown = trades.slice(-10);
  if (shown.length > 0) {
    lines.push('', `The last ${shown.length} of ${trades.length} trades:`);
    for (const { instrument, size, entryTime, exitTime, entryPrice, exitPrice, pnl } of shown) {
      const when = `${entryTime.slice(0, 16)} to ${exitTime.slice(0, 16)}`;
      const prices = `${rounded(entryPrice)} -> ${rounded(exitPrice)}`;
      lines.push(
        `${instrument.padEnd(16)} ${String(size).padStart(10)}  ${when}  ${prices.padEnd(22)} ${pnl.toFixed(2).padStart(14)}`,
      );
    }
  }
  if (openTrades.length > 0) lines.push('', `${openTrades.length} still held at the end.`);
  const lost = Object.values(unfilled).reduce((sum, count) => sum + count, 0);
  if (lost > 0) {
    const { noMoney, noShorting, expired, working } = unfilled;
    lines.push(
      '',
      `${lost} orders not filled: ${noMoney} without money, ${noShorting} without shorting, ${expired} past their day, ${working} after the last bar.`,
    );
  }
  for (const { check, verdict, text } of bias?.findings ?? []) {
    lines.push('', `${checkNames[check]}: ${verdictNames[verdict]}.`, `  ${text}`);
  }
  return lines.join('\n');
}

/** Trades as CSV, times in exchange time. */
export function tradesCsv({ trades }: RunDescription): string {
  const [first] = trades;
  const names = Object.keys(
    first ?? {
      instrument: '',
      size: 0,
      entryBar: 0,
      exitBar: 0,
      entryTime: '',
      exitTime: '',
      entryPrice: 0,
      exitPrice: 0,
      pnl: 0,
      commission: 0,
      returnPct: 0,
      entryReason: '',
      exitReason: '',
    },
  );
  return csvOf(
    names,
    trades.map((trade) => Object.values(trade)),
  );
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}

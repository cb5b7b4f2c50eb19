import { Decimal } from 'decimal.js';
import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';

const secondsADay = 86_400;

/** What is written in capitals wherever it stands. */
const abbreviations = /\b(roi|cagr|pnl)\b/gi;

/** Statistics as people read them; what is there as a percentage is not told as a fraction too. */
export function statisticWords(
  statistics: Readonly<Record<string, unknown>>,
): readonly { readonly label: string; readonly value: string }[] {
  return Object.entries(statistics)
    .filter(([name]) => !Object.hasOwn(statistics, `${name}Percent`))
    .map(([name, value]) => ({ label: labelOf(name), value: valueOf(name, value) }));
}

/** A statistic's name as people read it: `maxDrawdownPercent` is "Max drawdown". */
function labelOf(name: string): string {
  // The names of backtesting.py are words already.
  if (!/^[a-z]+([A-Z][a-z]+)*$/.test(name)) return name;
  const words = name
    .replace(/Percent$/, '')
    .replace(/Seconds$/, 'Time')
    .replaceAll(/[A-Z]/g, ' $&');
  return (words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()).replaceAll(
    abbreviations,
    (word) => (word.toLowerCase() === 'pnl' ? 'P&L' : word.toUpperCase()),
  );
}

/** Its value with its unit, which the name tells: percent, days of a length, an exchange date. */
function valueOf(name: string, value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (value instanceof Decimal) return rounded(value.toNumber());
  if (typeof value === 'object' && 'days' in value) return `${rounded(Number(value.days))} days`;
  if (typeof value !== 'number') return value as string;
  if (name.endsWith('At')) return exchangeDateOf(value);
  if (name.endsWith('Seconds')) return `${rounded(value / secondsADay)} days`;
  if (name.endsWith('Percent')) return `${rounded(value)} %`;
  return rounded(value);
}

function rounded(value: number): string {
  return value.toLocaleString('en-IN', { maximumFractionDigits: 4 });
}

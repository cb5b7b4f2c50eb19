import { dayNumberOfDate } from '../calendar/exchange-time.ts';

/** Something in force from `validFrom` to `validTo`, both exchange dates `YYYY-MM-DD`, inclusive. */
export interface Dated {
  readonly validFrom: string;
  /** Null: still in force. */
  readonly validTo: string | null;
}

function requireDay(date: string): number {
  const day = dayNumberOfDate(date);
  if (day === null) throw new RangeError(`no such date: ${date}`);
  return day;
}

function daysOutside(row: Dated, day: number): number {
  const before = requireDay(row.validFrom) - day;
  const after = row.validTo === null ? 0 : day - requireDay(row.validTo);
  return Math.max(before, after, 0);
}

/**
 * The row in force on `date`, or else the one whose period is nearest in days (of two equally near,
 * the first in the list), with `covered` false; null where there is no row at all. Throws on a
 * malformed date, which readers have refused before.
 */
export function nearestDated<Row extends Dated>(
  rows: readonly Row[],
  date: string,
): { readonly row: Row; readonly covered: boolean } | null {
  const day = requireDay(date);
  let nearest: Row | null = null;
  let shortest = Infinity;
  for (const row of rows) {
    const distance = daysOutside(row, day);
    if (distance < shortest) {
      nearest = row;
      shortest = distance;
    }
  }
  return nearest === null ? null : { row: nearest, covered: shortest === 0 };
}

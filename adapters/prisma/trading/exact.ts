import { Decimal } from 'decimal.js';

/** Anything that prints a decimal number exactly; Prisma's own decimal class is one. */
interface Printable {
  toString(): string;
}

/** The decimal of a row as the domain's decimal class; exact. */
export function exact(value: Printable): Decimal {
  return new Decimal(value.toString());
}

/** As `exact`, for a column that may be null. */
export function exactOrNull(value: Printable | null): Decimal | null {
  return value === null ? null : exact(value);
}

/** A date column takes midnight UTC of the exchange day. */
export function dateColumn(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/** The exchange day of a date column, `YYYY-MM-DD`. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

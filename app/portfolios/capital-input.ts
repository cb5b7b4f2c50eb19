import type { Decimal } from 'decimal.js';
import { invalidInput, type InvalidInput } from '../failures.ts';

/** Rupees; a thousand crore is more than any paper portfolio needs. */
const mostCapital = 10_000_000_000;

/** Refuses rupees that no paper portfolio is given at once. */
export function checkCapital(field: string, amount: Decimal): InvalidInput | null {
  if (amount.greaterThan(0) && amount.lessThanOrEqualTo(mostCapital)) return null;
  return invalidInput(field, 'The amount is above 0 and at most 10,000,000,000.');
}

/** The name without blanks around it, or why it is none. */
export function checkPortfolioName(name: string): InvalidInput | null {
  const { length } = name.trim();
  if (length >= 1 && length <= 80) return null;
  return invalidInput('name', 'A portfolio’s name has 1 to 80 characters.');
}

/** Refuses what is no idempotency key. */
export function checkIdempotencyKey(key: string): InvalidInput | null {
  if (key.length >= 1 && key.length <= 64) return null;
  return invalidInput('idempotencyKey', 'An idempotency key has 1 to 64 characters.');
}

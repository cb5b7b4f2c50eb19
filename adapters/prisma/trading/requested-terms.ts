import { Decimal } from 'decimal.js';
import type { ChangeableTerms } from '@nandax/core/order/order.ts';
import { exactOrNull } from './exact.ts';

/** Terms as `snapshot` writes them: amounts are decimal strings. */
type StoredTerms = {
  readonly [K in keyof ChangeableTerms]: ChangeableTerms[K] extends Decimal | null
    ? string | null
    : ChangeableTerms[K];
};

/** The terms in the column `Order.requestedTerms`; null: no change waits for its answer. */
export function requestedTermsOf(column: unknown): ChangeableTerms | null {
  if (column === null) return null;
  const terms = column as StoredTerms;
  return {
    ...terms,
    quantity: new Decimal(terms.quantity ?? 0),
    price: exactOrNull(terms.price),
    triggerPrice: exactOrNull(terms.triggerPrice),
    disclosedQuantity: exactOrNull(terms.disclosedQuantity),
    marketProtectionPercent: exactOrNull(terms.marketProtectionPercent),
  };
}

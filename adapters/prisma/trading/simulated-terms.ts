import type { ChangeableTerms } from '@nandax/core/order/order.ts';
import type { SimulatedOrder } from '../generated/client.ts';
import { exact, exactOrNull } from './exact.ts';

/** The terms of a row of the order book. */
export function termsOfRow(order: SimulatedOrder): ChangeableTerms {
  return {
    type: order.type,
    validity: order.validity,
    validityMinutes: order.validityMinutes,
    quantity: exact(order.quantity),
    price: exactOrNull(order.price),
    triggerPrice: exactOrNull(order.triggerPrice),
    disclosedQuantity: exactOrNull(order.disclosedQuantity),
    marketProtectionPercent: exactOrNull(order.marketProtectionPercent),
  };
}

/** The columns that hold the terms. */
export function columnsOf(terms: ChangeableTerms) {
  return {
    type: terms.type,
    validity: terms.validity,
    validityMinutes: terms.validityMinutes,
    quantity: terms.quantity.toFixed(),
    price: terms.price?.toFixed() ?? null,
    triggerPrice: terms.triggerPrice?.toFixed() ?? null,
    disclosedQuantity: terms.disclosedQuantity?.toFixed() ?? null,
    marketProtectionPercent: terms.marketProtectionPercent?.toFixed() ?? null,
  };
}

import type { ChangeableTerms } from '@nandax/core/order/order.ts';
import { Decimal } from 'decimal.js';
import type { BrokerOrder } from '@nandax/app/ports/broker.ts';
import type { BookedOrder } from './stand-in-broker.ts';

/** JSON as it goes over the line: amounts as text, instants in ISO 8601. */
export type Written<T> = T extends Decimal | Date
  ? string
  : T extends object
    ? { readonly [K in keyof T]: Written<T[K]> }
    : T;

function amountOf(written: string | null): Decimal | null {
  return written === null ? null : new Decimal(written);
}

/** The terms that an order is to have. */
export function readTerms(written: Written<ChangeableTerms>): ChangeableTerms {
  return {
    type: written.type,
    validity: written.validity,
    validityMinutes: written.validityMinutes,
    quantity: new Decimal(written.quantity),
    price: amountOf(written.price),
    triggerPrice: amountOf(written.triggerPrice),
    disclosedQuantity: amountOf(written.disclosedQuantity),
    marketProtectionPercent: amountOf(written.marketProtectionPercent),
  };
}

/** An order that was sent to the broker. */
export function readOrder(written: Written<BrokerOrder>): BrokerOrder {
  return { ...written, ...readTerms(written), marketTime: new Date(written.marketTime) };
}

/** An order as the broker's book has it. */
export function readBooked(written: Written<BookedOrder>): BookedOrder {
  return {
    ...written,
    terms: readTerms(written.terms),
    executions: written.executions.map(({ tradeId, quantity, price, executedAt }) => ({
      tradeId,
      quantity: new Decimal(quantity),
      price: new Decimal(price),
      executedAt: new Date(executedAt),
    })),
  };
}

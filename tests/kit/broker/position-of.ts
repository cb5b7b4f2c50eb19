import type { Product } from '@nandax/core/order/order-terms.ts';
import type { Decimal } from 'decimal.js';
import type { BrokerPosition } from '@nandax/app/ports/broker.ts';

/** A position as the stand-in keys it: instrument and product. */
export function positionOf([key, netQuantity]: readonly [string, Decimal]): BrokerPosition {
  const [instrumentId = '', product] = key.split(' ');
  return { instrumentId, product: product as Product, netQuantity };
}

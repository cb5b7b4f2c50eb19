import type { KernelTerms } from '@nandax/core/exchange/order-columns.ts';
import type { RestingOrder } from '../ports/exchange.ts';

/** An order of the exchange's books in the numbers of the kernel, with what is left of it. */
export function kernelTermsOf({
  terms,
  filledQuantity,
  expiresAt,
  protectionLimit,
}: RestingOrder): KernelTerms {
  return {
    type: terms.type,
    quantity: terms.quantity.minus(filledQuantity).toNumber(),
    price: terms.price?.toNumber(),
    triggerPrice: terms.triggerPrice?.toNumber(),
    marketProtectionPercent: terms.marketProtectionPercent?.toNumber(),
    protectionLimit: protectionLimit?.toNumber(),
    immediateOrCancel: terms.validity === 'IOC',
    expiresAt: expiresAt?.getTime(),
  };
}

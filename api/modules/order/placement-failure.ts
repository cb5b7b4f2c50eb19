import { Decimal } from 'decimal.js';
import type { OrderDenied } from '@nandax/app/orders/order-denied.ts';
import type { Context } from '../../context.ts';
import { contractFailure, type DomainFailure } from '../failure/contract-failure.ts';

/** Why a request for orders came to nothing, as the contract shows it. */
export async function placementFailure(
  { loaders }: Context,
  failure: OrderDenied | DomainFailure,
): Promise<object> {
  if (failure.kind !== 'ORDER_DENIED') return contractFailure(failure);
  const { order, code, limit, actual, scope, phase, until } = failure;
  return {
    __typename: 'OrderDenied',
    message: order.reason,
    code,
    limit: limit === null ? null : new Decimal(limit),
    actual: actual === null ? null : new Decimal(actual),
    scope,
    phase,
    until: until === null ? null : new Date(until),
    order: await loaders.order.load(order.id),
  };
}

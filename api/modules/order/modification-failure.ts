import type { ModificationDenied } from '@nandax/app/orders/modify-order.ts';
import type { Context } from '../../context.ts';
import { contractFailure, type DomainFailure } from '../failure/contract-failure.ts';

/** Why a change of an order, or of what protects with one, was refused, as the contract shows it. */
export async function modificationFailure(
  { loaders }: Context,
  failure: ModificationDenied | DomainFailure,
): Promise<object> {
  if (failure.kind !== 'MODIFICATION_DENIED') return contractFailure(failure);
  const { message, code, limit, actual, scope, phase = null, until = null, order } = failure;
  return {
    __typename: 'OrderDenied',
    message,
    code,
    limit,
    actual,
    scope,
    phase,
    until,
    order: await loaders.order.load(order.id),
  };
}

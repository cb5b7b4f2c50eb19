import type { Result } from '@nandax/core/result.ts';
import type { EntityName } from '@nandax/app/views/node.ts';
import type { Context } from '../../context.ts';
import { loadView } from '../../relay/find-own.ts';
import { contractFailure, type DomainFailure } from './contract-failure.ts';

/** The answer of a mutation: the object a use-case made or changed, read anew, or its failure. */
export async function answer(
  { loaders }: Context,
  entity: EntityName,
  result: Result<{ readonly id: string }, DomainFailure>,
): Promise<object> {
  if (!result.ok) return contractFailure(result.failure);
  const view = await loadView(loaders, entity, result.value.id);
  if (view === null) throw new Error(`${entity} ${result.value.id} vanished after it was written`);
  return view;
}

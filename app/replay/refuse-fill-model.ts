import { checkFillModel, type FillModel } from '@nandax/core/exchange/fill-model.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';

/** Why orders cannot fill by a model that someone asked for; null: they can. */
export function refuseFillModel(model: FillModel): InvalidInput | null {
  const failure = checkFillModel(model);
  return failure === null ? null : invalidInput(`fillModel.${failure.field}`, failure.message);
}

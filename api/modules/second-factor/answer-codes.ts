import type { Result } from '@nandax/core/result.ts';
import type { NewRecoveryCodes } from '@nandax/app/second-factor/confirm-totp.ts';
import type { Context } from '../../context.ts';
import { contractFailure, type DomainFailure } from '../failure/contract-failure.ts';

/** Answers fresh recovery codes with their user read anew, or why there are none. */
export async function answerCodes(
  { loaders }: Context,
  result: Result<NewRecoveryCodes, DomainFailure>,
): Promise<object> {
  if (!result.ok) return contractFailure(result.failure);
  const { userId, codes } = result.value;
  return { __typename: 'RecoveryCodes', codes, user: await loaders.user.load(userId) };
}

import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { refreshTokens } from '@nandax/app/sessions/refresh-tokens.ts';
import { Access, CredentialEndpoint, InputField } from '../../access/declare.ts';
import { ANYONE } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { IssuedTokens } from '../account/login-result.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidRefreshToken } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';

@InputType({ description: 'A program that wants to go on.' })
class RefreshTokensInput {
  @InputField(() => String, 'Its refresh token; it is used up by this.')
  refreshToken!: string;
}

const RefreshTokensResult = resultUnion(
  'RefreshTokensResult',
  'The next pair of tokens, or why there is none.',
  () => IssuedTokens,
  [InvalidRefreshToken],
);

@Resolver()
export class RefreshTokensMutation {
  @Access(ANYONE)
  @CredentialEndpoint()
  @Mutation(() => RefreshTokensResult, {
    description:
      'Gives the next pair of tokens for a refresh token. One that is used twice ends its session.',
  })
  async refreshTokens(
    @Ctx() { ports, http: { ipAddress, userAgent } }: Context,
    @Arg('input', () => RefreshTokensInput, { description: 'The refresh token.' })
    { refreshToken }: RefreshTokensInput,
  ) {
    const result = await refreshTokens(ports, { refreshToken, origin: { ipAddress, userAgent } });
    return result.ok
      ? { __typename: 'IssuedTokens', ...result.value }
      : contractFailure(result.failure);
  }
}

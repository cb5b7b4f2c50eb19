import { Arg, Ctx, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { createApiKey } from '@nandax/app/api-keys/create-api-key.ts';
import type { ApiScope } from '@nandax/app/ports/api-keys.ts';
import type { ApiKeyView } from '@nandax/app/views/account.ts';
import { Access, CredentialEndpoint, InputField, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { DateTime } from '../../scalars/scalars.ts';
import { InvalidCredentials, TooManyAttempts } from '../account/login-result.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { TierLimitReached } from '../tier/tier-limit.ts';
import { ApiKey, ApiKeyScope } from './api-key.ts';

@InputType({ description: 'An API key to make.' })
class CreateApiKeyInput {
  @InputField(() => String, 'Name for people, 1 to 80 characters.')
  name!: string;

  @InputField(() => [ApiKeyScope], 'What it may do, at least one.')
  scopes!: ApiScope[];

  @InputField(
    () => [String],
    'Addresses and networks (CIDR) it may come from, at most 20; empty: any.',
    { defaultValue: [] },
  )
  allowedIps!: string[];

  @InputField(() => DateTime, 'When it ends; left out: when it is revoked.', { nullable: true })
  expiresAt?: Date | null;

  @InputField(() => String, 'Your password, once more.')
  password!: string;
}

@ObjectType({ description: 'A new API key. Its secret is told here and never again.' })
export class CreatedApiKey {
  @Visible(WITH_PARENT, () => ApiKey, 'The key as it will be listed.')
  apiKey!: ApiKeyView;

  @Visible(WITH_PARENT, () => String, 'The key itself: send it as `Authorization: Bearer`.')
  secret!: string;
}

const CreateApiKeyResult = resultUnion(
  'CreateApiKeyResult',
  'The key with its secret, or why there is none.',
  () => CreatedApiKey,
  [InvalidInput, InvalidCredentials, TooManyAttempts, TierLimitReached],
);

@Resolver()
export class CreateApiKeyMutation {
  @Access(SIGNED_IN, NO_KEY)
  @CredentialEndpoint()
  @Mutation(() => CreateApiKeyResult, {
    description: 'Makes an API key and tells its secret once.',
  })
  async createApiKey(
    @Person() actor: UserActor,
    @Ctx() { ports, loaders }: Context,
    @Arg('input', () => CreateApiKeyInput, { description: 'Its name, scopes and bounds.' })
    input: CreateApiKeyInput,
  ) {
    const { name, scopes, allowedIps, password } = input;
    const expiresAt = input.expiresAt ?? null;
    const result = await createApiKey(ports, {
      actor,
      name,
      scopes,
      allowedIps,
      expiresAt,
      password,
    });
    if (!result.ok) return contractFailure(result.failure);
    const { id, secret } = result.value;
    return { __typename: 'CreatedApiKey', apiKey: await loaders.apiKey.load(id), secret };
  }
}

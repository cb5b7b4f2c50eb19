import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { revokeApiKey } from '@nandax/app/api-keys/revoke-api-key.ts';
import { Access, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ApiKey } from './api-key.ts';

@InputType({ description: 'An API key to revoke.' })
class RevokeApiKeyInput {
  @InputField(() => ID, 'The key.')
  id!: string;
}

const RevokeApiKeyResult = resultUnion(
  'RevokeApiKeyResult',
  'The revoked key, or why none was.',
  () => ApiKey,
  [NotFound],
);

@Resolver()
export class RevokeApiKeyMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => RevokeApiKeyResult, {
    description: 'Revokes an API key: its requests and sockets end within seconds.',
  })
  async revokeApiKey(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => RevokeApiKeyInput, { description: 'Which key.' })
    input: RevokeApiKeyInput,
  ) {
    const apiKeyId = localIdOf('ApiKey', input.id);
    const result = await revokeApiKey(context.ports, { actor, apiKeyId });
    return answer(context, 'ApiKey', result);
  }
}

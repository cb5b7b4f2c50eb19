import { Arg, Ctx, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { revokeSession } from '@nandax/app/sessions/revoke-session.ts';
import { Access, InputField, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { contractFailure } from '../failure/contract-failure.ts';
import { NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';

@InputType({ description: 'A session to end.' })
class RevokeSessionInput {
  @InputField(() => ID, 'The session.')
  id!: string;
}

@ObjectType({ description: 'A session that has ended; what acted by it is logged out.' })
export class RevokedSession {
  @Visible(WITH_PARENT, () => ID, 'The session.')
  id!: string;
}

const RevokeSessionResult = resultUnion(
  'RevokeSessionResult',
  'The session that ended, or why none did.',
  () => RevokedSession,
  [NotFound],
);

@Resolver()
export class RevokeSessionMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => RevokeSessionResult, {
    description: 'Logs a device out: its requests and sockets end within seconds.',
  })
  async revokeSession(
    @Person() actor: UserActor,
    @Ctx() { ports }: Context,
    @Arg('input', () => RevokeSessionInput, { description: 'Which session.' })
    input: RevokeSessionInput,
  ) {
    const sessionId = localIdOf('Session', input.id);
    const result = await revokeSession(ports, { actor, sessionId });
    return result.ok
      ? { __typename: 'RevokedSession', id: input.id }
      : contractFailure(result.failure);
  }
}

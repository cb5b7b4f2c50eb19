import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { releaseRiskLock } from '@nandax/app/risk/release-risk-lock.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN } from '../../access/rules.ts';
import { Person, Viewer, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { RiskLock } from './risk-lock.ts';

@InputType({ description: 'A lock to end.' })
class ReleaseRiskLockInput {
  @InputField(() => ID, 'The lock, which still holds.')
  id!: string;
}

const ReleaseRiskLockResult = resultUnion(
  'ReleaseRiskLockResult',
  'The lock as it stands now, or why it was not released.',
  () => RiskLock,
  [IllegalState, NotFound],
);

@Resolver()
export class ReleaseRiskLockMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => ReleaseRiskLockResult, {
    description:
      'Ends a lock, so that entries pass again. Results count anew from then on: a further loss locks again.',
  })
  async releaseRiskLock(
    @Person() actor: UserActor,
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => ReleaseRiskLockInput, { description: 'Which lock.' })
    input: ReleaseRiskLockInput,
  ) {
    const lockId = localIdOf('RiskLock', input.id);
    const result = await releaseRiskLock(context.ports, {
      actor,
      administrates: viewer.role === 'ADMIN',
      lockId,
    });
    return answer(context, 'RiskLock', result);
  }
}

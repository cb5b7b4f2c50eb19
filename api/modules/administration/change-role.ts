import { Arg, Ctx, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { changeRole } from '@nandax/app/administration/change-role.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { Access, InputField } from '../../access/declare.ts';
import { ADMIN, NO_KEY } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { UserRole } from '../account/user.ts';
import { answer } from '../failure/answer.ts';
import { IllegalState, NotFound } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { ManagedAccount } from './managed-account.ts';

@InputType({ description: 'An account and its new role.' })
class ChangeRoleInput {
  @InputField(() => ID, 'The account.')
  id!: string;

  @InputField(() => UserRole, 'What its user may do from now on.')
  role!: UserView['role'];
}

const ChangeRoleResult = resultUnion(
  'ChangeRoleResult',
  'The account as it stands now, or why it was not changed.',
  () => ManagedAccount,
  [IllegalState, NotFound],
);

@Resolver()
export class ChangeRoleMutation {
  @Access(ADMIN, NO_KEY)
  @Mutation(() => ChangeRoleResult, {
    description: 'Gives another account a role. For administrators.',
  })
  async changeRole(
    @Person() actor: UserActor,
    @Ctx() context: Context,
    @Arg('input', () => ChangeRoleInput, { description: 'Which account.' })
    input: ChangeRoleInput,
  ) {
    const userId = localIdOf('ManagedAccount', input.id);
    const result = await changeRole(context.ports, { actor, userId, role: input.role });
    return answer(context, 'ManagedAccount', result);
  }
}

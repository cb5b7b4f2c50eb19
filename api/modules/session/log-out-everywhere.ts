import { Ctx, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { UserActor } from '@nandax/app/actor.ts';
import { logOutEverywhere } from '@nandax/app/sessions/log-out-everywhere.ts';
import { Access, Visible } from '../../access/declare.ts';
import { NO_KEY, SIGNED_IN, WITH_PARENT } from '../../access/rules.ts';
import { Person, type Context } from '../../context.ts';
import { Count } from '../../scalars/scalars.ts';
import { resultUnion } from '../failure/result-union.ts';

@ObjectType({ description: 'No device is logged in to the account any more.' })
export class LoggedOutEverywhere {
  @Visible(WITH_PARENT, () => Count, 'How many sessions ended, this one among them.')
  sessions!: number;
}

const LogOutEverywhereResult = resultUnion(
  'LogOutEverywhereResult',
  'The end of all sessions.',
  () => LoggedOutEverywhere,
  [],
);

@Resolver()
export class LogOutEverywhereMutation {
  @Access(SIGNED_IN, NO_KEY)
  @Mutation(() => LogOutEverywhereResult, {
    description: 'Ends every session of your account, this one too. API keys stay.',
  })
  async logOutEverywhere(@Person() actor: UserActor, @Ctx() context: Context) {
    const { ports, http } = context;
    const sessions = await logOutEverywhere(ports, actor);
    http.setCookie(ports.webSessions.blankCookie(http));
    context.viewer = null;
    return { __typename: 'LoggedOutEverywhere', sessions };
  }
}

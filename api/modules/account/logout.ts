import { Ctx, Mutation, ObjectType, Resolver } from 'type-graphql';
import { logOut } from '@nandax/app/sessions/log-out.ts';
import { Access, Visible } from '../../access/declare.ts';
import { ANYONE, WITH_PARENT } from '../../access/rules.ts';
import type { Context } from '../../context.ts';
import { resultUnion } from '../failure/result-union.ts';

@ObjectType({ description: 'Nobody is logged in any more.' })
export class LoggedOut {
  @Visible(WITH_PARENT, () => Boolean, 'Whether someone was logged in before.')
  loggedOut!: boolean;
}

const LogoutResult = resultUnion('LogoutResult', 'The end of a session.', () => LoggedOut, []);

@Resolver()
export class LogoutMutation {
  @Access(ANYONE)
  @Mutation(() => LogoutResult, {
    description:
      'Ends the session that asks: a browser’s cookie is taken back, a program’s tokens are worth nothing any more.',
  })
  async logout(@Ctx() context: Context) {
    const { ports, http, viewer, actor } = context;
    if (actor.kind === 'USER') await logOut(ports, actor);
    http.setCookie(ports.webSessions.blankCookie(http));
    context.viewer = null;
    return { __typename: 'LoggedOut', loggedOut: viewer !== null };
  }
}

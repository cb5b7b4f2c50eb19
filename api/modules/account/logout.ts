import { Ctx, Mutation, ObjectType, Resolver } from 'type-graphql';
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
    description: 'Ends the session of this browser and takes its cookie back.',
  })
  async logout(@Ctx() context: Context) {
    const { ports, http, viewer } = context;
    if (http.sessionSecret !== null) await ports.webSessions.close(http.sessionSecret);
    http.setCookie(ports.webSessions.blankCookie(http));
    context.viewer = null;
    return { __typename: 'LoggedOut', loggedOut: viewer !== null };
  }
}

import type { Origin, UserActor } from '@nandax/app/actor.ts';
import { type Context } from '../../context.ts';
import { unauthenticatedError } from '../../errors/graphql-errors.ts';

/** Who is logged in, for what no API key may do. */
export function actingUser({ actor, refusal }: Context): UserActor {
  if (actor.kind !== 'USER') throw unauthenticatedError(refusal);
  return actor;
}

/** From where someone calls who shows a link or a password and need not be logged in. */
export function originOf({ http: { ipAddress, userAgent } }: Context): Origin {
  return { ipAddress, userAgent };
}

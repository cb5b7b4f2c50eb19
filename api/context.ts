import { createParameterDecorator } from 'type-graphql';
import type { ApiKeyActor, StrangerActor, UserActor } from '@nandax/app/actor.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import type { Refusal } from './door/credentials.ts';
import type { Deadline } from './door/deadline.ts';
import { unauthenticatedError } from './errors/graphql-errors.ts';
import type { Hub } from './hub/hub.ts';
import type { Loaders } from './loaders.ts';
import type { ApiPorts } from './ports.ts';

/** What a resolver knows of the operation it works for. */
export interface Context {
  /** Who is logged in; null: nobody. Logging in and out change it for the rest of the operation. */
  viewer: UserView | null;
  /** By which credential they act, and from where; the audit trail names them. */
  actor: CallingActor;
  /** Why the credential that was sent does not count; null: it does, or none was sent. */
  readonly refusal: Refusal | null;
  /** Where the viewer's event log stood before anything was read; null: it was not asked for. */
  eventSequence: bigint | null;
  readonly ports: ApiPorts;
  /** Live streams, shared by all operations of this process. */
  readonly hub: Hub;
  /** Batched reads. They last as long as one answer: a mutation field or an event gets fresh ones. */
  loaders: Loaders;
  readonly http: HttpExchange;
  /** When it has to be done. */
  readonly deadline: Deadline;
}

/** Who can call the API. */
export type CallingActor = UserActor | ApiKeyActor | StrangerActor;

/** The HTTP side of an operation. */
export interface HttpExchange {
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  /** Whether the caller's browser speaks HTTPS. */
  readonly https: boolean;
  /** Secret of the session that the caller sent; null: none. */
  readonly sessionSecret: string | null;
  /** Adds a Set-Cookie header to the answer; over a WebSocket there is none to add it to. */
  readonly setCookie: (cookie: string) => void;
}

/** Who acts for the logged-in user, as a resolver's parameter. */
export const Caller = () =>
  createParameterDecorator<Context>(({ context }) => {
    if (context.actor.kind === 'STRANGER') throw unauthenticatedError(context.refusal);
    return context.actor;
  });

/** As `Caller`, where the field is closed to API keys: someone with a session. */
export const Person = () =>
  createParameterDecorator<Context>(({ context: { actor, refusal } }) => {
    if (actor.kind !== 'USER') throw unauthenticatedError(refusal);
    return actor;
  });

/** The logged-in user, as a resolver's parameter. */
export const Viewer = () =>
  createParameterDecorator<Context>(({ context }) => {
    if (context.viewer === null) throw unauthenticatedError(context.refusal);
    return context.viewer;
  });

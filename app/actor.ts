import type { ApiScope } from './ports/api-keys.ts';

/** Where a request came from; null: not known. Personal data. */
export interface Origin {
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

/** A user who is logged in, in a browser or by a program's access token. */
export interface UserActor extends Origin {
  readonly kind: 'USER';
  readonly userId: string;
  readonly sessionId: string;
}

/** A program of a user, by an API key. */
export interface ApiKeyActor extends Origin {
  readonly kind: 'API_KEY';
  readonly userId: string;
  readonly apiKeyId: string;
  readonly scopes: ReadonlySet<ApiScope>;
}

/** Someone with an account, by whichever credential. */
export type AccountActor = UserActor | ApiKeyActor;

/** An agent, for its user. */
export interface AgentActor {
  readonly kind: 'AGENT';
  readonly userId: string;
  readonly agentId: string;
}

/** Someone who is not logged in. */
export interface StrangerActor extends Origin {
  readonly kind: 'STRANGER';
}

/** NandaX itself: a worker's own doing, or a command on the server. */
export interface SystemActor {
  readonly kind: 'SYSTEM';
}

/** Who does something. The audit trail names them. */
export type Actor = UserActor | ApiKeyActor | AgentActor | StrangerActor | SystemActor;

export const systemActor: SystemActor = { kind: 'SYSTEM' };

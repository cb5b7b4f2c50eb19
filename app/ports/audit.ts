import type { Actor } from '../actor.ts';
import type { Json } from './events.ts';

/** What the audit trail knows to have happened. */
export type AuditAction =
  // Accounts
  | 'ACCOUNT_REGISTERED'
  | 'PROFILE_CHANGED'
  | 'SETTINGS_CHANGED'
  | 'EMAIL_CHANGE_REQUESTED'
  | 'EMAIL_CHANGED'
  | 'PASSWORD_CHANGED'
  | 'PASSWORD_RESET_REQUESTED'
  | 'PASSWORD_RESET'
  | 'ACCOUNT_DELETED'
  | 'ACCOUNT_RESTORED'
  | 'ACCOUNT_ERASED'
  // Logging in
  | 'LOGIN_SUCCEEDED'
  | 'LOGIN_FAILED'
  | 'LOGGED_OUT'
  | 'LOGGED_OUT_EVERYWHERE'
  | 'SESSION_REVOKED'
  | 'REFRESH_TOKEN_REUSED'
  // Second factor
  | 'TOTP_ENABLED'
  | 'TOTP_DISABLED'
  | 'RECOVERY_CODES_RENEWED'
  | 'RECOVERY_CODE_USED'
  | 'PASSKEY_ADDED'
  | 'PASSKEY_REMOVED'
  | 'PASSKEY_COUNTER_FELL'
  // API keys and brokers
  | 'API_KEY_CREATED'
  | 'API_KEY_REVOKED'
  | 'BROKER_CONNECTED'
  | 'BROKER_DISCONNECTED'
  // Administration
  | 'ACCOUNT_SUSPENDED'
  | 'ACCOUNT_REINSTATED'
  | 'ROLE_CHANGED'
  | 'TIER_CHANGED'
  | 'TIER_LIMITS_CHANGED'
  | 'JOB_RETRIED'
  | 'JOB_DISCARDED'
  // Trading
  | 'PORTFOLIO_CREATED'
  | 'PORTFOLIO_RENAMED'
  | 'PORTFOLIO_RESET'
  | 'MONEY_DEPOSITED'
  | 'MONEY_WITHDRAWN'
  | 'STRATEGY_CREATED'
  | 'STRATEGY_CHANGED'
  | 'STRATEGY_DELETED'
  | 'AGENT_CREATED'
  | 'AGENT_STARTED'
  | 'AGENT_PAUSED'
  | 'AGENT_RESUMED'
  | 'AGENT_STOPPED'
  | 'ORDER_PLACED'
  | 'ORDER_DENIED'
  | 'ORDER_MODIFY_REQUESTED'
  | 'ORDER_CANCEL_REQUESTED'
  | 'GTT_PLACED'
  | 'GTT_CHANGED'
  | 'GTT_CANCELLED'
  | 'PROTECTIVE_STOP_SET'
  | 'PROTECTIVE_STOP_CHANGED'
  | 'PROTECTIVE_STOP_REMOVED'
  // Risk
  | 'RISK_LIMITS_CHANGED'
  | 'RISK_LOCK_RELEASED'
  | 'FINDING_ACKNOWLEDGED'
  | 'KILL_SWITCH_ACTIVATED'
  | 'KILL_SWITCH_FINISHED'
  | 'KILL_SWITCH_RELEASED';

/** The chain of what concerns the installation and no single account. */
export const installationChain = '00000000-0000-0000-0000-000000000000';

export interface AuditEntry {
  /** The user whose account it concerns, or `installationChain`. */
  readonly chain: string;
  readonly action: AuditAction;
  readonly actor: Actor;
  /** What was acted on, e.g. `Order`; null: the account itself. */
  readonly entity?: string | null;
  readonly entityId?: string | null;
  /** What changed, without personal data and without secrets. */
  readonly before?: Json;
  readonly after?: Json;
  /** Personal data of the change (an address, a name): sealed under the chain's user's key. */
  readonly personal?: { readonly [key: string]: Json };
}

/** The audit trail of a transaction. */
export interface AuditRows {
  /**
   * Appends, and seals address, device and other personal data. It is written when the work of the
   * transaction is done, in the order of the calls.
   */
  append(entries: readonly AuditEntry[], at: Date): Promise<void>;
}

/** The end of a chain. */
export interface AuditHead {
  readonly chain: string;
  readonly position: bigint;
  readonly hash: string;
}

/** A row as it stands in the trail; its hash covers every other field. */
export interface AuditRecord extends AuditHead {
  readonly id: string;
  readonly occurredAt: Date;
  readonly action: string;
  readonly actorKind: Actor['kind'];
  readonly actorUserId: string | null;
  readonly actorId: string | null;
  readonly entity: string | null;
  readonly entityId: string | null;
  /** Canonical JSON of `{ before, after }`. */
  readonly detail: string;
  readonly personal: string | null;
  readonly personalOf: string | null;
  readonly previousHash: string;
}

/** Where a row stands in the trail. */
export type AuditPlace = Pick<AuditHead, 'chain' | 'position'>;

/** Reads that prove the trail. */
export interface AuditTrail {
  /** All rows of a chain from `after` on, in order, in batches. */
  records(chain: string, after: bigint): AsyncIterable<readonly AuditRecord[]>;
  /** The stored hash of each place, in the order asked; null: there is no row. */
  hashesAt(places: readonly AuditPlace[]): Promise<readonly (string | null)[]>;
  /** Every chain that has a head or a row. */
  chains(): Promise<readonly string[]>;
  head(chain: string): Promise<AuditHead | null>;
  /** Heads that moved at or after `since`, oldest first. */
  headsSince(since: Date): Promise<readonly (AuditHead & { readonly updatedAt: Date })[]>;
}

/** A line of the anchor, numbered from 1. */
export type AnchorLine =
  | { readonly kind: 'HEAD'; readonly line: number; readonly head: AuditHead }
  /** Its signature does not fit: it was edited, or written by somebody else. */
  | { readonly kind: 'FORGED'; readonly line: number }
  /** Signed under a key that the key ring no longer has, so nobody can tell. */
  | { readonly kind: 'KEY_GONE'; readonly line: number };

/** A place apart from the database that remembers how far each chain had come. */
export interface AuditAnchor {
  /** Adds heads; they outlast a power cut once it resolves. */
  write(heads: readonly AuditHead[], at: Date): Promise<void>;
  /** The furthest head written for each chain. */
  read(): Promise<ReadonlyMap<string, AuditHead>>;
  /** Everything ever written, in order, in batches. */
  lines(): AsyncIterable<readonly AnchorLine[]>;
}

import type { Actor } from '../actor.ts';
import type { QueueName } from '../jobs.ts';
import type { ApiScope } from '../ports/api-keys.ts';
import type { AuditAction } from '../ports/audit.ts';
import type { BrokerName } from '../ports/brokers.ts';
import type { Json } from '../ports/events.ts';
import type { JobFailureStatus } from '../ports/job-failures.ts';
import type { TierLimitName } from '../ports/tiers.ts';
import type { View } from './view.ts';

export interface UserView extends View<'User'> {
  readonly email: string;
  readonly displayName: string;
  readonly role: 'USER' | 'PREMIUM' | 'ADMIN';
  readonly tier: 'FREE' | 'BASIC' | 'PRO' | 'ENTERPRISE';
  /** Whether a letter is sent when someone logs in. */
  readonly loginLetters: boolean;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
}

/** A login of a user, in a browser or by a program. */
export interface SessionView extends View<'Session'> {
  readonly kind: 'WEB' | 'PROGRAM';
  readonly secondFactor: boolean;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

export interface ApiKeyView extends View<'ApiKey'> {
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly ApiScope[];
  readonly allowedIps: readonly string[];
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastIpAddress: string | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** A user as an administrator sees them. */
export interface ManagedAccountView extends View<'ManagedAccount'> {
  readonly email: string;
  readonly displayName: string;
  readonly role: UserView['role'];
  readonly tier: UserView['tier'];
  readonly secondFactor: boolean;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
  readonly suspendedAt: Date | null;
  readonly suspensionReason: string | null;
  readonly deletedAt: Date | null;
  readonly erasedAt: Date | null;
}

/** A job that used up its attempts. */
export interface JobFailureView extends View<'JobFailure'> {
  readonly queue: QueueName;
  readonly jobId: string;
  readonly name: string;
  /** What the job was about, e.g. `{ "orderId": … }`. */
  readonly payload: Readonly<Record<string, Json>>;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: Date;
  readonly status: JobFailureStatus;
  readonly decidedAt: Date | null;
}

/** How much of a tier's limit a user has used. */
export interface TierUsageView {
  readonly limit: TierLimitName;
  /** Null: no limit. */
  readonly allowed: number | null;
  /** Null: it is not counted up, but looked at each time. */
  readonly used: number | null;
}

/** Without its key, which only checks signatures. */
export interface PasskeyView extends View<'Passkey'> {
  readonly name: string;
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface SecondFactorView {
  /** Whether an authenticator app is set up. */
  readonly totp: boolean;
  readonly recoveryCodesLeft: number;
}

/** Without its secrets, which no view carries. */
export interface BrokerAccountView extends View<'BrokerAccount'> {
  readonly broker: BrokerName;
  readonly label: string;
  /** The last 4 characters of the API key. */
  readonly apiKeyEnding: string;
  readonly createdAt: Date;
  readonly deleted: boolean;
}

export interface NotificationView extends View<'Notification'> {
  readonly level: 'INFORMATION' | 'WARNING' | 'ERROR';
  readonly title: string;
  readonly body: string;
  readonly readAt: Date | null;
  readonly createdAt: Date;
}

/** A row of the audit trail; its owner is the chain, which is a user or the installation. */
export interface AuditEventView extends View<'AuditEvent'> {
  readonly position: bigint;
  readonly occurredAt: Date;
  readonly action: AuditAction;
  readonly actorKind: Actor['kind'];
  readonly actorUserId: string | null;
  readonly actorId: string | null;
  /** The entity that was acted on, and its id. */
  readonly subject: string | null;
  readonly subjectId: string | null;
  /** Canonical JSON of `{ before, after }`. */
  readonly detail: string;
  /** Sealed, and under whose key. */
  readonly personal: string | null;
  readonly personalOf: string | null;
  readonly previousHash: string;
  readonly hash: string;
}

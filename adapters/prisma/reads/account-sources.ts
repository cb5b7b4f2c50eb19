import type {
  ApiKeyView,
  BrokerAccountView,
  AuditEventView,
  JobFailureView,
  ManagedAccountView,
  NotificationView,
  PasskeyView,
  SessionView,
  UserView,
} from '@nandax/app/views/account.ts';
import { installationChain } from '@nandax/app/ports/audit.ts';
import { Prisma } from '../generated/client.ts';
import { viewMaker } from './row-to-view.ts';

import { deleted, owned, uuid, type Source } from './source.ts';
/** Without the password's hash, which leaves the database only to be checked. */
export const users: Source<UserView> = {
  columns: Prisma.sql`item."id", item."id" AS "ownerId", item."email", item."displayName",
    item."role", item."tier", item."loginLetters", item."createdAt", item."lastLoginAt"`,
  from: Prisma.sql`"User" item`,
  idType: uuid,
  toView: viewMaker<UserView>('User', { createdAt: 'instant', lastLoginAt: 'instant' }),
};

/** Without the secret's hash. */
export const sessions: Source<SessionView> = {
  columns: Prisma.sql`item."id", item."userId" AS "ownerId", item."kind", item."secondFactor",
    item."userAgent", item."ipAddress", item."createdAt", item."lastSeenAt", item."expiresAt"`,
  from: Prisma.sql`"Session" item`,
  idType: uuid,
  toView: viewMaker<SessionView>('Session', {
    createdAt: 'instant',
    lastSeenAt: 'instant',
    expiresAt: 'instant',
  }),
};

/** Without the secret's hash. */
export const apiKeys: Source<ApiKeyView> = {
  columns: Prisma.sql`item."id", item."userId" AS "ownerId", item."name", item."prefix",
    item."scopes"::text[] AS "scopes", item."allowedIps", item."expiresAt", item."lastUsedAt",
    item."lastIpAddress", item."createdAt", item."revokedAt"`,
  from: Prisma.sql`"ApiKey" item`,
  idType: uuid,
  toView: viewMaker<ApiKeyView>('ApiKey', {
    expiresAt: 'instant',
    lastUsedAt: 'instant',
    createdAt: 'instant',
    revokedAt: 'instant',
  }),
};

export const managedAccounts: Source<ManagedAccountView> = {
  columns: Prisma.sql`item."id", item."id" AS "ownerId", item."email", item."displayName",
    item."role", item."tier", item."createdAt", item."lastLoginAt", item."suspendedAt",
    item."suspensionReason", item."deletedAt", item."erasedAt",
    EXISTS (SELECT FROM "TotpCredential" totp
      WHERE totp."userId" = item."id" AND totp."confirmedAt" IS NOT NULL)
    OR EXISTS (SELECT FROM "Passkey" passkey WHERE passkey."userId" = item."id") AS "secondFactor"`,
  from: Prisma.sql`"User" item`,
  idType: uuid,
  toView: viewMaker<ManagedAccountView>('ManagedAccount', {
    createdAt: 'instant',
    lastLoginAt: 'instant',
    suspendedAt: 'instant',
    deletedAt: 'instant',
    erasedAt: 'instant',
  }),
};

/** They are nobody's: the installation's, whose id no user has. */
export const jobFailures: Source<JobFailureView> = {
  columns: Prisma.sql`item.*, ${installationChain}::uuid AS "ownerId"`,
  from: Prisma.sql`"JobFailure" item`,
  idType: uuid,
  toView: viewMaker<JobFailureView>('JobFailure', { failedAt: 'instant', decidedAt: 'instant' }),
};

export const passkeys: Source<PasskeyView> = {
  columns: Prisma.sql`item."id", item."userId" AS "ownerId", item."name", item."backedUp",
    item."createdAt", item."lastUsedAt"`,
  from: Prisma.sql`"Passkey" item`,
  idType: uuid,
  toView: viewMaker<PasskeyView>('Passkey', { createdAt: 'instant', lastUsedAt: 'instant' }),
};

/** Without the secrets, which leave the database only to be used. */
export const brokerAccounts: Source<BrokerAccountView> = {
  columns: Prisma.sql`item."id", item."userId" AS "ownerId", item."broker", item."label",
    item."apiKeyEnding", item."createdAt", item."deletedAt"`,
  from: Prisma.sql`"BrokerConnection" item`,
  idType: uuid,
  toView: viewMaker<BrokerAccountView>('BrokerAccount', { createdAt: 'instant' }, deleted),
};

export const notifications = owned(
  'Notification',
  'userId',
  viewMaker<NotificationView>('Notification', { readAt: 'instant', createdAt: 'instant' }),
);

export const auditEvents: Source<AuditEventView> = {
  columns: Prisma.sql`item."id", item."chain" AS "ownerId", item."position", item."occurredAt",
    item."action", item."actorKind", item."actorUserId", item."actorId", item."entity" AS "subject",
    item."entityId" AS "subjectId", item."detail", item."personal", item."personalOf",
    item."previousHash", item."hash"`,
  from: Prisma.sql`"AuditEvent" item`,
  idType: uuid,
  toView: viewMaker<AuditEventView>('AuditEvent', { occurredAt: 'instant' }),
};

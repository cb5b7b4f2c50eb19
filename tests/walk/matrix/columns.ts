import type { ViewerName } from '../viewers.ts';

/**
 * Columns (and secrets that no column holds) whose values come back to nobody, not to their owner
 * either: whoever reads the database or a log could act with them.
 */
export const forNobody: readonly string[] = [
  'User.passwordHash',
  'UserKey.sealedKey',
  'Session.secretHash',
  'RefreshToken.id',
  'ApiKey.secretHash',
  'EmailToken.id',
  'AccountRequest.passwordHash',
  'AccountRequest.tokenHash',
  'Letter.sealedContent',
  'TotpCredential.sealedSecret',
  'RecoveryCode.codeHash',
  'Passkey.publicKey',
  'Passkey.credentialId',
  'Challenge.id',
  'Challenge.webAuthn',
  'BrokerConnection.sealedApiKey',
  'BrokerConnection.sealedApiSecret',
  'OrderRequest.requestHash',
  'RefusedRequest.requestHash',
  'Gtt.requestHash',
  'ProtectionChange.requestHash',
];

/** Names of columns that smell of a secret; each such column stands above or below. */
export const secretive = /hash|sealed|secret|publicKey|credentialId|token$|webAuthn|password/i;

/** Columns that only look secret. */
export const notSecret: readonly string[] = [
  // The trail's hashes are there to be checked by whom it concerns.
  'AuditEvent.hash',
  'AuditEvent.previousHash',
  'AuditHead.hash',
  // A number of the exchange's.
  'Instrument.instrumentToken',
];

/** What viewers other than Asha see of her after all, by the column it comes from. */
export const shownTo: Partial<Record<ViewerName, readonly string[]>> = {
  // Who she is, and how her account stands.
  ADMIN: [
    'id of user',
    'User.id',
    'User.email',
    'User.displayName',
    'User.lastLoginAt',
    'User.createdAt',
    'User.suspendedAt',
    // What happened to her account, without what is personal in it.
    'id of auditEvent',
    'id of webSession',
    'AuditEvent.after',
    'AuditEvent.before',
    'AuditEvent.detail',
    'AuditEvent.entityId',
    'AuditEvent.hash',
    'AuditHead.hash',
    'AuditEvent.occurredAt',
    'AuditEvent.position',
    'AuditEvent.previousHash',
    'AuditEvent.userId',
    'AuditEvent.actorUserId',
    'AuditEventEdge.cursor',
    'AuditEventEdge.cursor of one’s own trail',
    'User.suspensionReason',
    // Jobs that failed are nobody's; whoever runs the installation looks after them.
    'id of jobFailure',
    'JobFailure.attempts',
    'JobFailure.decidedAt',
    'JobFailure.failedAt',
    'JobFailure.jobId',
    'JobFailure.name',
    'JobFailure.payload',
    'JobFailure.queue',
    'JobFailure.reason',
    'JobFailureEdge.cursor',
  ],
  // Letters that wait in the local outbox, with her address on them.
  DEMO: [
    'Letter.subject',
    'Letter.text',
    'Letter.createdAt',
    'Letter.id',
    'id of letter',
    'User.email',
  ],
};

import { randomBytes, randomUUID } from 'node:crypto';
import { recoveryCodeHash } from '@nandax/app/second-factor/recovery-codes.ts';
import { tokenHash } from '@nandax/app/token.ts';
import { sealPersonal } from '@nandax/adapters/prisma/audit/user-keys.ts';
import { testTools } from '../setup/accounts.ts';
import { keyNames, scopes, type KeyName, type Plot } from './person.ts';

/** Account, credentials, letters and audit trail of a person. */
export function plantAccount(plot: Plot): void {
  const { planter, ids, email, passwordHash, secrets, suspended } = plot;
  const userId = ids['user'] ?? '';
  const id = (row: string) => ids[row] ?? '';
  const secret = (name: string) => secrets[name] ?? '';
  const hash = (name: string, origin: string) => planter.mark(tokenHash(secret(name)), origin);
  const seal = (plain: string, column: string, of: string) =>
    testTools.sealer.seal(planter.mark(plain, column), `${column}:${of}`);

  planter.row('User', {
    id: userId,
    email,
    passwordHash,
    role: 'USER',
    tier: 'PRO',
    loginLetters: true,
    suspendedAt: suspended ? planter.instant('User.suspendedAt') : null,
    suspensionReason: suspended ? planter.text('User.suspensionReason') : null,
    deletedAt: null,
    erasedAt: null,
  });
  const key = randomBytes(32);
  planter.row('UserKey', {
    userId,
    sealedKey: seal(key.toString('base64'), 'UserKey.sealedKey', userId),
  });

  const session = { userId, version: 1, secondFactor: true };
  planter.row('Session', {
    ...session,
    id: id('webSession'),
    kind: 'WEB',
    secretHash: hash('session', 'Session.secretHash'),
    expiresAt: planter.future('Session.expiresAt'),
    lastSeenAt: planter.future('Session.lastSeenAt'),
    ipAddress: planter.text('Session.ipAddress'),
  });
  planter.row('Session', {
    ...session,
    id: id('programSession'),
    kind: 'PROGRAM',
    secretHash: null,
    expiresAt: planter.future('Session.expiresAt'),
    lastSeenAt: planter.future('Session.lastSeenAt'),
    ipAddress: planter.text('Session.ipAddress'),
  });
  planter.row('RefreshToken', {
    id: hash('refreshToken', 'RefreshToken.id'),
    sessionId: id('programSession'),
    expiresAt: planter.future('RefreshToken.expiresAt'),
    usedAt: null,
  });
  for (const name of keyNames) {
    const made = secret(`key${name}`);
    const ends = 'ApiKey.expiresAt';
    planter.row('ApiKey', {
      id: id(`key${name}`),
      userId,
      prefix: planter.mark(made.slice(0, 12), 'ApiKey.prefix'),
      secretHash: planter.mark(tokenHash(made), 'ApiKey.secretHash'),
      scopes: scopesOf(name),
      allowedIps: networksOf(name, plot),
      expiresAt: name === 'EXPIRED' ? planter.instant(ends) : planter.future(ends),
      revokedAt: name === 'REVOKED' ? planter.instant('ApiKey.revokedAt') : null,
      lastUsedAt: planter.instant('ApiKey.lastUsedAt'),
    });
  }

  planter.row('EmailToken', {
    id: hash('resetToken', 'EmailToken.id'),
    userId,
    purpose: 'RESET_PASSWORD',
    newEmail: null,
    expiresAt: planter.future('EmailToken.expiresAt'),
    usedAt: null,
  });
  planter.row('EmailToken', {
    id: hash('changeEmailToken', 'EmailToken.id'),
    userId,
    purpose: 'CHANGE_EMAIL',
    newEmail: planter.mark(`new-${email}`, 'EmailToken.newEmail'),
    expiresAt: planter.future('EmailToken.expiresAt'),
    usedAt: null,
  });
  planter.row('AccountRequest', {
    id: randomUUID(),
    kind: 'REGISTRATION',
    email: planter.mark(`more-${email}`, 'AccountRequest.email'),
    tokenHash: hash('registrationToken', 'AccountRequest.tokenHash'),
    expiresAt: planter.future('AccountRequest.expiresAt'),
  });
  planter.row('Letter', {
    id: id('letter'),
    userId,
    sealedContent: seal(
      JSON.stringify({
        to: email,
        subject: planter.text('Letter.subject'),
        text: planter.text('Letter.text'),
      }),
      'Letter.sealedContent',
      id('letter'),
    ),
    sentAt: null,
    attempts: 0,
  });

  planter.row('TotpCredential', {
    userId,
    sealedSecret: seal(secret('totp'), 'TotpCredential.sealedSecret', userId),
    lastUsedStep: 1,
  });
  planter.row('RecoveryCode', {
    id: id('recoveryCode'),
    userId,
    codeHash: planter.mark(recoveryCodeHash(secret('recoveryCode')), 'RecoveryCode.codeHash'),
    usedAt: null,
  });
  planter.row('Passkey', {
    id: id('passkey'),
    userId,
    transports: [planter.text('Passkey.transports')],
    backedUp: true,
  });
  planter.row('Challenge', {
    id: hash('challenge', 'Challenge.id'),
    kind: 'SECOND_FACTOR',
    userId,
    failures: 0,
    expiresAt: planter.future('Challenge.expiresAt'),
  });
  planter.row('BrokerConnection', {
    id: id('brokerConnection'),
    userId,
    broker: 'ZERODHA',
    sealedApiKey: seal(
      planter.text('BrokerConnection.sealedApiKey'),
      'BrokerConnection.sealedApiKey',
      id('brokerConnection'),
    ),
    sealedApiSecret: seal(
      planter.text('BrokerConnection.sealedApiSecret'),
      'BrokerConnection.sealedApiSecret',
      id('brokerConnection'),
    ),
    deletedAt: null,
  });

  const head = planter.mark(tokenHash(id('auditEvent')), 'AuditEvent.hash');
  const personal = JSON.stringify({
    ipAddress: planter.text('AuditEvent.personal'),
    userAgent: planter.text('AuditEvent.personal'),
  });
  planter.row('AuditEvent', {
    id: id('auditEvent'),
    chain: userId,
    position: plot.signature.number * 1000,
    action: 'LOGIN_SUCCEEDED',
    actorKind: 'USER',
    actorUserId: userId,
    actorId: id('webSession'),
    entity: 'Session',
    entityId: id('webSession'),
    detail: JSON.stringify({
      after: { planted: planter.text('AuditEvent.detail') },
      before: { planted: planter.text('AuditEvent.detail') },
    }),
    personal: sealPersonal(key, personal, `AuditEvent.personal:${id('auditEvent')}`),
    personalOf: userId,
    previousHash: planter.mark(tokenHash(id('webSession')), 'AuditEvent.previousHash'),
    hash: head,
  });
  planter.row('AuditHead', { chain: userId, position: plot.signature.number * 1000, hash: head });
  planter.row('RateWindow', { window: plot.signature.number, count: 1 });
  planter.row('FailedAttempts', { count: 1 });
  planter.row('TrafficCount', { account: id('portfolio'), revision: 1 });
  planter.row('JobFailure', { id: id('jobFailure'), status: 'WAITING' });
}

function scopesOf(name: KeyName): readonly string[] {
  return (scopes as readonly string[]).includes(name) ? [name] : scopes;
}

/** Whence a key may come; the revoked one keeps what it was given, to be seen in the list. */
function networksOf(name: KeyName, { planter, signature }: Plot): readonly string[] {
  if (name === 'ELSEWHERE') return ['192.0.2.0/24'];
  if (name !== 'REVOKED') return [];
  return [planter.mark(`198.51.100.${signature.number}`, 'ApiKey.allowedIps')];
}

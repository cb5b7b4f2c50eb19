import type {
  AccountRecord,
  AccountRequestRecord,
  AccountRows,
  EmailTokenPurpose,
} from '@nandax/app/ports/accounts.ts';
import type { AccountRequest, User } from '../generated/client.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** Users and what they asked for on Prisma. */
export function accountRows(client: TransactionClient): AccountRows {
  async function openScope(scope: 'USER' | 'PORTFOLIO', scopeId: string, at: Date): Promise<void> {
    await client.tradingState.create({ data: { scope, scopeId, updatedAt: at } });
    await client.riskLimits.create({ data: { scope, scopeId, updatedAt: at } });
  }

  return {
    async insertUser(user) {
      await client.user.create({ data: { ...user, eventCounter: { create: {} } } });
      await openScope('USER', user.id, user.createdAt);
    },

    async lockUser(userId) {
      const [row] = await client.$queryRaw<User[]>`
        SELECT * FROM "User" WHERE "id" = ${userId}::uuid FOR UPDATE`;
      return row === undefined ? null : accountRecordOf(row);
    },

    async lockUserByEmail(email) {
      const [row] = await client.$queryRaw<User[]>`
        SELECT * FROM "User" WHERE "email" = ${email} FOR UPDATE`;
      return row === undefined ? null : accountRecordOf(row);
    },

    async changeUser(userId, change) {
      await client.user.update({ where: { id: userId }, data: change });
    },

    async eraseUser(userId, at) {
      const ofUser = { where: { userId } };
      await client.userKey.deleteMany(ofUser);
      await client.session.deleteMany(ofUser);
      await client.apiKey.deleteMany(ofUser);
      await client.emailToken.deleteMany(ofUser);
      await client.totpCredential.deleteMany(ofUser);
      await client.recoveryCode.deleteMany(ofUser);
      await client.passkey.deleteMany(ofUser);
      await client.challenge.deleteMany(ofUser);
      await client.letter.deleteMany(ofUser);
      // What they were told may name an address or a device; the numbers of their events stay.
      await client.notification.deleteMany(ofUser);
      await client.event.updateMany({
        where: { userId, topic: 'NOTIFICATION' },
        data: { payload: {} },
      });
      await client.brokerConnection.deleteMany(ofUser);
      const { email } = await client.user.findUniqueOrThrow({ where: { id: userId } });
      // One that a worker is answering this very moment finds nobody any more; waiting for it here
      // would be a deadlock, since it waits for the user.
      await client.$executeRaw`
        DELETE FROM "AccountRequest" WHERE "id" IN (
          SELECT "id" FROM "AccountRequest" WHERE "email" = ${email} FOR UPDATE SKIP LOCKED)`;
      await client.user.update({
        where: { id: userId },
        data: {
          email: `erased-${userId}@erased.invalid`,
          displayName: 'Erased',
          passwordHash: null,
          suspensionReason: null,
          lastLoginAt: null,
          erasedAt: at,
        },
      });
    },

    async dueForErasure(before, limit) {
      const rows = await client.$queryRaw<{ id: string }[]>`
        SELECT "id" FROM "User" WHERE "deletedAt" <= ${before} AND "erasedAt" IS NULL
        ORDER BY "deletedAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
      return rows.map(({ id }) => id);
    },

    async insertRequest(request) {
      await client.accountRequest.create({ data: request });
    },

    async takeRequests(limit) {
      const rows = await client.$queryRaw<AccountRequest[]>`
        SELECT * FROM "AccountRequest" WHERE "handledAt" IS NULL
        ORDER BY "createdAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
      return rows.map(requestOf);
    },

    async markRequestHandled(id, tokenHash, at) {
      const wiped = tokenHash === null ? { displayName: null, passwordHash: null } : {};
      await client.accountRequest.update({
        where: { id },
        data: { tokenHash, handledAt: at, ...wiped },
      });
    },

    async dropRequest(id) {
      await client.accountRequest.delete({ where: { id } });
    },

    countHandledRequests: (email, since) =>
      client.accountRequest.count({ where: { email, handledAt: { gte: since } } }),

    async takeRegistration(tokenHash, at) {
      const [row] = await client.$queryRaw<AccountRequest[]>`
        DELETE FROM "AccountRequest"
        WHERE "tokenHash" = ${tokenHash} AND "kind" = 'REGISTRATION' AND "expiresAt" > ${at}
        RETURNING *`;
      return row === undefined ? null : requestOf(row);
    },

    async insertEmailToken(token) {
      await client.emailToken.create({ data: token });
    },

    async useEmailToken(id, purpose, at) {
      const used = await client.emailToken.updateManyAndReturn({
        where: usableToken(id, purpose, at),
        data: { usedAt: at },
      });
      return used[0] ?? null;
    },

    async dropEmailTokens(userId) {
      await client.emailToken.deleteMany({ where: { userId, usedAt: null } });
    },

    async reduceTrading(userId, cause, reason, at) {
      const key = { scope: 'USER', scopeId: userId, cause } as const;
      const columns = { state: 'REDUCING', reason, updatedAt: at } as const;
      await client.tradingState.upsert({
        where: { scope_scopeId_cause: key },
        create: { ...key, ...columns },
        update: columns,
      });
    },

    async releaseTrading(userId, cause) {
      await client.tradingState.deleteMany({ where: { scope: 'USER', scopeId: userId, cause } });
    },

    async insertPortfolio(portfolio) {
      const initialCapital = portfolio.initialCapital.toFixed();
      await client.portfolio.create({ data: { ...portfolio, initialCapital } });
      await openScope('PORTFOLIO', portfolio.id, portfolio.createdAt);
    },

    async readNotification(id, userId, at) {
      await client.notification.updateMany({
        where: { id, userId, readAt: null },
        data: { readAt: at },
      });
      const row = await client.notification.findFirst({
        where: { id, userId },
        select: { id: true, readAt: true },
      });
      return row === null ? null : { id: row.id, readAt: row.readAt ?? at };
    },
  };
}

/** A token by its hash, as long as it can be used. */
export function usableToken(id: string, purpose: EmailTokenPurpose, at: Date) {
  return { id, purpose, usedAt: null, expiresAt: { gt: at } } as const;
}

/** A user's row as use-cases see it. */
export function accountRecordOf(row: User): AccountRecord {
  return {
    id: row.id,
    email: row.email,
    displayName: row.displayName,
    passwordHash: row.passwordHash,
    role: row.role,
    tier: row.tier,
    loginLetters: row.loginLetters,
    lastLoginAt: row.lastLoginAt,
    suspendedAt: row.suspendedAt,
    deletedAt: row.deletedAt,
    erasedAt: row.erasedAt,
  };
}

function requestOf(row: AccountRequest): AccountRequestRecord {
  const { id, kind, email, displayName, passwordHash, createdAt, expiresAt } = row;
  return { id, kind, email, displayName, passwordHash, createdAt, expiresAt };
}

import type {
  ChallengeRecord,
  PasskeyRecord,
  SecondFactorMethod,
  SecondFactorRows,
  TotpRecord,
} from '@nandax/app/ports/second-factor.ts';
import type { Challenge, Passkey, TotpCredential } from '../generated/client.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** TOTP, recovery codes, passkeys and their challenges on Prisma. */
export function secondFactorRows(client: TransactionClient): SecondFactorRows {
  return {
    async methods(userId) {
      const totp = await client.totpCredential.count({
        where: { userId, confirmedAt: { not: null } },
      });
      const passkeys = await client.passkey.count({ where: { userId } });
      const codes = await client.recoveryCode.count({ where: { userId, usedAt: null } });
      const methods: SecondFactorMethod[] = [];
      if (totp > 0) methods.push('TOTP');
      if (passkeys > 0) methods.push('PASSKEY');
      // Recovery codes stand in for another factor; alone they are none.
      if (methods.length > 0 && codes > 0) methods.push('RECOVERY_CODE');
      return methods;
    },

    async lockTotp(userId) {
      const [row] = await client.$queryRaw<TotpCredential[]>`
        SELECT * FROM "TotpCredential" WHERE "userId" = ${userId}::uuid FOR UPDATE`;
      return row === undefined ? null : totpOf(row);
    },

    async saveTotp({ userId, sealedSecret }, createdAt) {
      const fresh = { sealedSecret, createdAt, confirmedAt: null, lastUsedStep: null };
      await client.totpCredential.upsert({
        where: { userId },
        create: { userId, ...fresh },
        update: fresh,
      });
    },

    async confirmTotp(userId, lastUsedStep, confirmedAt) {
      await client.totpCredential.update({
        where: { userId },
        data: { confirmedAt, lastUsedStep },
      });
    },

    async markTotpStepUsed(userId, lastUsedStep) {
      await client.totpCredential.update({ where: { userId }, data: { lastUsedStep } });
    },

    async removeTotp(userId) {
      await client.totpCredential.deleteMany({ where: { userId } });
    },

    async replaceRecoveryCodes(userId, hashes, createdAt) {
      await client.recoveryCode.deleteMany({ where: { userId } });
      await client.$executeRaw`
        INSERT INTO "RecoveryCode" ("id", "userId", "codeHash", "createdAt")
        SELECT gen_random_uuid(), ${userId}::uuid, hash, ${createdAt}
        FROM unnest(${[...hashes]}::text[]) AS hash`;
    },

    async spendRecoveryCode(userId, codeHash, usedAt) {
      const spent = await client.recoveryCode.updateMany({
        where: { userId, codeHash, usedAt: null },
        data: { usedAt },
      });
      return spent.count > 0;
    },

    countRecoveryCodes: (userId) => client.recoveryCode.count({ where: { userId, usedAt: null } }),

    async insertPasskey({ publicKey, transports, ...passkey }) {
      await client.passkey.create({
        data: { ...passkey, publicKey: Buffer.from(publicKey), transports: [...transports] },
      });
    },

    async passkeysOf(userId) {
      const rows = await client.passkey.findMany({
        where: { userId },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(passkeyOf);
    },

    async lockPasskey(credentialId) {
      const [row] = await client.$queryRaw<Passkey[]>`
        SELECT * FROM "Passkey" WHERE "credentialId" = ${credentialId} FOR UPDATE`;
      return row === undefined ? null : passkeyOf(row);
    },

    async notePasskeyUse(id, counter, lastUsedAt) {
      await client.passkey.update({ where: { id }, data: { counter, lastUsedAt } });
    },

    async removePasskey(id, userId) {
      const passkey = await client.passkey.findFirst({ where: { id, userId } });
      if (passkey === null) return null;
      await client.passkey.delete({ where: { id } });
      return { name: passkey.name };
    },

    async insertChallenge(challenge) {
      await client.challenge.create({ data: challenge });
    },

    async lockChallenge(id) {
      const [row] = await client.$queryRaw<Challenge[]>`
        SELECT * FROM "Challenge" WHERE "id" = ${id} FOR UPDATE`;
      return row === undefined ? null : challengeOf(row);
    },

    async setWebAuthnChallenge(id, webAuthn) {
      await client.challenge.update({ where: { id }, data: { webAuthn } });
    },

    async countChallengeFailure(id) {
      await client.challenge.update({ where: { id }, data: { failures: { increment: 1 } } });
    },

    async removeChallenge(id) {
      await client.challenge.deleteMany({ where: { id } });
    },
  };
}

function totpOf({ userId, sealedSecret, confirmedAt, lastUsedStep }: TotpCredential): TotpRecord {
  return { userId, sealedSecret, confirmedAt, lastUsedStep };
}

function passkeyOf(row: Passkey): PasskeyRecord {
  const { id, userId, name, credentialId, publicKey, counter, transports, backedUp, createdAt } =
    row;
  return { id, userId, name, credentialId, publicKey, counter, transports, backedUp, createdAt };
}

function challengeOf(row: Challenge): ChallengeRecord {
  const { id, kind, userId, webAuthn, failures, createdAt, expiresAt } = row;
  return { id, kind, userId, webAuthn, failures, createdAt, expiresAt };
}

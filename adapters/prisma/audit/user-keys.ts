import { randomBytes } from 'node:crypto';
import type { PersonalData, Sealer } from '@nandax/app/ports/secrets.ts';
import { openUnder, sealUnder } from '../../secrets/sealer.ts';
import type { PrismaClient } from '../generated/client.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** Where a user's key is kept, for the seal on it. */
const placeOf = (userId: string) => `UserKey.sealedKey:${userId}`;

/**
 * The key of a user's personal data, made on first use; null: the user was erased, or there is none.
 * It is read anew each time, so that a destroyed key lives on in no process.
 */
export async function userKey(
  client: TransactionClient,
  sealer: Sealer,
  userId: string,
  at: Date,
): Promise<Buffer | null> {
  const kept = await client.userKey.findUnique({ where: { userId } });
  if (kept !== null) return Buffer.from(sealer.open(kept.sealedKey, placeOf(userId)), 'base64');
  const key = randomBytes(32);
  const sealedKey = sealer.seal(key.toString('base64'), placeOf(userId));
  const made = await client.$executeRaw`
    INSERT INTO "UserKey" ("userId", "sealedKey", "createdAt")
    SELECT "id", ${sealedKey}, ${at} FROM "User" WHERE "id" = ${userId}::uuid AND "erasedAt" IS NULL
    ON CONFLICT ("userId") DO NOTHING`;
  if (made === 1) return key;
  const theirs = await client.userKey.findUnique({ where: { userId } });
  return theirs === null
    ? null
    : Buffer.from(sealer.open(theirs.sealedKey, placeOf(userId)), 'base64');
}

/** Where the personal data of an audit row are kept, for the seal on them. */
export const personalPlace = (eventId: string) => `AuditEvent.personal:${eventId}`;

/** Seals personal data under a user's key. */
export function sealPersonal(key: Buffer, plain: string, place: string): string {
  return sealUnder(key, Buffer.from(plain), place).toString('base64url');
}

/** Reads personal data back, as long as its user's key exists. */
export function prismaPersonalData(prisma: PrismaClient, sealer: Sealer): PersonalData {
  const openAll: PersonalData['openAll'] = async (texts) => {
    const users = [...new Set(texts.map(({ userId }) => userId))];
    const kept = await prisma.userKey.findMany({ where: { userId: { in: users } } });
    const keys = new Map(
      kept.map(({ userId, sealedKey }) => [
        userId,
        Buffer.from(sealer.open(sealedKey, placeOf(userId)), 'base64'),
      ]),
    );
    return texts.map(({ userId, sealed, place }) => {
      const key = keys.get(userId);
      if (key === undefined) return null;
      return openUnder(key, Buffer.from(sealed, 'base64url'), place).toString();
    });
  };
  return {
    openAll,
    async open(userId, sealed, place) {
      const [plain = null] = await openAll([{ userId, sealed, place }]);
      return plain;
    },
  };
}

import type { ApiKeyRows } from '@nandax/app/ports/api-keys.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** API keys on Prisma. */
export function apiKeyRows(client: TransactionClient): ApiKeyRows {
  return {
    async insert({ scopes, allowedIps, ...key }) {
      await client.apiKey.create({
        data: { ...key, scopes: [...scopes], allowedIps: [...allowedIps] },
      });
    },

    async revoke(id, userId, at) {
      const revoked = await client.apiKey.updateManyAndReturn({
        where: { id, userId, revokedAt: null },
        data: { revokedAt: at },
        select: { name: true },
      });
      return revoked[0] ?? null;
    },

    async revokeAll(userId, at) {
      const revoked = await client.apiKey.updateManyAndReturn({
        where: { userId, revokedAt: null },
        data: { revokedAt: at },
        select: { id: true },
      });
      return revoked.map(({ id }) => id);
    },
  };
}

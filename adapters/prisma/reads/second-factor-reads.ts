import type { BatchReads } from '@nandax/app/ports/reads.ts';
import type { SecondFactorView } from '@nandax/app/views/account.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { ofParent } from './by-id.ts';
import { passkeys } from './sources.ts';

type SecondFactorReads = Pick<BatchReads, 'secondFactorOfUser' | 'passkeysOfUser'>;

/** How users can show a second factor. */
export function secondFactorReads(prisma: PrismaClient): SecondFactorReads {
  return {
    async secondFactorOfUser(ids) {
      const rows = await prisma.$queryRaw<(SecondFactorView & { readonly id: string })[]>`
        SELECT item."id",
          EXISTS (
            SELECT FROM "TotpCredential" totp
            WHERE totp."userId" = item."id" AND totp."confirmedAt" IS NOT NULL
          ) AS "totp",
          (
            SELECT count(*)::int FROM "RecoveryCode" code
            WHERE code."userId" = item."id" AND code."usedAt" IS NULL
          ) AS "recoveryCodesLeft"
        FROM unnest(${ids}::uuid[]) AS item("id")`;
      return new Map(rows.map(({ id, ...view }) => [id, view]));
    },

    passkeysOfUser: ofParent(prisma, passkeys, {
      join: Prisma.empty,
      parentId: Prisma.sql`item."userId"`,
      order: Prisma.sql`item."createdAt", item."id"`,
    }),
  };
}

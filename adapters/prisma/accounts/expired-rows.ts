import type { ExpiredRows } from '@nandax/app/ports/housekeeping.ts';
import type { PrismaClient } from '../generated/client.ts';

/** Sweeps the tables of accounts on Prisma, each by the index on its time. */
export function prismaExpiredRows(prisma: PrismaClient): ExpiredRows {
  return {
    async sweep({ now, letters, strangersLetters }) {
      const expired = { where: { expiresAt: { lt: now } } };
      const removed = {
        sessions: prisma.session.deleteMany(expired),
        refreshTokens: prisma.refreshToken.deleteMany(expired),
        challenges: prisma.challenge.deleteMany(expired),
        emailTokens: prisma.emailToken.deleteMany(expired),
        accountRequests: prisma.accountRequest.deleteMany(expired),
        rateWindows: prisma.rateWindow.deleteMany(expired),
        failedAttempts: prisma.failedAttempts.deleteMany(expired),
        letters: prisma.letter.deleteMany({
          where: {
            OR: [
              { createdAt: { lt: letters } },
              { userId: null, createdAt: { lt: strangersLetters } },
            ],
          },
        }),
      };
      const counts: Record<string, number> = {};
      for (const [name, removal] of Object.entries(removed)) counts[name] = (await removal).count;
      return counts;
    },
  };
}

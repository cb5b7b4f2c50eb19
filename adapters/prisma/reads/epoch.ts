import { Prisma } from '../generated/client.ts';

/** Whether a row `item`, by its `createdAt`, belongs to its `portfolio` as it is since its last reset. */
export const isOfEpoch = Prisma.sql`
  (portfolio."epochStartedAt" IS NULL OR item."createdAt" >= portfolio."epochStartedAt")`;

/** Whether a fill `item` of the epoch of its `portfolio` has no contract note yet. */
export const fillAwaitsNote = Prisma.sql`
  ${isOfEpoch} AND item."contractNoteId" IS NULL`;

/**
 * The wall clock from which on rows belong to `portfolio` as it is now: since its last reset and on the
 * feed it follows.
 */
export const startOnFeed = Prisma.sql`
  greatest(portfolio."createdAt", portfolio."epochStartedAt", portfolio."followedSince")`;

import { Prisma } from '../generated/client.ts';

/**
 * Units that a share has become since an instant by the splits and bonuses that a portfolio was given,
 * as a number in SQL; NULL where there were none. Every argument is SQL.
 */
export function restatedSince(place: {
  readonly portfolioId: Prisma.Sql;
  readonly feedId: Prisma.Sql;
  readonly instrumentId: Prisma.Sql;
  readonly since: Prisma.Sql;
}): Prisma.Sql {
  const { portfolioId, feedId, instrumentId, since } = place;
  return Prisma.sql`(
    SELECT exp(sum(ln(action."unitsAfter"::numeric / action."unitsBefore")))
    FROM "CorporateAction" action WHERE action."id" IN (
      SELECT given."actionId" FROM "CorporateEntitlement" given
      WHERE given."portfolioId" = ${portfolioId} AND given."feedId" = ${feedId}
        AND given."instrumentId" = ${instrumentId}
        AND given."unitsAfter" <> given."unitsBefore" AND given."appliedAt" > ${since}))`;
}

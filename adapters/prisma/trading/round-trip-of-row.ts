import { Prisma } from '../generated/client.ts';

/** What `roundTripOf` (core/portfolio/round-trip.ts) says of a trade's row, its own id where that is null. */
export function roundTripOfRow(row: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`COALESCE(
    concat_ws(' ', ${row}."runId", ${row}."portfolioId", ${row}."instrumentId", ${row}."product") || ' '
      || ${row}."entryRequestId" || ' ' || ${row}."exitRequestId",
    ${row}."id"::text)`;
}

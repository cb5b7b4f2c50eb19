import type { PortfolioSnapshotRecord } from '@nandax/app/ports/portfolios.ts';
import type { TransactionClient } from './transaction-client.ts';

/** Writes a snapshot and its marks, unless they stand there exactly so; whether it wrote. */
export async function saveSnapshot(
  client: TransactionClient,
  snapshot: PortfolioSnapshotRecord,
): Promise<boolean> {
  const { portfolioId, feedId, time, marks, createdAt } = snapshot;
  const written = await client.$executeRaw`
    INSERT INTO "PortfolioSnapshot" AS item ("portfolioId", "feedId", "time", "cash", "equity",
      "realisedPnl", "unrealisedPnl", "charges", "createdAt")
    VALUES (${portfolioId}::uuid, ${feedId}::uuid, ${time}, ${snapshot.cash.toFixed(2)}::numeric,
      ${snapshot.equity.toFixed(2)}::numeric, ${snapshot.realisedPnl.toFixed(2)}::numeric,
      ${snapshot.unrealisedPnl.toFixed(2)}::numeric, ${snapshot.charges.toFixed(2)}::numeric,
      ${createdAt})
    ON CONFLICT ("portfolioId", "feedId", "time") DO UPDATE
    SET "cash" = excluded."cash", "equity" = excluded."equity",
      "realisedPnl" = excluded."realisedPnl", "unrealisedPnl" = excluded."unrealisedPnl",
      "charges" = excluded."charges", "createdAt" = excluded."createdAt"
    WHERE (item."cash", item."equity", item."realisedPnl", item."unrealisedPnl", item."charges")
      IS DISTINCT FROM (excluded."cash", excluded."equity", excluded."realisedPnl",
        excluded."unrealisedPnl", excluded."charges")`;
  if (written === 0) return false;
  await client.positionMark.deleteMany({ where: { portfolioId, feedId, time } });
  await client.positionMark.createMany({
    data: marks.map(({ instrumentId, quantity, price, value }) => ({
      portfolioId,
      feedId,
      time,
      instrumentId,
      quantity: quantity.toFixed(),
      price: price.toFixed(),
      value: value.toFixed(2),
    })),
  });
  return true;
}

-- AlterTable
ALTER TABLE "Portfolio" ADD COLUMN     "followedSince" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "PositionMark" (
    "portfolioId" UUID NOT NULL,
    "feedId" UUID NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "instrumentId" UUID NOT NULL,
    "quantity" DECIMAL(20,6) NOT NULL,
    "price" DECIMAL(20,4) NOT NULL,
    "value" DECIMAL(20,2) NOT NULL,

    CONSTRAINT "PositionMark_pkey" PRIMARY KEY ("portfolioId","feedId","time","instrumentId")
);

-- AddForeignKey
ALTER TABLE "PositionMark" ADD CONSTRAINT "PositionMark_portfolioId_feedId_time_fkey" FOREIGN KEY ("portfolioId", "feedId", "time") REFERENCES "PortfolioSnapshot"("portfolioId", "feedId", "time") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PositionMark" ADD CONSTRAINT "PositionMark_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: since when portfolios follow their feeds, as far as their rows on them tell.
UPDATE "Portfolio" portfolio SET "followedSince" = coalesce(least(
    (SELECT min("createdAt") FROM "Order"
     WHERE "portfolioId" = portfolio."id" AND "feedId" = portfolio."feedId"),
    (SELECT min("createdAt") FROM "PortfolioSnapshot"
     WHERE "portfolioId" = portfolio."id" AND "feedId" = portfolio."feedId")), now())
WHERE "feedId" IS NOT NULL;

-- DropIndex
DROP INDEX "ContractNote_portfolioId_tradingDay_segment_key";

-- AlterTable
ALTER TABLE "ContractNote" ADD COLUMN     "feedId" UUID;

-- AlterTable
ALTER TABLE "Fill" ADD COLUMN     "feedId" UUID;

-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "intent" TEXT NOT NULL;

-- AlterTable
ALTER TABLE "PortfolioSnapshot" DROP CONSTRAINT "PortfolioSnapshot_pkey",
ADD COLUMN     "feedId" UUID NOT NULL,
ADD CONSTRAINT "PortfolioSnapshot_pkey" PRIMARY KEY ("portfolioId", "feedId", "time");

-- CreateIndex
CREATE UNIQUE INDEX "ContractNote_portfolioId_feedId_tradingDay_segment_key" ON "ContractNote"("portfolioId", "feedId", "tradingDay", "segment") NULLS NOT DISTINCT;

-- CreateEnum
CREATE TYPE "RiskCounterSpan" AS ENUM ('SECOND', 'MINUTE', 'DAY');

-- CreateEnum
CREATE TYPE "RiskLockKind" AS ENUM ('MAX_DAILY_LOSS', 'MAX_DAILY_PROFIT', 'MAX_DRAWDOWN', 'MAX_CONSECUTIVE_LOSSES');

-- AlterTable
ALTER TABLE "RiskLimits" ADD COLUMN     "allowedInstrumentIds" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "entriesFromMinute" INTEGER,
ADD COLUMN     "entriesUntilMinute" INTEGER,
ADD COLUMN     "lossCoolDownMinutes" INTEGER,
ADD COLUMN     "maxCapitalPerTrade" DECIMAL(20,2),
ADD COLUMN     "maxConsecutiveLosses" INTEGER,
ADD COLUMN     "maxDailyLoss" DECIMAL(20,2),
ADD COLUMN     "maxDailyProfit" DECIMAL(20,2),
ADD COLUMN     "maxDrawdown" DECIMAL(20,2),
ADD COLUMN     "maxInstrumentExposure" DECIMAL(20,2),
ADD COLUMN     "maxOrdersPerDay" INTEGER,
ADD COLUMN     "maxOrdersPerMinute" INTEGER,
ADD COLUMN     "maxOrdersPerSecond" INTEGER,
ADD COLUMN     "maxPriceDeviation" DECIMAL(9,4),
ADD COLUMN     "maxTotalExposure" DECIMAL(20,2);

-- CreateTable
CREATE TABLE "RiskCounter" (
    "scope" "RiskScope" NOT NULL,
    "scopeId" TEXT NOT NULL,
    "span" "RiskCounterSpan" NOT NULL,
    "windowStart" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "RiskCounter_pkey" PRIMARY KEY ("scope","scopeId","span")
);

-- CreateTable
CREATE TABLE "RiskLock" (
    "id" UUID NOT NULL,
    "scope" "RiskScope" NOT NULL,
    "scopeId" TEXT NOT NULL,
    "feedId" UUID NOT NULL,
    "kind" "RiskLockKind" NOT NULL,
    "limit" DECIMAL(20,6) NOT NULL,
    "actual" DECIMAL(20,6) NOT NULL,
    "lockedAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3),
    "releasedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RiskLock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RiskLock_scope_scopeId_feedId_kind_idx" ON "RiskLock"("scope", "scopeId", "feedId", "kind");

-- AddForeignKey
ALTER TABLE "RiskLock" ADD CONSTRAINT "RiskLock_feedId_fkey" FOREIGN KEY ("feedId") REFERENCES "Feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: a limit that is no number, or below nothing, is none.
ALTER TABLE "RiskLimits"
  ADD CONSTRAINT "RiskLimits_amounts_not_negative" CHECK (
    LEAST("maxCapitalPerTrade", "maxOrderValue", "maxOrderQuantity", "maxInstrumentExposure",
      "maxTotalExposure", "maxPriceDeviation") >= 0),
  ADD CONSTRAINT "RiskLimits_counts_not_negative" CHECK (
    LEAST("maxOpenPositions", "maxOrdersPerSecond", "maxOrdersPerMinute", "maxOrdersPerDay",
      "lossCoolDownMinutes") >= 0),
  ADD CONSTRAINT "RiskLimits_results_positive" CHECK (
    LEAST("maxDailyLoss", "maxDailyProfit", "maxDrawdown", "maxConsecutiveLosses") > 0),
  ADD CONSTRAINT "RiskLimits_minutes_of_day" CHECK (
    "entriesFromMinute" BETWEEN 0 AND 1440 AND "entriesUntilMinute" BETWEEN 0 AND 1440);

ALTER TABLE "RiskCounter" ADD CONSTRAINT "RiskCounter_count_positive" CHECK ("count" > 0);

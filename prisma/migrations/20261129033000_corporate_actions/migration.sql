-- Splits, bonuses and dividends: what companies did, and what each lot got by it, once.

ALTER TYPE "LedgerEntryKind" ADD VALUE 'DIVIDEND';
ALTER TYPE "LedgerEntryKind" ADD VALUE 'CORPORATE_ACTION';

CREATE TYPE "CorporateActionKind" AS ENUM ('DIVIDEND', 'BONUS', 'SPLIT');

CREATE TABLE "CorporateAction" (
  "id" UUID NOT NULL,
  "instrumentId" UUID NOT NULL,
  "kind" "CorporateActionKind" NOT NULL,
  "exDate" DATE NOT NULL,
  "unitsAfter" INTEGER NOT NULL DEFAULT 1,
  "unitsBefore" INTEGER NOT NULL DEFAULT 1,
  "cashPerUnit" DECIMAL(20,4),
  "fractionPrice" DECIMAL(20,4),
  "source" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "CorporateAction_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "CorporateAction_instrumentId_fkey" FOREIGN KEY ("instrumentId")
    REFERENCES "Instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "CorporateAction_units" CHECK ("unitsBefore" > 0 AND "unitsAfter" >= "unitsBefore"),
  CONSTRAINT "CorporateAction_amounts" CHECK (
    ("kind" = 'DIVIDEND') = ("cashPerUnit" IS NOT NULL)
    AND "cashPerUnit" > 0 AND ("fractionPrice" IS NULL OR "fractionPrice" >= 0)
    OR "kind" <> 'DIVIDEND' AND "cashPerUnit" IS NULL)
);
CREATE UNIQUE INDEX "CorporateAction_instrumentId_exDate_kind_key"
  ON "CorporateAction"("instrumentId", "exDate", "kind");

CREATE TABLE "CorporateEntitlement" (
  "actionId" UUID NOT NULL,
  "tradeId" UUID NOT NULL,
  "portfolioId" UUID NOT NULL,
  "runId" UUID,
  "feedId" UUID,
  "instrumentId" UUID NOT NULL,
  "unitsBefore" DECIMAL(20,6) NOT NULL,
  "unitsAfter" DECIMAL(20,6) NOT NULL,
  "cash" DECIMAL(20,2) NOT NULL,
  "appliedAt" TIMESTAMPTZ(3) NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "CorporateEntitlement_pkey" PRIMARY KEY ("actionId", "tradeId"),
  CONSTRAINT "CorporateEntitlement_actionId_fkey" FOREIGN KEY ("actionId")
    REFERENCES "CorporateAction"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "CorporateEntitlement_tradeId_fkey" FOREIGN KEY ("tradeId")
    REFERENCES "Trade"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "CorporateEntitlement_portfolioId_fkey" FOREIGN KEY ("portfolioId")
    REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "CorporateEntitlement_portfolioId_appliedAt_idx"
  ON "CorporateEntitlement"("portfolioId", "appliedAt");

-- A lot keeps its cost to the paisa when its units become more, so that its price has more decimals.
ALTER TABLE "Trade" ALTER COLUMN "entryPrice" TYPE DECIMAL(24,10);

-- AlterTable
ALTER TABLE "Instrument" ADD COLUMN     "segment" TEXT NOT NULL DEFAULT 'EQUITY';

-- CreateTable
CREATE TABLE "SessionPlan" (
    "segment" TEXT NOT NULL,
    "validFrom" DATE NOT NULL,
    "validTo" DATE,
    "phases" JSONB NOT NULL,
    "afterMarket" JSONB NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "SessionPlan_pkey" PRIMARY KEY ("segment","validFrom")
);

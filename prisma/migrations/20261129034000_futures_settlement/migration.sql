-- Gains and losses of futures are paid each evening.

ALTER TYPE "LedgerAccount" ADD VALUE 'SETTLEMENT';
ALTER TYPE "LedgerEntryKind" ADD VALUE 'SETTLEMENT';
ALTER TABLE "Position" ADD COLUMN "settled" DECIMAL(20,2) NOT NULL DEFAULT 0;

-- AlterEnum

ALTER TYPE "LedgerEntryKind" ADD VALUE 'WITHDRAWAL';
ALTER TYPE "LedgerEntryKind" ADD VALUE 'RESET';

-- AlterTable
ALTER TABLE "Portfolio" ADD COLUMN     "epochStartedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "PortfolioSnapshot" ADD COLUMN     "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "ReplaySession" ADD COLUMN     "fillModel" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "fillModel" JSONB NOT NULL DEFAULT '{}';

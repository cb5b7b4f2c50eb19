-- AlterTable
ALTER TABLE "Feed" ADD COLUMN     "matchedThrough" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "SimulatedOrder" ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0;

-- CreateEnum
CREATE TYPE "OrderVariety" AS ENUM ('REGULAR', 'AMO', 'CO', 'ICEBERG');

-- AlterEnum
ALTER TYPE "OrderSource" ADD VALUE 'PROTECTIVE_STOP';
ALTER TYPE "OrderSource" ADD VALUE 'GTT';

-- AlterEnum
ALTER TYPE "OrderStatus" ADD VALUE 'MODIFY_PENDING';

-- AlterEnum
ALTER TYPE "SimulatedOrderStatus" ADD VALUE 'TRIGGER_PENDING';
ALTER TYPE "SimulatedOrderStatus" ADD VALUE 'EXPIRED';

-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "disclosedQuantity" DECIMAL(20,6),
ADD COLUMN     "icebergLegs" INTEGER,
ADD COLUMN     "legNumber" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "marketProtectionPercent" DECIMAL(7,4),
ADD COLUMN     "modificationCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "parentOrderId" UUID,
ADD COLUMN     "requestedTerms" JSONB,
ADD COLUMN     "tag" VARCHAR(20),
ADD COLUMN     "triggered" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "validityMinutes" INTEGER,
ADD COLUMN     "variety" "OrderVariety" NOT NULL DEFAULT 'REGULAR';

-- AlterTable
ALTER TABLE "SimulatedOrder" ADD COLUMN     "disclosedQuantity" DECIMAL(20,6),
ADD COLUMN     "icebergLegs" INTEGER,
ADD COLUMN     "marketProtectionPercent" DECIMAL(7,4),
ADD COLUMN     "portfolioId" UUID,
ADD COLUMN     "price" DECIMAL(20,4),
ADD COLUMN     "triggerPrice" DECIMAL(20,4),
ADD COLUMN     "validity" "OrderValidity" NOT NULL DEFAULT 'DAY',
ADD COLUMN     "validityMinutes" INTEGER,
ADD COLUMN     "variety" "OrderVariety" NOT NULL DEFAULT 'REGULAR';

-- The book learns whose its orders are from ours; one that is not in ours is nobody's.
UPDATE "SimulatedOrder" s SET "portfolioId" = o."portfolioId"
FROM "Order" o WHERE o."clientOrderId" = s."clientOrderId";
DELETE FROM "SimulatedOrder" WHERE "portfolioId" IS NULL;
ALTER TABLE "SimulatedOrder" ALTER COLUMN "portfolioId" SET NOT NULL;

-- CreateIndex
CREATE INDEX "Order_parentOrderId_idx" ON "Order"("parentOrderId");

-- CreateIndex
CREATE INDEX "SimulatedOrder_portfolioId_idx" ON "SimulatedOrder"("portfolioId");

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_parentOrderId_fkey" FOREIGN KEY ("parentOrderId") REFERENCES "Order"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SimulatedOrder" ADD CONSTRAINT "SimulatedOrder_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE;

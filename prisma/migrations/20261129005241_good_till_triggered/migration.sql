-- CreateEnum
CREATE TYPE "GttStatus" AS ENUM ('ACTIVE', 'TRIGGERED', 'REJECTED', 'CANCELLED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "GttDirection" AS ENUM ('AT_OR_ABOVE', 'AT_OR_BELOW');

-- AlterEnum
ALTER TYPE "EventTopic" ADD VALUE 'GTT';

-- CreateTable
CREATE TABLE "Gtt" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "portfolioId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "feedId" UUID NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "side" "OrderSide" NOT NULL,
    "product" "ProductType" NOT NULL,
    "status" "GttStatus" NOT NULL,
    "lastPrice" DECIMAL(20,4) NOT NULL,
    "watchedFrom" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Gtt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GttLeg" (
    "gttId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "direction" "GttDirection" NOT NULL,
    "triggerPrice" DECIMAL(20,4) NOT NULL,
    "price" DECIMAL(20,4) NOT NULL,
    "quantity" DECIMAL(20,6) NOT NULL,
    "orderId" UUID,

    CONSTRAINT "GttLeg_pkey" PRIMARY KEY ("gttId","number")
);

-- CreateIndex
CREATE INDEX "Gtt_feedId_status_idx" ON "Gtt"("feedId", "status");

-- CreateIndex
CREATE INDEX "Gtt_userId_createdAt_idx" ON "Gtt"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Gtt_portfolioId_status_idx" ON "Gtt"("portfolioId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Gtt_userId_idempotencyKey_key" ON "Gtt"("userId", "idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "GttLeg_orderId_key" ON "GttLeg"("orderId");

-- AddForeignKey
ALTER TABLE "Gtt" ADD CONSTRAINT "Gtt_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gtt" ADD CONSTRAINT "Gtt_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Gtt" ADD CONSTRAINT "Gtt_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GttLeg" ADD CONSTRAINT "GttLeg_gttId_fkey" FOREIGN KEY ("gttId") REFERENCES "Gtt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GttLeg" ADD CONSTRAINT "GttLeg_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE SET NULL ON UPDATE CASCADE;

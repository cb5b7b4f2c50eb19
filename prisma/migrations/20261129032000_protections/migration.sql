-- CreateEnum
CREATE TYPE "ProtectionStatus" AS ENUM ('ACTIVE', 'ENDED', 'REMOVED');

-- CreateEnum
CREATE TYPE "ProtectionPhase" AS ENUM ('STOP', 'TARGET', 'EXIT');

-- CreateTable
CREATE TABLE "Protection" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "portfolioId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "product" "ProductType" NOT NULL,
    "feedId" UUID,
    "entryOrderId" UUID,
    "side" "OrderSide" NOT NULL,
    "stopPrice" DECIMAL(20,4) NOT NULL,
    "targetPrice" DECIMAL(20,4),
    "status" "ProtectionStatus" NOT NULL,
    "phase" "ProtectionPhase" NOT NULL,
    "watchedFrom" TIMESTAMPTZ(3) NOT NULL,
    "endReason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Protection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProtectionOrder" (
    "orderId" UUID NOT NULL,
    "protectionId" UUID NOT NULL,

    CONSTRAINT "ProtectionOrder_pkey" PRIMARY KEY ("orderId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Protection_entryOrderId_key" ON "Protection"("entryOrderId");

-- CreateIndex
CREATE INDEX "Protection_portfolioId_instrumentId_product_status_idx" ON "Protection"("portfolioId", "instrumentId", "product", "status");

-- CreateIndex
CREATE INDEX "Protection_feedId_status_idx" ON "Protection"("feedId", "status");

-- CreateIndex
CREATE INDEX "Protection_userId_createdAt_idx" ON "Protection"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Protection_status_idx" ON "Protection"("status");

-- CreateIndex
CREATE INDEX "ProtectionOrder_protectionId_idx" ON "ProtectionOrder"("protectionId");

-- AddForeignKey
ALTER TABLE "Protection" ADD CONSTRAINT "Protection_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Protection" ADD CONSTRAINT "Protection_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Protection" ADD CONSTRAINT "Protection_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Protection" ADD CONSTRAINT "Protection_entryOrderId_fkey" FOREIGN KEY ("entryOrderId") REFERENCES "Order"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProtectionOrder" ADD CONSTRAINT "ProtectionOrder_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProtectionOrder" ADD CONSTRAINT "ProtectionOrder_protectionId_fkey" FOREIGN KEY ("protectionId") REFERENCES "Protection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

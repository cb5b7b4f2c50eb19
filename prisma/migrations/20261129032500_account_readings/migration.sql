-- CreateEnum
CREATE TYPE "DifferenceKind" AS ENUM ('ORDER_UNKNOWN_TO_US', 'ORDER_ABSENT_AT_BROKER', 'ORDER_DIFFERS', 'POSITION_DIFFERS', 'AVAILABLE_FUNDS_DIFFER', 'UTILISED_FUNDS_DIFFER');

-- CreateTable
CREATE TABLE "AccountReading" (
    "portfolioId" UUID NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "agreedAt" TIMESTAMPTZ(3),
    "failedAt" TIMESTAMPTZ(3),
    "failureReason" TEXT,
    "suspicions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "claimedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "AccountReading_pkey" PRIMARY KEY ("portfolioId")
);

-- CreateTable
CREATE TABLE "ReconciliationFinding" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "portfolioId" UUID NOT NULL,
    "kind" "DifferenceKind" NOT NULL,
    "subject" TEXT NOT NULL,
    "instrumentId" UUID,
    "product" "ProductType",
    "orderId" UUID,
    "brokerOrderId" TEXT,
    "ourStatus" TEXT,
    "brokerStatus" TEXT,
    "ourQuantity" DECIMAL(20,6),
    "brokerQuantity" DECIMAL(20,6),
    "ourAmount" DECIMAL(20,2),
    "brokerAmount" DECIMAL(20,2),
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "acknowledgedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReconciliationFinding_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReconciliationFinding_userId_openedAt_idx" ON "ReconciliationFinding"("userId", "openedAt");

-- CreateIndex
CREATE INDEX "ReconciliationFinding_portfolioId_endedAt_idx" ON "ReconciliationFinding"("portfolioId", "endedAt");

-- AddForeignKey
ALTER TABLE "AccountReading" ADD CONSTRAINT "AccountReading_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReconciliationFinding" ADD CONSTRAINT "ReconciliationFinding_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReconciliationFinding" ADD CONSTRAINT "ReconciliationFinding_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what differs is open once.
CREATE UNIQUE INDEX "ReconciliationFinding_open_key"
ON "ReconciliationFinding"("portfolioId", "kind", "subject") WHERE "endedAt" IS NULL;

-- Other prices that were asked for a protection, once for a key, and what the broker made of them.

CREATE TYPE "ProtectionChangeStatus" AS ENUM ('PENDING', 'TAKEN', 'REFUSED', 'LAPSED');

CREATE TABLE "ProtectionChange" (
  "id" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "protectionId" UUID NOT NULL,
  "idempotencyKey" TEXT NOT NULL,
  "requestHash" TEXT NOT NULL,
  "status" "ProtectionChangeStatus" NOT NULL,
  "stopPrice" DECIMAL(20,4) NOT NULL,
  "targetPrice" DECIMAL(20,4),
  "stopPriceBefore" DECIMAL(20,4) NOT NULL,
  "targetPriceBefore" DECIMAL(20,4),
  "phaseBefore" "ProtectionPhase" NOT NULL,
  "reason" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "ProtectionChange_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "ProtectionChange_userId_fkey" FOREIGN KEY ("userId")
    REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "ProtectionChange_protectionId_fkey" FOREIGN KEY ("protectionId")
    REFERENCES "Protection"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "ProtectionChange_userId_idempotencyKey_key"
  ON "ProtectionChange"("userId", "idempotencyKey");
CREATE INDEX "ProtectionChange_protectionId_createdAt_idx"
  ON "ProtectionChange"("protectionId", "createdAt");

-- CreateEnum
CREATE TYPE "JobFailureStatus" AS ENUM ('WAITING', 'RETRY_REQUESTED', 'RETRIED', 'DISCARDED');

-- DropIndex
DROP INDEX "JobFailure_queue_failedAt_idx";

-- AlterTable
ALTER TABLE "JobFailure" ADD COLUMN     "decidedAt" TIMESTAMPTZ(3),
ADD COLUMN     "status" "JobFailureStatus" NOT NULL DEFAULT 'WAITING';

-- CreateIndex
CREATE INDEX "JobFailure_failedAt_idx" ON "JobFailure"("failedAt");

-- CreateIndex
CREATE INDEX "JobFailure_status_failedAt_idx" ON "JobFailure"("status", "failedAt");

-- AlterTable
ALTER TABLE "RiskLock" ADD COLUMN     "releasedResult" DECIMAL(20,2),
ADD COLUMN     "toldAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Fill_feedId_tradingDay_idx" ON "Fill"("feedId", "tradingDay");

-- By hand: two locks that hold for the same reason are one; the later of them ends where it began.
UPDATE "RiskLock" lock SET "releasedAt" = "lockedAt"
WHERE "releasedAt" IS NULL AND EXISTS (
  SELECT 1 FROM "RiskLock" first
  WHERE first."scope" = lock."scope" AND first."scopeId" = lock."scopeId"
    AND first."feedId" = lock."feedId" AND first."kind" = lock."kind"
    AND first."endsAt" IS NOT DISTINCT FROM lock."endsAt" AND first."releasedAt" IS NULL
    AND (first."createdAt", first."id") < (lock."createdAt", lock."id"));

CREATE UNIQUE INDEX "RiskLock_held_key"
ON "RiskLock"("scope", "scopeId", "feedId", "kind", "endsAt") NULLS NOT DISTINCT
WHERE "releasedAt" IS NULL;

-- By hand: of locks from before this, those concerned know.
UPDATE "RiskLock" SET "toldAt" = "createdAt";

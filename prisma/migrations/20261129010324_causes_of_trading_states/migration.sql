-- CreateEnum
CREATE TYPE "TradingStateCause" AS ENUM ('KILL_SWITCH', 'SUSPENSION', 'DELETION');

-- AlterTable
ALTER TABLE "TradingState" DROP CONSTRAINT "TradingState_pkey",
ADD COLUMN     "cause" "TradingStateCause" NOT NULL DEFAULT 'KILL_SWITCH',
ADD CONSTRAINT "TradingState_pkey" PRIMARY KEY ("scope", "scopeId", "cause");

-- What suspensions and deletions set gets a row of its own, also where a kill switch stood in its way.
INSERT INTO "TradingState" ("scope", "scopeId", "cause", "state", "reason", "updatedAt")
SELECT 'USER'::"RiskScope", "id"::text, 'SUSPENSION'::"TradingStateCause",
  'REDUCING'::"TradingStateValue", 'The account was suspended.', "suspendedAt"
FROM "User" WHERE "suspendedAt" IS NOT NULL
UNION ALL
SELECT 'USER', "id"::text, 'DELETION', 'REDUCING', 'The account was deleted.', "deletedAt"
FROM "User" WHERE "deletedAt" IS NOT NULL;

UPDATE "TradingState" SET "state" = 'ACTIVE', "reason" = NULL
WHERE "cause" = 'KILL_SWITCH' AND "killSwitchId" IS NULL
  AND "reason" IN ('The account was suspended.', 'The account was deleted.');

-- The platform has limits and a kill switch from its beginning, as users and portfolios have.
INSERT INTO "TradingState" ("scope", "scopeId", "updatedAt")
VALUES ('PLATFORM', 'platform', CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING;
INSERT INTO "RiskLimits" ("scope", "scopeId", "updatedAt")
VALUES ('PLATFORM', 'platform', CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING;

-- The drawdown of a scope is measured from its highest result with open positions at their marks; what
-- was closed alone says neither how high it stood nor that it stood there. Where a limit holds already,
-- what its lock was released with goes on; else it is seen anew from the next minute.

CREATE TABLE "RiskPeak" (
  "scope" "RiskScope" NOT NULL,
  "scopeId" TEXT NOT NULL,
  "feedId" UUID NOT NULL,
  "result" DECIMAL(20,2) NOT NULL,
  CONSTRAINT "RiskPeak_pkey" PRIMARY KEY ("scope", "scopeId", "feedId"),
  CONSTRAINT "RiskPeak_feedId_fkey" FOREIGN KEY ("feedId") REFERENCES "Feed"("id")
    ON DELETE CASCADE ON UPDATE CASCADE
);

INSERT INTO "RiskPeak" ("scope", "scopeId", "feedId", "result")
SELECT DISTINCT ON ("scope", "scopeId", "feedId") "scope", "scopeId", "feedId", "releasedResult"
FROM "RiskLock" WHERE "kind" = 'MAX_DRAWDOWN' AND "releasedResult" IS NOT NULL
ORDER BY "scope", "scopeId", "feedId", "releasedAt" DESC;

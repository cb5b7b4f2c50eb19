-- Rules name instruments of their own: what they read beside what they trade, or a pair's other leg.
-- The name stays as the rules write it, whatever the instrument is called later.
CREATE TABLE "StrategyVersionReference" (
  "strategyVersionId" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "instrumentId" UUID NOT NULL,
  CONSTRAINT "StrategyVersionReference_pkey" PRIMARY KEY ("strategyVersionId", "name"),
  CONSTRAINT "StrategyVersionReference_strategyVersionId_fkey" FOREIGN KEY ("strategyVersionId")
    REFERENCES "StrategyVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "StrategyVersionReference_instrumentId_fkey" FOREIGN KEY ("instrumentId")
    REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- The tree is the text in another spelling, and is made of it whenever it is asked for.
ALTER TABLE "StrategyVersion" DROP COLUMN "tree";

-- What a decision has to know of the holdings and their fills do not say.
ALTER TABLE "AgentDecision" ADD COLUMN "memory" JSONB NOT NULL DEFAULT '[]';

-- Searches of a strategy's parameters, and what they tell their users.
ALTER TYPE "EventTopic" ADD VALUE 'OPTIMISATION';

CREATE TYPE "OptimisationStatus" AS ENUM ('QUEUED', 'RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED');
CREATE TYPE "OptimisationSearch" AS ENUM ('GRID', 'RANDOM', 'GUIDED');
CREATE TYPE "AimDirection" AS ENUM ('MAXIMISE', 'MINIMISE');
CREATE TYPE "WalkForwardKind" AS ENUM ('ROLLING', 'ANCHORED');

CREATE TABLE "Optimisation" (
  "id" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "strategyVersionId" UUID NOT NULL,
  "datasetId" UUID NOT NULL,
  "status" "OptimisationStatus" NOT NULL,
  "initialCapital" DECIMAL(20,2) NOT NULL,
  "rangeFrom" TIMESTAMPTZ(3) NOT NULL,
  "rangeTo" TIMESTAMPTZ(3) NOT NULL,
  "aim" TEXT NOT NULL,
  "direction" "AimDirection" NOT NULL,
  "search" "OptimisationSearch" NOT NULL,
  "seed" INTEGER NOT NULL,
  "trialLimit" INTEGER NOT NULL,
  "constraints" TEXT[],
  "walkForward" "WalkForwardKind",
  "inSampleBars" INTEGER,
  "outOfSampleBars" INTEGER,
  "trialsDone" INTEGER NOT NULL DEFAULT 0,
  "trialsPlanned" INTEGER,
  "best" JSONB,
  "walked" JSONB,
  "equity" BYTEA,
  "caveats" JSONB NOT NULL DEFAULT '[]',
  "failureReason" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "startedAt" TIMESTAMPTZ(3),
  "endedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Optimisation_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Optimisation_userId_fkey" FOREIGN KEY ("userId")
    REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "Optimisation_strategyVersionId_fkey" FOREIGN KEY ("strategyVersionId")
    REFERENCES "StrategyVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "Optimisation_datasetId_fkey" FOREIGN KEY ("datasetId")
    REFERENCES "Dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "Optimisation_userId_createdAt_idx" ON "Optimisation"("userId", "createdAt");
CREATE INDEX "Optimisation_strategyVersionId_idx" ON "Optimisation"("strategyVersionId");

-- Trials as they came, so that a search goes on after a crash.
CREATE TABLE "OptimisationTrials" (
  "id" UUID NOT NULL,
  "optimisationId" UUID NOT NULL,
  "packed" BYTEA NOT NULL,
  CONSTRAINT "OptimisationTrials_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "OptimisationTrials_optimisationId_fkey" FOREIGN KEY ("optimisationId")
    REFERENCES "Optimisation"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "OptimisationTrials_optimisationId_idx" ON "OptimisationTrials"("optimisationId");

import type {
  ReconciliationFindingView,
  RiskLimitsView,
  RiskLockView,
} from '@nandax/app/views/risk.ts';
import { installationChain } from '@nandax/app/ports/audit.ts';
import { Prisma } from '../generated/client.ts';
import { viewMaker } from './row-to-view.ts';
import { strictness, tradingStateOf } from './strictness.ts';

import { uuid, type Source } from './source.ts';
/** Of the scope of limits or a lock; what concerns the whole installation is nobody's. */
const ownerOfScope = Prisma.sql`CASE item."scope"
    WHEN 'USER' THEN item."scopeId"::uuid
    WHEN 'PORTFOLIO' THEN (SELECT "userId" FROM "Portfolio" WHERE "id" = item."scopeId"::uuid)
    WHEN 'STRATEGY' THEN (SELECT "userId" FROM "Strategy" WHERE "id" = item."scopeId"::uuid)
    WHEN 'AGENT' THEN (SELECT "userId" FROM "Agent" WHERE "id" = item."scopeId"::uuid)
    ELSE ${installationChain}::uuid
  END`;

export const riskLocks: Source<RiskLockView> = {
  columns: Prisma.sql`item.*, ${ownerOfScope} AS "ownerId",
    item."releasedAt" IS NULL AND (item."endsAt" IS NULL OR item."endsAt" >
      (SELECT "marketTime" FROM "Feed" WHERE "id" = item."feedId")) AS "holds"`,
  from: Prisma.sql`"RiskLock" item`,
  idType: uuid,
  toView: viewMaker<RiskLockView>('RiskLock', {
    limit: 'decimal',
    actual: 'decimal',
    lockedAt: 'instant',
    endsAt: 'instant',
    releasedAt: 'instant',
  }),
};

/** Their id is that of whom they limit. */
export const riskLimits: Source<RiskLimitsView> = {
  columns: Prisma.sql`item.*, ${ownerOfScope} AS "ownerId", CASE item."scope"
      WHEN 'PORTFOLIO' THEN (SELECT "name" FROM "Portfolio" WHERE "id" = item."id")
      WHEN 'STRATEGY' THEN (SELECT "name" FROM "Strategy" WHERE "id" = item."id")
      WHEN 'AGENT' THEN (SELECT "name" FROM "Agent" WHERE "id" = item."id")
    END AS "name",
    (SELECT max(${strictness}) FROM "TradingState" state
      WHERE state."scope" = item."scope" AND state."scopeId" = item."scopeId") AS "strictness"`,
  from: Prisma.sql`(
    SELECT *, CASE "scope" WHEN 'PLATFORM' THEN ${installationChain}::uuid
      ELSE "scopeId"::uuid END AS "id"
    FROM "RiskLimits") item`,
  idType: uuid,
  toView: viewMaker<RiskLimitsView>(
    'RiskLimits',
    {
      maxCapitalPerTrade: 'decimal',
      maxOrderValue: 'decimal',
      maxOrderQuantity: 'decimal',
      maxOpenPositions: 'decimal',
      maxInstrumentExposure: 'decimal',
      maxTotalExposure: 'decimal',
      maxOrdersPerSecond: 'decimal',
      maxOrdersPerMinute: 'decimal',
      maxOrdersPerDay: 'decimal',
      maxDailyLoss: 'decimal',
      maxDailyProfit: 'decimal',
      maxDrawdown: 'decimal',
      maxConsecutiveLosses: 'decimal',
      maxPriceDeviation: 'decimal',
    },
    (row) => ({
      tradingState: tradingStateOf(row['strictness']),
      allowedInstrumentIds:
        row['restrictsInstruments'] === true ? (row['allowedInstrumentIds'] as string[]) : null,
    }),
  ),
};

export const findings: Source<ReconciliationFindingView> = {
  columns: Prisma.sql`item.*, item."userId" AS "ownerId"`,
  from: Prisma.sql`"ReconciliationFinding" item`,
  idType: uuid,
  toView: viewMaker<ReconciliationFindingView>('ReconciliationFinding', {
    ourQuantity: 'decimal',
    brokerQuantity: 'decimal',
    ourAmount: 'decimal',
    brokerAmount: 'decimal',
    openedAt: 'instant',
    seenAt: 'instant',
    endedAt: 'instant',
    acknowledgedAt: 'instant',
  }),
};

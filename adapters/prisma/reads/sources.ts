import { Decimal } from 'decimal.js';
import type {
  ApiKeyView,
  BrokerAccountView,
  AuditEventView,
  JobFailureView,
  ManagedAccountView,
  NotificationView,
  PasskeyView,
  SessionView,
  UserView,
} from '@nandax/app/views/account.ts';
import type { DatasetView, InstrumentView, ReplaySessionView } from '@nandax/app/views/market.ts';
import type { NodeView } from '@nandax/app/views/node.ts';
import type {
  FillView,
  GttView,
  OrderRequestView,
  OrderView,
  ProtectionView,
} from '@nandax/app/views/order.ts';
import type {
  ContractNoteView,
  LedgerEntryView,
  PortfolioView,
  TradeView,
} from '@nandax/app/views/portfolio.ts';
import type {
  ReconciliationFindingView,
  RiskLimitsView,
  RiskLockView,
} from '@nandax/app/views/risk.ts';
import type {
  AgentDecisionView,
  AgentView,
  RunView,
  SignalView,
  StrategyVersionView,
  StrategyView,
} from '@nandax/app/views/strategy.ts';
import { installationChain } from '@nandax/app/ports/audit.ts';
import { Prisma } from '../generated/client.ts';
import { fillModelOf } from '../trading/fill-model-column.ts';
import { chargesOfRow } from './charges-of-row.ts';
import { instantOf, viewMaker, type Row } from './row-to-view.ts';
import { strictness, tradingStateOf } from './strictness.ts';

/** Where views of one entity come from. The table is `item` in every condition put to it. */
export interface Source<View extends NodeView> {
  readonly columns: Prisma.Sql;
  readonly from: Prisma.Sql;
  /** Type of the id column. */
  readonly idType: Prisma.Sql;
  readonly toView: (row: Row) => View;
}

const uuid = Prisma.sql`uuid`;

/** A source whose rows name their owner in a column. */
function owned<View extends NodeView>(
  table: string,
  ownerColumn: string,
  toView: (row: Row) => View,
): Source<View> {
  return {
    columns: Prisma.sql`item.*, item.${Prisma.raw(`"${ownerColumn}"`)} AS "ownerId"`,
    from: Prisma.raw(`"${table}" item`),
    idType: uuid,
    toView,
  };
}

const deleted = (row: Row) => ({ deleted: (row['deletedAt'] ?? null) !== null });

/** Without the password's hash, which leaves the database only to be checked. */
export const users: Source<UserView> = {
  columns: Prisma.sql`item."id", item."id" AS "ownerId", item."email", item."displayName",
    item."role", item."tier", item."loginLetters", item."createdAt", item."lastLoginAt"`,
  from: Prisma.sql`"User" item`,
  idType: uuid,
  toView: viewMaker<UserView>('User', { createdAt: 'instant', lastLoginAt: 'instant' }),
};

/** Without the secret's hash. */
export const sessions: Source<SessionView> = {
  columns: Prisma.sql`item."id", item."userId" AS "ownerId", item."kind", item."secondFactor",
    item."userAgent", item."ipAddress", item."createdAt", item."lastSeenAt", item."expiresAt"`,
  from: Prisma.sql`"Session" item`,
  idType: uuid,
  toView: viewMaker<SessionView>('Session', {
    createdAt: 'instant',
    lastSeenAt: 'instant',
    expiresAt: 'instant',
  }),
};

/** Without the secret's hash. */
export const apiKeys: Source<ApiKeyView> = {
  columns: Prisma.sql`item."id", item."userId" AS "ownerId", item."name", item."prefix",
    item."scopes"::text[] AS "scopes", item."allowedIps", item."expiresAt", item."lastUsedAt",
    item."lastIpAddress", item."createdAt", item."revokedAt"`,
  from: Prisma.sql`"ApiKey" item`,
  idType: uuid,
  toView: viewMaker<ApiKeyView>('ApiKey', {
    expiresAt: 'instant',
    lastUsedAt: 'instant',
    createdAt: 'instant',
    revokedAt: 'instant',
  }),
};

export const managedAccounts: Source<ManagedAccountView> = {
  columns: Prisma.sql`item."id", item."id" AS "ownerId", item."email", item."displayName",
    item."role", item."tier", item."createdAt", item."lastLoginAt", item."suspendedAt",
    item."suspensionReason", item."deletedAt", item."erasedAt",
    EXISTS (SELECT FROM "TotpCredential" totp
      WHERE totp."userId" = item."id" AND totp."confirmedAt" IS NOT NULL)
    OR EXISTS (SELECT FROM "Passkey" passkey WHERE passkey."userId" = item."id") AS "secondFactor"`,
  from: Prisma.sql`"User" item`,
  idType: uuid,
  toView: viewMaker<ManagedAccountView>('ManagedAccount', {
    createdAt: 'instant',
    lastLoginAt: 'instant',
    suspendedAt: 'instant',
    deletedAt: 'instant',
    erasedAt: 'instant',
  }),
};

/** They are nobody's: the installation's, whose id no user has. */
export const jobFailures: Source<JobFailureView> = {
  columns: Prisma.sql`item.*, ${installationChain}::uuid AS "ownerId"`,
  from: Prisma.sql`"JobFailure" item`,
  idType: uuid,
  toView: viewMaker<JobFailureView>('JobFailure', { failedAt: 'instant', decidedAt: 'instant' }),
};

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
      allowedInstrumentIds: allowedOf(row['allowedInstrumentIds']),
    }),
  ),
};

/** An empty list stands for all. */
function allowedOf(ids: unknown): readonly string[] | null {
  return Array.isArray(ids) && ids.length > 0 ? (ids as string[]) : null;
}

export const passkeys: Source<PasskeyView> = {
  columns: Prisma.sql`item."id", item."userId" AS "ownerId", item."name", item."backedUp",
    item."createdAt", item."lastUsedAt"`,
  from: Prisma.sql`"Passkey" item`,
  idType: uuid,
  toView: viewMaker<PasskeyView>('Passkey', { createdAt: 'instant', lastUsedAt: 'instant' }),
};

/** Without the secrets, which leave the database only to be used. */
export const brokerAccounts: Source<BrokerAccountView> = {
  columns: Prisma.sql`item."id", item."userId" AS "ownerId", item."broker", item."label",
    item."apiKeyEnding", item."createdAt", item."deletedAt"`,
  from: Prisma.sql`"BrokerConnection" item`,
  idType: uuid,
  toView: viewMaker<BrokerAccountView>('BrokerAccount', { createdAt: 'instant' }, deleted),
};

export const instruments = owned(
  'Instrument',
  'ownerId',
  viewMaker<InstrumentView>('Instrument', {
    tickSize: 'decimal',
    multiplier: 'decimal',
    strikePrice: 'decimal',
  }),
);

export const datasets = owned(
  'Dataset',
  'ownerId',
  viewMaker<DatasetView>('Dataset', { createdAt: 'instant' }),
);

const fillModel = (row: Row) => ({ fillModel: fillModelOf(row['fillModel']) });

export const replaySessions: Source<ReplaySessionView> = owned(
  'ReplaySession',
  'userId',
  viewMaker<ReplaySessionView>(
    'ReplaySession',
    {
      rangeFrom: 'instant',
      rangeTo: 'instant',
      speed: 'decimal',
      cursor: 'instant',
      createdAt: 'instant',
    },
    fillModel,
  ),
);

export const strategies = owned(
  'Strategy',
  'userId',
  viewMaker<StrategyView>('Strategy', { createdAt: 'instant', updatedAt: 'instant' }, deleted),
);

export const strategyVersions: Source<StrategyVersionView> = {
  columns: Prisma.sql`item.*, strategy."userId" AS "ownerId"`,
  from: Prisma.sql`"StrategyVersion" item JOIN "Strategy" strategy ON strategy."id" = item."strategyId"`,
  idType: uuid,
  toView: viewMaker<StrategyVersionView>('StrategyVersion', { createdAt: 'instant' }),
};

/** Without statistics and equity, which are read only where they are shown. */
export const runs: Source<RunView> = {
  columns: Prisma.sql`
    item."id", item."userId" AS "ownerId", item."kind", item."status", item."strategyVersionId",
    item."agentId", item."portfolioId", item."feedId", item."datasetId", item."initialCapital",
    item."fillModel",
    item."rangeFrom", item."rangeTo", item."progress", item."failureReason", item."caveats",
    item."createdAt", item."startedAt", item."endedAt"`,
  from: Prisma.sql`"Run" item`,
  idType: uuid,
  toView: viewMaker<RunView>(
    'Run',
    {
      initialCapital: 'decimal',
      rangeFrom: 'instant',
      rangeTo: 'instant',
      progress: 'decimal',
      createdAt: 'instant',
      startedAt: 'instant',
      endedAt: 'instant',
    },
    fillModel,
  ),
};

export const agents = owned(
  'Agent',
  'userId',
  viewMaker<AgentView>('Agent', { createdAt: 'instant', updatedAt: 'instant' }, deleted),
);

export const agentDecisions: Source<AgentDecisionView> = {
  columns: Prisma.sql`item.*, run."userId" AS "ownerId"`,
  from: Prisma.sql`"AgentDecision" item JOIN "Run" run ON run."id" = item."runId"`,
  idType: uuid,
  toView: viewMaker<AgentDecisionView>(
    'AgentDecision',
    { barTime: 'instant', createdAt: 'instant' },
    (row) => ({ signals: (row['signals'] as readonly StoredSignal[]).map(signalOf) }),
  ),
};

type StoredSignal = Omit<SignalView, 'quantity'> & { readonly quantity: number };

function signalOf(stored: StoredSignal): SignalView {
  return { ...stored, quantity: new Decimal(stored.quantity) };
}

export const orders: Source<OrderView> = {
  columns: Prisma.sql`item.*, item."userId" AS "ownerId", run."agentId"`,
  from: Prisma.sql`"Order" item LEFT JOIN "Run" run ON run."id" = item."runId"`,
  idType: uuid,
  toView: viewMaker<OrderView>('Order', {
    quantity: 'decimal',
    filledQuantity: 'decimal',
    averagePrice: 'decimal',
    referencePrice: 'decimal',
    price: 'decimal',
    triggerPrice: 'decimal',
    disclosedQuantity: 'decimal',
    marketProtectionPercent: 'decimal',
    marketTime: 'instant',
    createdAt: 'instant',
    updatedAt: 'instant',
  }),
};

/** Amounts of legs as text: JSON has no decimals. */
export const gtts: Source<GttView> = {
  columns: Prisma.sql`item.*, item."userId" AS "ownerId", (
    SELECT json_agg(json_build_object(
        'number', leg."number", 'direction', leg."direction", 'orderId', leg."orderId",
        'triggerPrice', leg."triggerPrice"::text, 'price', leg."price"::text,
        'quantity', leg."quantity"::text) ORDER BY leg."number")
    FROM "GttLeg" leg WHERE leg."gttId" = item."id") AS "legs"`,
  from: Prisma.sql`"Gtt" item`,
  idType: uuid,
  toView: viewMaker<GttView>(
    'Gtt',
    {
      lastPrice: 'decimal',
      watchedFrom: 'instant',
      expiresAt: 'instant',
      endedAt: 'instant',
      createdAt: 'instant',
      updatedAt: 'instant',
    },
    (row) => ({ legs: ((row['legs'] ?? []) as readonly StoredLeg[]).map(legOf) }),
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

type GttLegView = GttView['legs'][number];

type StoredLeg = {
  readonly [K in keyof GttLegView]: GttLegView[K] extends Decimal ? string : GttLegView[K];
};

function legOf(stored: StoredLeg): GttLegView {
  const { triggerPrice, price, quantity } = stored;
  return {
    ...stored,
    triggerPrice: new Decimal(triggerPrice),
    price: new Decimal(price),
    quantity: new Decimal(quantity),
  };
}
export const orderRequests = owned(
  'OrderRequest',
  'userId',
  viewMaker<OrderRequestView>('OrderRequest', { createdAt: 'instant' }),
);

export const protections = owned(
  'Protection',
  'userId',
  viewMaker<ProtectionView>('Protection', {
    stopPrice: 'decimal',
    targetPrice: 'decimal',
    watchedFrom: 'instant',
    createdAt: 'instant',
    updatedAt: 'instant',
  }),
);

export const fills = owned(
  'Fill',
  'userId',
  viewMaker<FillView>(
    'Fill',
    { quantity: 'decimal', price: 'decimal', executedAt: 'instant' },
    (row) => ({ charges: chargesOfRow(row) }),
  ),
);

export const trades = owned(
  'Trade',
  'userId',
  viewMaker<TradeView>(
    'Trade',
    {
      quantity: 'decimal',
      entryPrice: 'decimal',
      entryAt: 'instant',
      exitPrice: 'decimal',
      exitAt: 'instant',
      grossPnl: 'decimal',
      createdAt: 'instant',
    },
    (row) => ({ charges: chargesOfRow(row) }),
  ),
);

export const portfolios = owned(
  'Portfolio',
  'userId',
  viewMaker<PortfolioView>(
    'Portfolio',
    { initialCapital: 'decimal', createdAt: 'instant', epochStartedAt: 'instant' },
    deleted,
  ),
);

export const ledgerEntries: Source<LedgerEntryView> = {
  columns: Prisma.sql`item.*, portfolio."userId" AS "ownerId"`,
  from: Prisma.sql`"LedgerEntry" item JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"`,
  idType: Prisma.sql`bigint`,
  toView: viewMaker<LedgerEntryView>(
    'LedgerEntry',
    { amount: 'decimal', postedAt: 'instant', createdAt: 'instant' },
    (row) => ({ id: String(row['id']) }),
  ),
};

export const contractNotes: Source<ContractNoteView> = {
  columns: Prisma.sql`item.*, portfolio."userId" AS "ownerId"`,
  from: Prisma.sql`"ContractNote" item JOIN "Portfolio" portfolio ON portfolio."id" = item."portfolioId"`,
  idType: uuid,
  toView: viewMaker<ContractNoteView>('ContractNote', { createdAt: 'instant' }, (row) => ({
    charges: chargesOfRow(row),
    tradingDay: instantOf(row['tradingDay'])?.toISOString().slice(0, 10) ?? '',
  })),
};

export const notifications = owned(
  'Notification',
  'userId',
  viewMaker<NotificationView>('Notification', { readAt: 'instant', createdAt: 'instant' }),
);

export const auditEvents: Source<AuditEventView> = {
  columns: Prisma.sql`item."id", item."chain" AS "ownerId", item."position", item."occurredAt",
    item."action", item."actorKind", item."actorUserId", item."actorId", item."entity" AS "subject",
    item."entityId" AS "subjectId", item."detail", item."personal", item."personalOf",
    item."previousHash", item."hash"`,
  from: Prisma.sql`"AuditEvent" item`,
  idType: uuid,
  toView: viewMaker<AuditEventView>('AuditEvent', { occurredAt: 'instant' }),
};

import type { ListName, ListViews } from '@nandax/app/ports/reads.ts';
import type { NodeView } from '@nandax/app/views/node.ts';
import { Prisma } from '../generated/client.ts';
import {
  agentDecisions,
  agents,
  apiKeys,
  brokerAccounts,
  auditEvents,
  contractNotes,
  datasets,
  findings,
  gtts,
  instruments,
  jobFailures,
  ledgerEntries,
  managedAccounts,
  notifications,
  optimisations,
  orders,
  portfolios,
  protections,
  replaySessions,
  riskLimits,
  riskLocks,
  runs,
  sessions,
  strategies,
  strategyVersions,
  trades,
  type Source,
} from './sources.ts';

/** A list below a parent, whose id is `parent."id"`. */
export interface ListDefinition<View extends NodeView = NodeView> {
  readonly source: Source<View>;
  /** Which rows belong to the parent. */
  readonly belongs: Prisma.Sql;
  /** What a filter text asks of a row; absent: the list takes none. */
  readonly matches?: (filter: string) => Prisma.Sql;
  readonly sort: ListSort;
}

/** By which column a list is sorted (then by id), and how its values are written and read. */
export interface ListSort {
  readonly column: Prisma.Sql;
  readonly descending: boolean;
  /** The value of a cursor's key, as the column's type. */
  readonly value: (key: string) => Prisma.Sql;
}

/** A forged key that is no instant finds the page behind 1970: an empty one. */
const instant = (key: string) => {
  const time = Number(key);
  return Prisma.sql`to_timestamp(${Math.abs(time) <= 8.64e15 ? time : 0} / 1000.0)`;
};

const newest: ListSort = {
  column: Prisma.sql`item."createdAt"`,
  descending: true,
  value: instant,
};

const lastOpened: ListSort = {
  column: Prisma.sql`item."openedAt"`,
  descending: true,
  value: instant,
};

/** Newest in market time: a backtest's trades are all written at once. */
const lastEntered: ListSort = {
  column: Prisma.sql`item."entryAt"`,
  descending: true,
  value: instant,
};

/** In a chain the position tells the order; instants may fall together. */
const lastInChain: ListSort = {
  column: Prisma.sql`item."position"`,
  descending: true,
  value: (key) => Prisma.sql`${/^\d{1,18}$/.test(key) ? key : '0'}::bigint`,
};

const lastFailed: ListSort = {
  column: Prisma.sql`item."failedAt"`,
  descending: true,
  value: instant,
};

const lastOccurred: ListSort = {
  column: Prisma.sql`item."occurredAt"`,
  descending: true,
  value: instant,
};

/** Users before strategies, portfolios and agents: by the word, backwards. */
const widest: ListSort = {
  column: Prisma.sql`item."scope"::text`,
  descending: true,
  value: (key) => Prisma.sql`${key}`,
};

function alphabetical(column: Prisma.Sql): ListSort {
  return { column, descending: false, value: (key) => Prisma.sql`${key}` };
}

const ofUser = Prisma.sql`item."userId" = parent."id"`;
const ofUserNotDeleted = Prisma.sql`item."userId" = parent."id" AND item."deletedAt" IS NULL`;
const ownOrShared = Prisma.sql`(item."ownerId" = parent."id" OR item."ownerId" IS NULL)`;
const ofAgent = Prisma.sql`item."agentId" = parent."id"`;
const ofRun = Prisma.sql`item."runId" = parent."id"`;
const ofPortfolio = Prisma.sql`item."portfolioId" = parent."id"`;

/** Each scope by itself, so that each finds its rows by the index. */
const ofScopesOfUser = Prisma.sql`(item."scope", item."scopeId") IN (
  SELECT 'USER'::"RiskScope", parent."id"::text
  UNION ALL SELECT 'PORTFOLIO', "id"::text FROM "Portfolio" WHERE "userId" = parent."id"
  UNION ALL SELECT 'STRATEGY', "id"::text FROM "Strategy" WHERE "userId" = parent."id"
  UNION ALL SELECT 'AGENT', "id"::text FROM "Agent" WHERE "userId" = parent."id")`;

const ofLivingScopesOfUser = Prisma.sql`(item."scope", item."scopeId") IN (
  SELECT 'USER'::"RiskScope", parent."id"::text
  UNION ALL SELECT 'PORTFOLIO', "id"::text FROM "Portfolio"
    WHERE "userId" = parent."id" AND "deletedAt" IS NULL
  UNION ALL SELECT 'STRATEGY', "id"::text FROM "Strategy"
    WHERE "userId" = parent."id" AND "deletedAt" IS NULL
  UNION ALL SELECT 'AGENT', "id"::text FROM "Agent"
    WHERE "userId" = parent."id" AND "deletedAt" IS NULL)`;
const ofPlatform = Prisma.sql`item."scope" = 'PLATFORM'`;

const inStatus = (status: string) => Prisma.sql`item."status"::text = ${status}`;
/** OPEN or ENDED. */
const inLife = (life: string) => Prisma.sql`(item."endedAt" IS NULL) = (${life} = 'OPEN')`;
const inScope = (scope: string) => Prisma.sql`item."scope"::text = ${scope}`;
const ofAction = (action: string) => Prisma.sql`item."action" = ${action}`;
const ofKind = (kind: string) => Prisma.sql`item."kind"::text = ${kind}`;
const named = (text: string) => Prisma.sql`
  (position(lower(${text}) IN lower(item."tradingSymbol")) > 0
    OR position(lower(${text}) IN lower(item."name")) > 0)`;

const accountStates: Readonly<Record<string, Prisma.Sql>> = {
  ACTIVE: Prisma.sql`item."suspendedAt" IS NULL AND item."deletedAt" IS NULL`,
  SUSPENDED: Prisma.sql`item."suspendedAt" IS NOT NULL AND item."deletedAt" IS NULL`,
  DELETED: Prisma.sql`item."deletedAt" IS NOT NULL`,
};

/** `<status>:<part of email or name>`. */
function accountMatching(filter: string): Prisma.Sql {
  const status = filter.slice(0, filter.indexOf(':'));
  const part = filter.slice(filter.indexOf(':') + 1);
  return Prisma.sql`(${accountStates[status] ?? Prisma.sql`TRUE`})
    AND (position(lower(${part}) IN lower(item."email")) > 0
      OR position(lower(${part}) IN lower(item."displayName")) > 0)`;
}

export const lists: { readonly [L in ListName]: ListDefinition<ListViews[L]> } = {
  brokerAccountsOfUser: { source: brokerAccounts, belongs: ofUserNotDeleted, sort: newest },
  instrumentsOfUser: {
    source: instruments,
    belongs: ownOrShared,
    matches: named,
    sort: alphabetical(Prisma.sql`item."tradingSymbol"`),
  },
  datasetsOfUser: {
    source: datasets,
    belongs: ownOrShared,
    sort: alphabetical(Prisma.sql`item."name"`),
  },
  replaySessionsOfUser: { source: replaySessions, belongs: ofUser, sort: newest },
  strategiesOfUser: {
    source: strategies,
    belongs: ofUserNotDeleted,
    matches: inStatus,
    sort: newest,
  },
  runsOfUser: { source: runs, belongs: ofUser, matches: ofKind, sort: newest },
  agentsOfUser: { source: agents, belongs: ofUserNotDeleted, matches: inStatus, sort: newest },
  portfoliosOfUser: { source: portfolios, belongs: ofUserNotDeleted, sort: newest },
  findingsOfUser: {
    source: findings,
    belongs: ofUser,
    matches: inLife,
    sort: lastOpened,
  },
  gttsOfUser: { source: gtts, belongs: ofUser, matches: inStatus, sort: newest },
  protectionsOfUser: { source: protections, belongs: ofUser, matches: inStatus, sort: newest },
  ordersOfUser: { source: orders, belongs: ofUser, matches: inStatus, sort: newest },
  tradesOfUser: {
    source: trades,
    // A backtest's trades belong to no portfolio; they are listed with their run.
    belongs: Prisma.sql`${ofUser} AND item."portfolioId" IS NOT NULL`,
    matches: inStatus,
    sort: newest,
  },
  sessionsOfUser: {
    source: sessions,
    belongs: Prisma.sql`${ofUser} AND item."expiresAt" > now()`,
    sort: newest,
  },
  apiKeysOfUser: { source: apiKeys, belongs: ofUser, sort: newest },
  accounts: {
    source: managedAccounts,
    belongs: Prisma.sql`TRUE`,
    matches: accountMatching,
    sort: newest,
  },
  jobFailures: {
    source: jobFailures,
    belongs: Prisma.sql`parent."id" IS NOT NULL`,
    matches: inStatus,
    sort: lastFailed,
  },
  riskLocksOfUser: { source: riskLocks, belongs: ofScopesOfUser, sort: newest },
  riskLocksOfPlatform: { source: riskLocks, belongs: ofPlatform, sort: newest },
  riskLimitsOfUser: {
    source: riskLimits,
    belongs: ofLivingScopesOfUser,
    matches: inScope,
    sort: widest,
  },
  riskLimitsOfPlatform: { source: riskLimits, belongs: ofPlatform, sort: widest },
  notificationsOfUser: { source: notifications, belongs: ofUser, sort: newest },
  auditEventsOfUser: {
    source: auditEvents,
    belongs: Prisma.sql`item."chain" = parent."id"`,
    matches: ofAction,
    sort: lastInChain,
  },
  auditEventsOfAll: {
    source: auditEvents,
    belongs: Prisma.sql`parent."id" IS NOT NULL`,
    matches: ofAction,
    sort: lastOccurred,
  },
  versionsOfStrategy: {
    source: strategyVersions,
    belongs: Prisma.sql`item."strategyId" = parent."id"`,
    sort: newest,
  },
  runsOfStrategy: {
    source: runs,
    belongs: Prisma.sql`item."strategyVersionId" IN (
      SELECT "id" FROM "StrategyVersion" WHERE "strategyId" = parent."id")`,
    matches: ofKind,
    sort: newest,
  },
  optimisationsOfUser: { source: optimisations, belongs: ofUser, sort: newest },
  optimisationsOfStrategy: {
    source: optimisations,
    belongs: Prisma.sql`item."strategyVersionId" IN (
      SELECT "id" FROM "StrategyVersion" WHERE "strategyId" = parent."id")`,
    sort: newest,
  },
  agentsOfStrategy: {
    source: agents,
    belongs: Prisma.sql`item."strategyId" = parent."id" AND item."deletedAt" IS NULL`,
    sort: newest,
  },
  runsOfAgent: { source: runs, belongs: ofAgent, sort: newest },
  decisionsOfAgent: {
    source: agentDecisions,
    belongs: Prisma.sql`item."runId" IN (SELECT "id" FROM "Run" WHERE "agentId" = parent."id")`,
    sort: newest,
  },
  tradesOfAgent: { source: trades, belongs: ofAgent, sort: newest },
  decisionsOfRun: { source: agentDecisions, belongs: ofRun, sort: newest },
  ordersOfRun: { source: orders, belongs: ofRun, sort: newest },
  tradesOfRun: { source: trades, belongs: ofRun, sort: lastEntered },
  ordersOfPortfolio: { source: orders, belongs: ofPortfolio, matches: inStatus, sort: newest },
  tradesOfPortfolio: { source: trades, belongs: ofPortfolio, matches: inStatus, sort: newest },
  ledgerOfPortfolio: { source: ledgerEntries, belongs: ofPortfolio, sort: newest },
  contractNotesOfPortfolio: { source: contractNotes, belongs: ofPortfolio, sort: newest },
};

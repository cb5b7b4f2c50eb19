import type { PositionKey, ScopeKey, ScopeToSum, SummedUsage } from '@nandax/app/ports/risk.ts';
import {
  hasExposureLimits,
  hasRateLimits,
  hasResultLimits,
} from '@nandax/core/risk/risk-limits.ts';
import { noUsage, type HeldLock, type ScopeUsage } from '@nandax/core/risk/scope-usage.ts';
import { Decimal } from 'decimal.js';
import { Prisma } from '../generated/client.ts';
import { exact } from './exact.ts';
import { windows } from './risk-counters.ts';
import {
  exposureSql,
  noResultSql,
  resultSql,
  type ExposureRow,
  type ResultRow,
  type ScopeOnFeed,
} from './risk-sums.ts';
import type { TransactionClient } from './transaction-client.ts';

/** What runs statements: a transaction, or the database itself for reads that stand alone. */
type Statements = Pick<TransactionClient, '$queryRaw'>;

/** A scope with its place in what was asked. */
interface Placed<Scope> {
  readonly place: number;
  readonly scope: Scope;
}

type PartOfUsage = (place: number) => Partial<ScopeUsage>;

interface PartWithHeld {
  readonly usage: Partial<ScopeUsage>;
  readonly held: readonly PositionKey[];
}

const zero = new Decimal(0);

/**
 * What is used of the limits of scopes, in their order: at most three statements for however many
 * scopes. Sums are made where a limit asks for them; locks are read always, since a lock outlives the
 * limit that set it. The door judges by it and screens show it.
 */
export async function usageOfScopes(
  client: Statements,
  scopes: readonly ScopeToSum[],
  positions: readonly PositionKey[],
  withoutOrderId: string | null = null,
): Promise<readonly SummedUsage[]> {
  const placed = scopes.map((scope, place) => ({ place, scope }));
  const begun = placed.flatMap(({ place, scope: { feedId, marketTime, ...scope } }) =>
    feedId === null || marketTime === null
      ? []
      : [{ place, scope: { ...scope, feedId, marketTime } }],
  );
  const exposed = await exposures(
    client,
    begun.filter(({ scope }) => hasExposureLimits(scope.limits)),
    positions,
    withoutOrderId,
  );
  const parts = [
    (place: number) => exposed(place).usage,
    await rates(
      client,
      placed.filter(({ scope }) => hasRateLimits(scope.limits)),
    ),
    await resultsAndLocks(client, begun),
  ];
  return placed.map(({ place }) => ({
    usage: parts.reduce<ScopeUsage>((usage, part) => ({ ...usage, ...part(place) }), noUsage),
    held: exposed(place).held,
  }));
}

/** One statement for all: the parts side by side, each planned by itself. */
function together(parts: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.join(
    parts.map((part) => Prisma.sql`(${part})`),
    ' UNION ALL ',
  );
}

async function exposures(
  client: Statements,
  scopes: readonly Placed<ScopeOnFeed>[],
  positions: readonly PositionKey[],
  withoutOrderId: string | null,
): Promise<(place: number) => PartWithHeld> {
  if (scopes.length === 0) return () => ({ usage: {}, held: [] });
  const rows = await client.$queryRaw<ExposureRow[]>(
    together(
      scopes.map(({ place, scope }) => exposureSql(scope, positions, withoutOrderId, place)),
    ),
  );
  return (place) => {
    const here = rows.filter((row) => row.place === place);
    const values = here.map(({ instrumentId, value }) => [instrumentId, exact(value)] as const);
    const held = new Set(here.flatMap((row) => row.held ?? []));
    return {
      usage: {
        openPositions: here.reduce((sum, row) => sum.plus(row.positions.toString()), zero),
        exposures: new Map(values),
        totalExposure: values.reduce((sum, [, value]) => sum.plus(value), zero),
      },
      held: positions.filter((_position, index) => held.has(index + 1)),
    };
  };
}

type ScopeWithLimits = ScopeOnFeed & Pick<ScopeToSum, 'limits'>;

/** Results of the scopes that limit them, and the locks of all, which hold whatever is limited now. */
async function resultsAndLocks(
  client: Statements,
  scopes: readonly Placed<ScopeWithLimits>[],
): Promise<PartOfUsage> {
  if (scopes.length === 0) return () => ({});
  const rows = await client.$queryRaw<(ResultRow & LocksRow)[]>(
    together(
      scopes.map(({ place, scope }) => {
        const sums = hasResultLimits(scope.limits) ? resultSql(scope, place) : noResultSql(place);
        return Prisma.sql`SELECT sums.*, ${locksSql(scope)} AS locks FROM (${sums}) sums`;
      }),
    ),
  );
  return (place) => {
    const row = rows.find((one) => one.place === place);
    if (row === undefined) return {};
    const result = exact(row.total).toDecimalPlaces(2);
    return {
      result,
      dayLoss: exact(row.lossReleased).minus(exact(row.day)).toDecimalPlaces(2),
      dayProfit: exact(row.day).minus(exact(row.profitReleased)).toDecimalPlaces(2),
      drawdown: Decimal.max(exact(row.peak).minus(result), 0),
      consecutiveLosses: new Decimal(row.losses.toString()),
      lastLossAt: row.lastLossAt,
      locks: row.locks.map(({ kind, limit, actual, endsAt }) => ({
        kind,
        limit: new Decimal(limit),
        actual: new Decimal(actual),
        endsAt: endsAt === null ? null : new Date(endsAt),
      })),
    };
  };
}

/** Rupees of a scope's result on its feed, whatever was released: of the day, and since it began. */
export async function resultOfScope(
  client: Statements,
  scope: ScopeOnFeed,
): Promise<{ readonly day: Decimal; readonly total: Decimal }> {
  const [row] = await client.$queryRaw<ResultRow[]>(resultSql(scope, 0));
  if (row === undefined) throw new Error('a query of sums gave no row');
  return { day: exact(row.day), total: exact(row.total) };
}

interface LocksRow {
  /** Amounts as text, since a number in JSON is not exact; times in milliseconds since 1970. */
  readonly locks: readonly {
    readonly kind: HeldLock['kind'];
    readonly limit: string;
    readonly actual: string;
    readonly endsAt: number | null;
  }[];
}

/** Locks of a scope that hold on its feed at its market time, oldest first, as JSON. */
function locksSql({ scope, scopeId, feedId, marketTime }: ScopeOnFeed): Prisma.Sql {
  return Prisma.sql`COALESCE((
    SELECT json_agg(json_build_object(
      'kind', "kind", 'limit', "limit"::text, 'actual', "actual"::text,
      'endsAt', (EXTRACT(EPOCH FROM "endsAt") * 1000)::bigint) ORDER BY "createdAt")
    FROM "RiskLock"
    WHERE "scope" = ${scope}::"RiskScope" AND "scopeId" = ${scopeId}
      AND "feedId" = ${feedId}::uuid AND "releasedAt" IS NULL
      AND ("endsAt" IS NULL OR "endsAt" > ${marketTime})), '[]')`;
}

interface CounterRow {
  readonly scope: ScopeKey['scope'];
  readonly scopeId: string;
  readonly span: 'SECOND' | 'MINUTE' | 'DAY';
  readonly count: number;
}

/** Orders that passed in the running windows. */
async function rates(
  client: Statements,
  scopes: readonly Placed<ScopeKey>[],
): Promise<PartOfUsage> {
  if (scopes.length === 0) return () => ({});
  const keys = scopes.map(
    ({ scope: { scope, scopeId } }) => Prisma.sql`(${scope}::"RiskScope", ${scopeId})`,
  );
  const rows = await client.$queryRaw<CounterRow[]>`
    SELECT c."scope"::text AS scope, c."scopeId", c."span"::text AS span, c."count"
    FROM "RiskCounter" c
    JOIN ${windows} ON w."span" = c."span" AND w."windowStart" = c."windowStart"
    WHERE (c."scope", c."scopeId") IN (${Prisma.join(keys)})`;
  return (place) => {
    const key = scopes.find((one) => one.place === place)?.scope;
    const countOf = (span: CounterRow['span']): Decimal =>
      new Decimal(
        rows.find(
          (row) => row.scope === key?.scope && row.scopeId === key.scopeId && row.span === span,
        )?.count ?? 0,
      );
    return {
      ordersInSecond: countOf('SECOND'),
      ordersInMinute: countOf('MINUTE'),
      ordersInDay: countOf('DAY'),
    };
  };
}

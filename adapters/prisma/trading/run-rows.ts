import type { DatasetSummary, RunResult, RunRows } from '@nandax/app/ports/runs.ts';
import type {
  InstrumentRecord,
  RunRecord,
  RunStatus,
  StrategyVersionRecord,
} from '@nandax/app/records.ts';
import { dayNumberOfDate, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import type { BiasReportView } from '@nandax/app/views/strategy.ts';
import type { Prisma } from '../generated/client.ts';
import { agentRows } from './agent-rows.ts';
import { exact, exactOrNull } from './exact.ts';
import { tradeColumns } from './trade-rows.ts';
import { fillModelOf } from './fill-model-column.ts';
import type { TransactionClient } from './transaction-client.ts';

const versionColumns = {
  instruments: { orderBy: { ordinal: 'asc' }, include: { instrument: true } },
  references: { include: { instrument: true } },
} as const;

const runColumns = {
  id: true,
  userId: true,
  kind: true,
  status: true,
  strategyVersionId: true,
  agentId: true,
  portfolioId: true,
  feedId: true,
  datasetId: true,
  initialCapital: true,
  fillModel: true,
  rangeFrom: true,
  rangeTo: true,
  failureReason: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
} as const satisfies Prisma.RunSelect;

/** Rows of one statement: far below Postgres's 65,535 parameters at 22 columns a trade. */
const tradesPerInsert = 2_000;

function toInstrument(row: Prisma.InstrumentGetPayload<object>): InstrumentRecord {
  const { id, exchange, tradingSymbol, type, segment, lotSize, freezeQuantity, tradable } = row;
  return {
    id,
    exchange,
    tradingSymbol,
    type,
    segment,
    tickSize: exact(row.tickSize),
    lotSize,
    multiplier: exact(row.multiplier),
    strikePrice: exactOrNull(row.strikePrice),
    freezeQuantity,
    tradable,
  };
}

function toVersion(
  row: Prisma.StrategyVersionGetPayload<{ include: typeof versionColumns }> | null,
): StrategyVersionRecord | null {
  if (row === null) return null;
  const { id, strategyId, timeFrame, document } = row;
  return {
    id,
    strategyId,
    timeFrame,
    document,
    instruments: row.instruments.map(({ instrument }) => toInstrument(instrument)),
    references: row.references.map(({ name, instrument }) => ({
      name,
      instrument: toInstrument(instrument),
    })),
  };
}

function toRun(row: Prisma.RunGetPayload<{ select: typeof runColumns }>): RunRecord {
  const { initialCapital, fillModel } = row;
  return { ...row, initialCapital: exact(initialCapital), fillModel: fillModelOf(fillModel) };
}

export function runRows(client: TransactionClient): RunRows {
  async function runsOnFeed(feedId: string, statuses: RunStatus[]): Promise<readonly RunRecord[]> {
    const rows = await client.run.findMany({
      where: { feedId, status: { in: statuses } },
      select: runColumns,
      orderBy: { createdAt: 'asc' },
    });
    return rows.map(toRun);
  }

  async function visibleInstruments(ids: readonly string[], userId: string) {
    const rows = await client.instrument.findMany({
      where: { id: { in: [...ids] }, OR: [{ ownerId: null }, { ownerId: userId }] },
    });
    return rows.map(toInstrument);
  }

  return {
    async findInstrument(instrumentId: string) {
      const row = await client.instrument.findUnique({ where: { id: instrumentId } });
      return row === null ? null : toInstrument(row);
    },

    async findInstruments(instrumentIds) {
      if (instrumentIds.length === 0) return [];
      const rows = await client.instrument.findMany({ where: { id: { in: [...instrumentIds] } } });
      return rows.map(toInstrument);
    },

    async visibleInstrument(id: string, userId: string) {
      const [instrument] = await visibleInstruments([id], userId);
      return instrument ?? null;
    },

    visibleInstruments,

    async findVersion(id: string) {
      return toVersion(
        await client.strategyVersion.findUnique({ where: { id }, include: versionColumns }),
      );
    },

    async latestVersion(strategyId: string, userId: string) {
      return toVersion(
        await client.strategyVersion.findFirst({
          where: { strategy: { id: strategyId, userId, deletedAt: null } },
          orderBy: { number: 'desc' },
          include: versionColumns,
        }),
      );
    },

    async versionOfUser(id: string, userId: string) {
      return toVersion(
        await client.strategyVersion.findFirst({
          where: { id, strategy: { userId, deletedAt: null } },
          include: versionColumns,
        }),
      );
    },

    async dataset(datasetId: string, userId: string): Promise<DatasetSummary | null> {
      const dataset = await client.dataset.findFirst({
        where: { id: datasetId, OR: [{ ownerId: null }, { ownerId: userId }] },
        select: { id: true, kind: true },
      });
      if (dataset === null) return null;
      const table = dataset.kind === 'CANDLES' ? client.candleDay : client.tickDay;
      const perInstrument = await (table as typeof client.candleDay).groupBy({
        by: ['instrumentId'],
        where: { datasetId },
        _min: { tradingDay: true },
        _max: { tradingDay: true },
        orderBy: { instrumentId: 'asc' },
      });
      const firsts = perInstrument.map(({ _min }) => _min.tradingDay).filter((day) => day !== null);
      const lasts = perInstrument.map(({ _max }) => _max.tradingDay).filter((day) => day !== null);
      return {
        ...dataset,
        instrumentIds: perInstrument.map(({ instrumentId }) => instrumentId),
        from: firsts.length === 0 ? null : beginOfDay(Math.min(...firsts.map(Number))),
        to: lasts.length === 0 ? null : beginOfDay(Math.max(...lasts.map(Number)), 1),
      };
    },

    async ownsPortfolio(portfolioId: string, userId: string): Promise<boolean> {
      const count = await client.portfolio.count({
        where: { id: portfolioId, userId, deletedAt: null },
      });
      return count > 0;
    },

    async findRun(runId: string) {
      const row = await client.run.findUnique({ where: { id: runId }, select: runColumns });
      return row === null ? null : toRun(row);
    },

    async lockRun(runId: string) {
      await client.$queryRaw`SELECT 1 FROM "Run" WHERE "id" = ${runId}::uuid FOR UPDATE`;
      return this.findRun(runId);
    },

    async insertRun(run: RunRecord): Promise<void> {
      await client.run.create({
        data: { ...run, initialCapital: run.initialCapital.toFixed() },
      });
    },

    async setRunStatus(runId: string, status: RunStatus, change): Promise<void> {
      await client.run.update({ where: { id: runId }, data: { status, ...change } });
    },

    async setRunProgress(runId: string, percent: number): Promise<boolean> {
      const { count } = await client.run.updateMany({
        where: { id: runId, status: 'RUNNING' },
        data: { progress: percent },
      });
      return count === 1;
    },

    async completeRun(runId: string, result: RunResult, endedAt: Date): Promise<void> {
      await client.trade.deleteMany({ where: { runId } });
      for (let from = 0; from < result.trades.length; from += tradesPerInsert) {
        const part = result.trades.slice(from, from + tradesPerInsert);
        await client.trade.createMany({ data: part.map(tradeColumns) });
      }
      await client.run.update({
        where: { id: runId },
        data: {
          status: 'COMPLETED',
          progress: 100,
          rangeFrom: result.rangeFrom,
          rangeTo: result.rangeTo,
          statistics: result.statistics as Prisma.InputJsonValue,
          equity: result.equity,
          benchmark: result.benchmark,
          caveats: [...result.caveats],
          endedAt,
        },
      });
    },

    async saveBiasReport(runId: string, report: BiasReportView): Promise<boolean> {
      const { count } = await client.run.updateMany({
        where: { id: runId },
        data: { biasReport: report as unknown as Prisma.InputJsonValue },
      });
      return count === 1;
    },

    runningOnFeed: (feedId: string) => runsOnFeed(feedId, ['RUNNING']),
    liveOnFeed: (feedId: string) => runsOnFeed(feedId, ['RUNNING', 'PAUSED']),

    ...agentRows(client),
  };
}

/** Where the exchange day begins that lies `later` days behind a trading day. */
function beginOfDay(tradingDay: number, later = 0): Date {
  const dayNumber = dayNumberOfDate(new Date(tradingDay).toISOString().slice(0, 10)) ?? NaN;
  return new Date(instantOf(dayNumber + later, 0));
}

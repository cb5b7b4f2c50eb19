import { Decimal } from 'decimal.js';
import { accruedChargesBy } from '@nandax/core/charges/accrued-charges.ts';
import { exchangeDateOf, minuteMs } from '@nandax/core/calendar/exchange-time.ts';
import type { Product } from '@nandax/core/order/order-terms.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';
import { runEvent } from '../agents/agent-event.ts';
import { examineRunJob } from '../jobs.ts';
import type { BacktestReport, BacktestRunner, ReportedTrade } from '../ports/backtest-runner.ts';
import type { TradeRecord } from '../ports/portfolios.ts';
import type { RunResult } from '../ports/runs.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord, RunRecord, StrategyVersionRecord } from '../records.ts';
import { dividendsLeftOut } from '../runs/caveats.ts';
import { packColumn, packEquity } from '../runs/packed-equity.ts';
import { readBacktestOrder, type RangedRun } from './backtest-order.ts';

type BacktestPorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus' | 'log'> & {
  readonly backtests: BacktestRunner;
};

/**
 * Runs a queued backtest and stores its result. A run that a crash left RUNNING is run again from
 * the start; one that was cancelled is left alone, before, during and after.
 */
export async function runBacktest(
  ports: BacktestPorts,
  runId: string,
  signal: AbortSignal,
): Promise<void> {
  const begun = await begin(ports, runId);
  if (begun === null) return;
  const { run, version, kind } = begun;
  const { order, traded, candles } = await readBacktestOrder(ports, run, version, kind);
  const cancelled = new AbortController();
  const progress = (percent: number): void => tellProgress(ports, run, percent, cancelled);
  const running = ports.backtests.run(order, {
    signal: AbortSignal.any([signal, cancelled.signal]),
    onProgress: progress,
  });
  const report = await running.catch((error: unknown) => {
    if (cancelled.signal.aborted) return null;
    throw error;
  });
  if (report === null) return;
  const played = report.ok ? resultOf(ports, run, traded, candles, report.value) : null;
  const delivers = report.ok && report.value.product === 'CNC';
  const result =
    played !== null && delivers ? await sayDividends(ports, run, traded, played) : played;
  await end(ports, run, result, report.ok ? null : report.failure);
}

async function begin(
  ports: BacktestPorts,
  runId: string,
): Promise<{
  readonly run: RangedRun;
  readonly version: StrategyVersionRecord;
  readonly kind: 'CANDLES' | 'TICKS';
} | null> {
  const begun = await ports.store.transaction(async (rows) => {
    const run = await rows.runs.lockRun(runId);
    if (run === null || (run.status !== 'QUEUED' && run.status !== 'RUNNING')) return null;
    const { datasetId, rangeFrom, rangeTo } = run;
    if (datasetId === null || rangeFrom === null || rangeTo === null) return null;
    const version = await rows.runs.findVersion(run.strategyVersionId);
    const dataset = await rows.runs.dataset(datasetId, run.userId);
    if (version === null || dataset === null) return null;
    const now = ports.clock.now();
    const running = { ...run, status: 'RUNNING', startedAt: now } as const;
    await rows.runs.setRunStatus(run.id, 'RUNNING', { startedAt: now });
    await rows.events.append(run.userId, [runEvent(running, 'RUN_RUNNING')], now);
    return { run: { ...running, datasetId, rangeFrom, rangeTo }, version, kind: dataset.kind };
  });
  if (begun !== null) await ports.bus.publish('outbox', {});
  return begun;
}

/**
 * Live progress may be lost; it is repeated, and the end is an event. A run that is no longer
 * RUNNING when its progress is written was cancelled, and its thread is let go.
 */
function tellProgress(
  ports: BacktestPorts,
  run: RunRecord,
  percent: number,
  cancelled: AbortController,
): void {
  const lost = (error: unknown): void => ports.log.warn({ error, runId: run.id }, 'progress lost');
  ports.bus.publish(`progress.${run.userId}`, { kind: 'run', runId: run.id, percent }).catch(lost);
  ports.store
    .transaction(({ runs }) => runs.setRunProgress(run.id, percent))
    .then((isRunning) => {
      if (!isRunning) cancelled.abort();
    }, lost);
}

/** A result of deliveries says which dividends it left out. */
async function sayDividends(
  ports: BacktestPorts,
  { rangeFrom, rangeTo }: RangedRun,
  instruments: readonly InstrumentRecord[],
  result: RunResult,
): Promise<RunResult> {
  const dividends = await ports.store.read(({ corporate }) =>
    corporate.countDividends(
      instruments.map(({ id }) => id),
      exchangeDateOf(rangeFrom.getTime()),
      exchangeDateOf(rangeTo.getTime()),
    ),
  );
  if (dividends === 0) return result;
  return { ...result, caveats: [...result.caveats, dividendsLeftOut(dividends)] };
}

function resultOf(
  ports: BacktestPorts,
  run: RunRecord,
  traded: readonly InstrumentRecord[],
  candles: readonly CandleColumns[],
  report: BacktestReport,
): RunResult {
  const first = Math.min(...candles.map(({ openTime }) => openTime[0] ?? Infinity));
  const last = Math.max(
    ...candles.map(({ openTime, length }) => openTime[length - 1] ?? -Infinity),
  );
  return {
    rangeFrom: new Date(first),
    rangeTo: new Date(last + minuteMs),
    statistics: report.statistics,
    equity: packEquity(report.equity),
    benchmark: packColumn(report.benchmark),
    caveats: report.caveats,
    trades: report.trades.map((trade) => tradeOf(ports, run, traded, report.product, trade)),
  };
}

function tradeOf(
  ports: BacktestPorts,
  run: RunRecord,
  traded: readonly InstrumentRecord[],
  product: Product,
  trade: ReportedTrade,
): TradeRecord {
  const instrument = traded[trade.instrument];
  if (instrument === undefined) throw new RangeError(`no instrument ${trade.instrument}`);
  return {
    id: ports.ids.uuid(),
    userId: run.userId,
    portfolioId: null,
    runId: run.id,
    agentId: null,
    instrumentId: instrument.id,
    symbol: instrument.tradingSymbol,
    product,
    direction: trade.direction,
    status: 'CLOSED',
    quantity: new Decimal(trade.quantity),
    entryPrice: new Decimal(trade.entryPrice),
    entryAt: new Date(trade.entryTime),
    entryReason: trade.entryReason,
    exitPrice: new Decimal(trade.exitPrice),
    exitAt: new Date(trade.exitTime),
    exitReason: trade.exitReason,
    grossPnl: new Decimal(trade.grossPnl),
    charges: accruedChargesBy((component) => new Decimal(trade.charges[component])),
    // Its orders fill whole, so each of its trades is a round trip.
    entryRequestId: null,
    exitRequestId: null,
    createdAt: ports.clock.now(),
  };
}

async function end(
  ports: BacktestPorts,
  run: RunRecord,
  result: RunResult | null,
  failureReason: string | null,
): Promise<void> {
  await ports.store.transaction(async (rows) => {
    const now = ports.clock.now();
    if ((await rows.runs.lockRun(run.id))?.status !== 'RUNNING') return;
    const status = result === null ? 'FAILED' : 'COMPLETED';
    if (result === null) {
      await rows.runs.setRunStatus(run.id, status, {
        endedAt: now,
        failureReason: failureReason ?? 'The backtest failed.',
      });
    } else {
      await rows.runs.completeRun(run.id, result, now);
    }
    const ended: RunRecord = { ...run, status, failureReason, endedAt: now };
    const event = runEvent(ended, `RUN_${status}`);
    // Whether it deserves trust is looked into once its figures are there.
    const events = result === null ? [event] : [{ ...event, job: examineRunJob(run.id) }];
    await rows.events.append(run.userId, events, now);
  });
  await ports.bus.publish('outbox', {});
}

/** Ends a backtest whose job used up its attempts. */
export async function failBacktest(
  ports: Pick<BacktestPorts, 'store' | 'clock' | 'bus'>,
  runId: string,
  reason: string,
): Promise<void> {
  await ports.store.transaction(async (rows) => {
    const run = await rows.runs.lockRun(runId);
    if (run === null || (run.status !== 'QUEUED' && run.status !== 'RUNNING')) return;
    const now = ports.clock.now();
    await rows.runs.setRunStatus(runId, 'FAILED', { endedAt: now, failureReason: reason });
    const failed: RunRecord = { ...run, status: 'FAILED', failureReason: reason, endedAt: now };
    await rows.events.append(run.userId, [runEvent(failed, 'RUN_FAILED')], now);
  });
  await ports.bus.publish('outbox', {});
}

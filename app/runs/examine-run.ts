import type { OwnTrades } from '@nandax/core/bias/shuffle-trades.ts';
import { roundTripsOf } from '@nandax/core/portfolio/round-trip.ts';
import { runEvent } from '../agents/agent-event.ts';
import { readBacktestOrder, type RangedRun } from '../backtests/backtest-order.ts';
import type { BacktestRunner } from '../ports/backtest-runner.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { RunRecord } from '../records.ts';
import { closedTradeOf } from '../views/closed-trade.ts';
import { hasEnded } from './run-states.ts';

/**
 * Looks into whether an ended run deserves trust, and keeps what comes of it with the run: a completed
 * backtest, or what was traded on a feed. Done again it comes to the same.
 */
export async function examineRun(
  ports: Pick<TradingPorts, 'store' | 'history' | 'clock' | 'bus' | 'log'> & {
    readonly backtests: BacktestRunner;
  },
  runId: string,
  signal: AbortSignal,
): Promise<void> {
  const found = await ports.store.read((rows) => find(rows, runId));
  if (found === null) return;
  const { run, ranged, version, kind, trades } = found;
  const order =
    ranged === null || kind === null
      ? null
      : (await readBacktestOrder(ports, ranged, version, kind)).order;
  const asked = trades !== null ? { order, trades } : order !== null ? { order, trades } : null;
  if (asked === null) return;
  const report = await ports.backtests.examine(asked, { signal });
  if (!report.ok) {
    ports.log.warn({ runId, reason: report.failure }, 'a run could not be examined');
    return;
  }
  const now = ports.clock.now();
  await ports.store.transaction(async ({ runs, events }) => {
    if (!(await runs.saveBiasReport(runId, report.value))) return;
    await events.append(run.userId, [runEvent(run, 'RUN_EXAMINED')], now);
  });
  await ports.bus.publish('outbox', {});
}

/** What there is to examine; null: nothing, or not yet. */
async function find(rows: StoreTransaction, runId: string) {
  const run = await rows.runs.findRun(runId);
  if (run === null || !hasEnded(run.status)) return null;
  if (run.kind === 'BACKTEST' && run.status !== 'COMPLETED') return null;
  const version = await rows.runs.findVersion(run.strategyVersionId);
  if (version === null) return null;
  const ranged = rangedOf(run);
  const dataset = ranged === null ? null : await rows.runs.dataset(ranged.datasetId, run.userId);
  const trades = run.kind === 'BACKTEST' ? null : await tradesOf(rows, run);
  return { run, ranged, version, kind: dataset?.kind ?? null, trades };
}

/** Null: no history of its time is kept, as of a live feed, or nothing was played. */
function rangedOf(run: RunRecord): RangedRun | null {
  const { datasetId, rangeFrom, rangeTo } = run;
  if (datasetId === null || rangeFrom === null || rangeTo === null || rangeFrom >= rangeTo) {
    return null;
  }
  return { ...run, datasetId, rangeFrom, rangeTo };
}

async function tradesOf(rows: StoreTransaction, run: RunRecord): Promise<OwnTrades> {
  const closed = await rows.portfolios.closedTradesOfRun(run.id);
  return {
    cash: run.initialCapital.toNumber(),
    pnl: roundTripsOf(closed.map(closedTradeOf)).map(({ netPnl }) => netPnl.toNumber()),
  };
}

import { loadDoorData } from '../orders/pass-door.ts';
import { notify } from '../notifications/notify.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { changeAgent } from './change-agent.ts';
import { leftOpenBy } from './left-open.ts';

/**
 * Puts an agent whose decision could not be made into ERROR, fails its run and tells its user. It
 * never goes on by itself; open positions become the user's, and intraday ones leave at the square-off.
 */
export async function failAgent(
  ports: Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>,
  runId: string,
  reason: string,
): Promise<void> {
  const data = await loadDoorData(ports);
  const feedId = await ports.store.transaction(async (rows) => {
    const seen = await rows.runs.findRun(runId);
    if (seen === null || seen.agentId === null || seen.portfolioId === null) return null;
    await rows.portfolios.lock(seen.portfolioId);
    const agent = await rows.runs.lockAgent(seen.agentId, seen.userId);
    const run = await rows.runs.findRun(runId);
    if (agent === null || run === null || agent.currentRunId !== runId) return null;
    const now = ports.clock.now();
    const left = await leftOpenBy(rows, run);
    const { drafts } = await changeAgent(
      rows,
      ports,
      data,
      agent,
      run,
      { status: 'ERROR', reason, run: 'FAILED', event: 'AGENT_FAILED' },
      now,
    );
    const told = await notify(rows, ports.ids, {
      userId: run.userId,
      level: 'ERROR',
      title: `Agent ${agent.name} stopped with an error`,
      body: left === null ? `${reason} It holds nothing.` : `${reason} ${left}`,
      at: now,
    });
    await rows.events.append(run.userId, [...drafts, told], now);
    return run.feedId;
  });
  await ports.bus.publish('outbox', {});
  if (feedId !== null) await ports.bus.publish(`feed.${feedId}`, {});
}

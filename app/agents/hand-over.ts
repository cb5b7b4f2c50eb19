import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { applyCorporateActions } from '../corporate/apply-corporate-actions.ts';
import { settleOpposed } from '../portfolios/settle-opposed.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { TradeRecord } from '../ports/portfolios.ts';
import type { PositionPlace } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { RunRecord } from '../records.ts';
import { hasEnded } from '../runs/run-states.ts';

type HandOverPorts = Pick<TradingPorts, 'ids' | 'clock'>;

/** What was handed over, and where. */
export interface HandedOver {
  readonly drafts: readonly EventDraft[];
  readonly places: readonly PositionPlace[];
}

const nothing: HandedOver = { drafts: [], places: [] };

/**
 * What an ended run leaves open is the user's own from now on (decision 19): what the user holds against
 * it is set off. Within the caller's transaction and under the portfolio's lock; does nothing while the
 * run lives or an order of it can execute, and a second time. The caller lets protections follow.
 */
export async function handOver(
  rows: StoreTransaction,
  ports: HandOverPorts,
  run: RunRecord,
): Promise<HandedOver> {
  const { portfolioId, feedId } = run;
  if (portfolioId === null || !hasEnded(run.status)) return nothing;
  const left = await rows.portfolios.openTradesOfRun(run.id);
  if (left.length === 0) return nothing;
  const at = ports.clock.now();
  const time = (feedId === null ? null : await rows.feeds.marketTime(feedId)) ?? at;
  const market = { portfolioId, feedId, time, at };
  const day = exchangeDateOf(time.getTime());
  const drafts = [...(await applyCorporateActions(rows, ports.ids, { ...market, day }))];
  const places = placesOf(portfolioId, left);
  for (const place of places) {
    drafts.push(...(await settleOpposed(rows, ports.ids, { ...market, ...place })));
  }
  return { drafts, places };
}

/** As `handOver`, once the last order of an ended run has come to its end. */
export async function handOverAfter(
  rows: StoreTransaction,
  ports: HandOverPorts,
  order: Pick<OrderRecord, 'runId'>,
): Promise<readonly EventDraft[]> {
  const run = order.runId === null ? null : await rows.runs.findRun(order.runId);
  return run === null ? [] : (await handOver(rows, ports, run)).drafts;
}

function placesOf(portfolioId: string, trades: readonly TradeRecord[]): readonly PositionPlace[] {
  const places = trades.map(({ instrumentId, product }) => ({
    portfolioId,
    instrumentId,
    product,
  }));
  return [
    ...new Map(
      places.map((place) => [`${place.instrumentId} ${place.product}`, place] as const),
    ).values(),
  ];
}

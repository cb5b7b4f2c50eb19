import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import { unfilledQuantityOf } from '@nandax/core/order/order.ts';
import { directionOf } from '@nandax/core/portfolio/fifo.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { planExit, type ExitPlan } from '@nandax/core/risk/plan-exit.ts';
import { Decimal } from 'decimal.js';
import type { DoorData } from '../orders/pass-door.ts';
import { offsetTrades, unitsOf } from '../portfolios/offset-trades.ts';
import type { EventDraft } from '../ports/events.ts';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio, TradeRecord } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { followProtections } from '../protection/follow-position.ts';
import type { InstrumentRecord, RunRecord } from '../records.ts';

/** An exit that a run decided on, with the ways in which it leaves. */
export interface ExitOfRun {
  readonly run: RunRecord;
  readonly instrument: InstrumentRecord;
  readonly product: Product;
  readonly side: Side;
  readonly units: Decimal;
  readonly plan: ExitPlan;
  readonly byHand: readonly TradeRecord[];
  readonly byRuns: readonly TradeRecord[];
}

/** Reads who holds what at a place, under the portfolio's lock, and plans how a run's exit leaves it. */
export async function readExit(
  rows: StoreTransaction,
  portfolio: LockedPortfolio,
  run: RunRecord,
  exit: Pick<ExitOfRun, 'instrument' | 'product' | 'side' | 'units'>,
): Promise<ExitOfRun> {
  const { instrument, product, side, units } = exit;
  const place = { portfolioId: portfolio.id, instrumentId: instrument.id, product };
  const isHere = (row: { readonly instrumentId: string; readonly product: Product }) =>
    row.instrumentId === instrument.id && row.product === product;
  const against = directionOf(side);
  const own = await rows.portfolios.openTrades({ ...place, runId: run.id });
  const users = await rows.portfolios.openTrades({ ...place, runId: null });
  const all = await rows.portfolios.openTradesOfPortfolio(portfolio.id);
  const byHand = users.filter(({ direction }) => direction === against);
  const byRuns = all.filter(
    (trade) =>
      isHere(trade) &&
      trade.direction === against &&
      trade.runId !== run.id &&
      users.every(({ id }) => id !== trade.id),
  );
  const working = (await rows.orders.working(portfolio.id)).filter(
    (order) => isHere(order) && !isProtective(order),
  );
  const closing = working.filter((order) => order.side !== side);
  const held = (await rows.portfolios.positions(portfolio.id)).find(isHere);
  const net = held === undefined ? new Decimal(0) : netQuantityOf(held);
  const towards = side === 'SELL' ? net : net.negated();
  const leaving = unfilledOf(working.filter((order) => order.side === side));
  const plan = planExit({
    units,
    held: unitsOf(own),
    reducible: atLeastZero(towards.minus(leaving)),
    againstByHand: freeUnitsOf(
      byHand,
      closing.filter(({ runId }) => runId === null),
    ),
    againstByRuns: freeUnitsOf(
      byRuns,
      closing.filter(({ runId }) => runId !== null),
    ),
    tradingState: portfolio.tradingState,
  });
  return { ...exit, run, plan, byHand, byRuns };
}

/**
 * Sets off what of an exit leaves without an order, and lets the user's protections follow. Returns what
 * the user is to be told.
 */
export async function offsetExit(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'ids' | 'clock'>,
  door: DoorData,
  { id: portfolioId, feedId }: LockedPortfolio,
  { run, instrument, product, side, plan, byHand, byRuns }: ExitOfRun,
  marketTime: Date,
): Promise<readonly EventDraft[]> {
  const place = { portfolioId, instrumentId: instrument.id, product };
  const when = { feedId, time: marketTime, at: ports.clock.now() };
  const drafts: EventDraft[] = [];
  for (const { others, most } of [
    { others: byHand, most: plan.offsetByHand },
    { others: byRuns, most: plan.offsetByRuns },
  ]) {
    if (most.isZero()) continue;
    const own = await rows.portfolios.openTrades({ ...place, runId: run.id });
    const [longs, shorts] = side === 'SELL' ? [own, others] : [others, own];
    const opposed = { longs, shorts, most };
    drafts.push(...(await offsetTrades(rows, ports.ids, { ...place, ...when }, opposed)));
  }
  if (drafts.length === 0) return [];
  return [...drafts, ...(await followProtections(rows, ports, door, place, null))];
}

/** What a decision says of units that leave without an order, or not at all; null: there are none. */
export function saidOf({ instrument, units, plan }: ExitOfRun): string | null {
  const { reduce, offsetByHand, offsetByRuns, open } = plan;
  const offset = offsetByHand.plus(offsetByRuns);
  const kept = units.minus(Decimal.sum(reduce, offset, open));
  const said = [
    ...(offset.isZero()
      ? []
      : [`${offset.toFixed()} ${instrument.tradingSymbol} left against what others held`]),
    ...(kept.isZero()
      ? []
      : [`${kept.toFixed()} stay, as nothing of them can leave while trading only reduces`]),
  ];
  return said.length === 0 ? null : `${said.join('; ')}.`;
}

function freeUnitsOf(trades: readonly TradeRecord[], closing: readonly OrderRecord[]): Decimal {
  return atLeastZero(unitsOf(trades).minus(unfilledOf(closing)));
}

function unfilledOf(orders: readonly OrderRecord[]): Decimal {
  return Decimal.sum(0, ...orders.map(unfilledQuantityOf));
}

function atLeastZero(units: Decimal): Decimal {
  return Decimal.max(units, 0);
}

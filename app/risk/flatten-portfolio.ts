import { createHash } from 'node:crypto';
import { plainTerms } from '@nandax/core/order/order.ts';
import { transition } from '@nandax/core/order/transition.ts';
import { isUnsent } from '@nandax/core/order/status.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';
import { describeDenial } from '@nandax/core/risk/denial.ts';
import { Decimal } from 'decimal.js';
import { systemActor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { applyBrokerUpdate, foldOrder } from '../orders/apply-broker-update.ts';
import { orderEvent } from '../orders/order-event.ts';
import { loadDoorData, passDoor, type DoorData } from '../orders/pass-door.ts';
import type { SubmitPorts } from '../orders/submit-order.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { InstrumentRecord } from '../records.ts';
import { exitsOf, type Exit } from './exits-of.ts';

/** What one pass over a portfolio did. */
export interface FlattenedPortfolio {
  /** Orders refused before they left, and orders that the broker was asked to take back. */
  readonly cancelledOrders: number;
  readonly exitOrders: number;
  /** Whether nothing is held and nothing can execute any more. */
  readonly flat: boolean;
}

/** After a refused exit the next is sent no sooner. */
const retryMs = 10_000;

/**
 * One pass of the kill switch over a portfolio that may only reduce: orders that have not left are
 * refused, those at the broker asked back, and what no order takes off yet is left at the market.
 * Run it until it says `flat`; run on a flat portfolio it changes nothing. Does nothing where the
 * portfolio is ACTIVE again.
 */
export async function flattenPortfolio(
  ports: SubmitPorts & Parameters<typeof loadDoorData>[0],
  portfolioId: string,
): Promise<FlattenedPortfolio> {
  const data = await loadDoorData(ports);
  const pass = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(portfolioId);
    if (portfolio === null || portfolio.tradingState === 'ACTIVE') return null;
    const working = await rows.orders.working(portfolioId);
    const theirs = working.filter(({ source }) => source !== 'KILL_SWITCH');
    const drafts: EventDraft[] = [];
    for (const order of theirs) drafts.push(...(await takeBack(rows, ports, order)));
    const exits =
      portfolio.tradingState === 'REDUCING'
        ? await sendExits(rows, ports, data, portfolio, drafts)
        : 0;
    if (drafts.length > 0) await rows.events.append(portfolio.userId, drafts, ports.clock.now());
    const positions = await rows.portfolios.positions(portfolioId);
    const stillWorking = await rows.orders.working(portfolioId);
    return {
      portfolio,
      asked: stillWorking.filter(({ status }) => status === 'CANCEL_PENDING'),
      cancelledOrders: theirs.length,
      exits,
      changed: drafts.length > 0,
      flat: stillWorking.length === 0 && positions.every((held) => netQuantityOf(held).isZero()),
    };
  });
  if (pass === null) return { cancelledOrders: 0, exitOrders: 0, flat: true };
  if (pass.changed) {
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  }
  for (const order of pass.asked) await askBack(ports, pass.portfolio, order);
  return { cancelledOrders: pass.cancelledOrders, exitOrders: pass.exits, flat: pass.flat };
}

/** Refuses an order that has not left; marks one at the broker, which is asked after the commit. */
async function takeBack(
  rows: StoreTransaction,
  ports: SubmitPorts,
  order: OrderRecord,
): Promise<readonly EventDraft[]> {
  const denial = { code: 'TRADING_HALTED', limit: null, actual: null, scope: null } as const;
  const unsent = isUnsent(order.status);
  const event: OrderEvent = unsent
    ? { type: 'DENIED', reason: describeDenial(denial) }
    : { type: 'CANCEL_REQUESTED' };
  const next = transition(order, event);
  // An order whose answer is awaited cannot be asked back yet; the next pass finds it again.
  if (!next.ok || next.value === order || next.value.status === order.status) return [];
  const after: OrderRecord = {
    ...order,
    ...next.value,
    ...(unsent ? { denial: snapshot(denial) } : {}),
    updatedAt: ports.clock.now(),
  };
  await rows.orders.save(after, event);
  return [orderEvent(after)];
}

/** Asks the broker for an order back, and takes its word. */
async function askBack(
  ports: SubmitPorts,
  portfolio: LockedPortfolio,
  order: OrderRecord,
): Promise<void> {
  const { brokerOrderId, clientOrderId } = order;
  if (brokerOrderId === null) return;
  const broker = ports.brokers.of(portfolio);
  const outcome = await broker.cancel({ ...order, brokerOrderId });
  if (outcome.kind === 'REJECTED') {
    const { reason } = outcome;
    await foldOrder(ports, clientOrderId, () => [{ type: 'CANCEL_REJECTED', reason }]);
  }
  const found = await broker.lookUp(clientOrderId);
  if (found.kind === 'FOUND') await applyBrokerUpdate(ports, found.state);
}

async function sendExits(
  rows: StoreTransaction,
  ports: SubmitPorts,
  data: DoorData,
  portfolio: LockedPortfolio,
  drafts: EventDraft[],
): Promise<number> {
  const positions = await rows.portfolios.positions(portfolio.id);
  const lots = await rows.risk.openLots(portfolio.id);
  const working = await rows.orders.working(portfolio.id);
  const now = ports.clock.now();
  const refused = await rows.risk.refusedExits(portfolio.id, new Date(now.getTime() - retryMs));
  let sent = 0;
  for (const position of positions) {
    const waits = refused.some(
      ({ instrumentId, product }) =>
        instrumentId === position.instrumentId && product === position.product,
    );
    if (waits) continue;
    for (const exit of exitsOf(position, lots, working)) {
      drafts.push(...(await sendExit(rows, ports, data, portfolio, exit)));
      sent += 1;
    }
  }
  return sent;
}

async function sendExit(
  rows: StoreTransaction,
  ports: SubmitPorts,
  data: DoorData,
  portfolio: LockedPortfolio,
  { instrumentId, product, side, quantity, runId }: Exit,
): Promise<readonly EventDraft[]> {
  const instrument = await rows.runs.findInstrument(instrumentId);
  if (instrument === null) throw new Error(`instrument ${instrumentId} is gone`);
  const { feedId } = portfolio;
  const marketTime = feedId === null ? null : await rows.feeds.marketTime(feedId);
  const idempotencyKey = `kill-${ports.ids.uuid()}`;
  const { drafts } = await passDoor(rows, ports, data, portfolio, {
    idempotencyKey,
    requestHash: createHash('sha256').update(idempotencyKey).digest('hex'),
    kind: 'SINGLE',
    source: 'KILL_SWITCH',
    actor: systemActor,
    intent: 'STOPPED',
    marketTime: marketTime ?? ports.clock.now(),
    run: runId === null ? null : { id: runId, decisionId: null },
    legs: [
      {
        instrument,
        terms: {
          ...plainTerms,
          type: 'MARKET',
          side,
          product,
          quantity: atMost(quantity, instrument),
        },
      },
    ],
  });
  return drafts;
}

/** What one order may ask for; the next pass sends the rest. */
function atMost(quantity: Decimal, { freezeQuantity, lotSize }: InstrumentRecord): Decimal {
  if (freezeQuantity === null || quantity.lessThanOrEqualTo(freezeQuantity)) return quantity;
  return new Decimal(freezeQuantity).dividedToIntegerBy(lotSize).times(lotSize);
}

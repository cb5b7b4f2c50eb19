import { createHash } from 'node:crypto';
import { plainTerms } from '@nandax/core/order/order.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { Decimal } from 'decimal.js';
import { systemActor } from '../actor.ts';
import { endGtts } from '../gtt/end-gtts.ts';
import { askForCancels } from '../orders/cancel-order.ts';
import { sendCancel } from '../orders/change-at-broker.ts';
import { marketTimeOf } from '../orders/session-at-door.ts';
import { endProtectionsOf } from '../protection/end-protection.ts';
import { loadDoorData, passDoor, type DoorData } from '../orders/pass-door.ts';
import type { SubmitPorts } from '../orders/submit-order.ts';
import { portfolioTime } from '../portfolios/owned-paper-portfolio.ts';
import type { EventDraft } from '../ports/events.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import { JobHeld } from '../ports/queue.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { InstrumentRecord } from '../records.ts';
import { exitsOf, type Exit } from './exits-of.ts';

/** What one pass over a portfolio did. */
export interface FlattenedPortfolio {
  /** Orders that were taken back or are being taken back. */
  readonly cancelledOrders: number;
  readonly exitOrders: number;
  /**
   * Whether nothing is held and nothing can execute any more; of a live account, by a reading of its
   * broker's books that agreed since.
   */
  readonly flat: boolean;
}

/** After a refused exit the next is sent no sooner. */
const retryMs = 10_000;

/**
 * One pass of the kill switch over a portfolio that may only reduce: orders that can still execute
 * are taken back, and what no order takes off yet is left at the market.
 * Run it until it says `flat`; run on a flat portfolio it changes nothing. A live account whose broker
 * gave no agreeing answer is never flat, and stays with what only reduces. Does nothing where the
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
    const cancels = await askForCancels(rows, ports, theirs, systemActor);
    drafts.push(...cancels.drafts);
    const at = await portfolioTime(rows, portfolio, ports.clock.now());
    const reason = 'The kill switch was pulled.';
    drafts.push(...(await endProtectionsOf(rows, ports, portfolioId, reason)));
    const waiting = await rows.gtts.activeOf(portfolioId);
    drafts.push(...(await endGtts(rows, ports, waiting, { status: 'CANCELLED', reason, at })));
    const exits =
      portfolio.tradingState === 'REDUCING'
        ? await sendExits(rows, ports, data, portfolio, drafts)
        : 0;
    if (drafts.length > 0) await rows.events.append(portfolio.userId, drafts, ports.clock.now());
    const positions = await rows.portfolios.positions(portfolioId);
    const stillWorking = await rows.orders.working(portfolioId);
    return {
      asked: stillWorking.filter(({ status }) => status === 'CANCEL_PENDING'),
      cancelledOrders: cancels.cancelled,
      exits,
      changed: drafts.length > 0,
      // Books of ours that are empty prove nothing of a live account: its broker's have to agree.
      flat:
        stillWorking.length === 0 &&
        positions.every((held) => netQuantityOf(held).isZero()) &&
        !(await rows.risk.awaitsReading(portfolioId)),
    };
  });
  if (pass === null) return { cancelledOrders: 0, exitOrders: 0, flat: true };
  if (pass.changed) {
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  }
  // Their jobs ask too; asking twice is asking once.
  for (const { id } of pass.asked) await askAtOnce(ports, id);
  return { cancelledOrders: pass.cancelledOrders, exitOrders: pass.exits, flat: pass.flat };
}

/** What the broker's limits hold is left to its job. */
async function askAtOnce(ports: SubmitPorts, orderId: string): Promise<void> {
  await sendCancel(ports, orderId).catch((error: unknown) => {
    if (!(error instanceof JobHeld)) throw error;
  });
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
  // Each exit passes the door by itself, and the limits are taken once for all of them.
  const owner = { portfolioId: portfolio.id, userId: portfolio.userId };
  await rows.risk.limitsOf(owner, [null, ...lots.map(({ runId }) => runId)]);
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
  const clock = await marketTimeOf(rows, portfolio, ports.clock.now());
  const idempotencyKey = `kill-${ports.ids.uuid()}`;
  const { drafts } = await passDoor(rows, ports, data, portfolio, {
    idempotencyKey,
    requestHash: createHash('sha256').update(idempotencyKey).digest('hex'),
    kind: 'SINGLE',
    source: 'KILL_SWITCH',
    actor: systemActor,
    intent: 'STOPPED',
    ...clock,
    legs: [
      {
        instrument,
        reduceOnly: true,
        parentOrderId: null,
        run: runId === null ? null : { id: runId, decisionId: null },
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
  const whole = new Decimal(freezeQuantity).dividedToIntegerBy(lotSize).times(lotSize);
  return whole.isZero() ? new Decimal(freezeQuantity) : whole;
}

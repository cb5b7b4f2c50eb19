import { fires } from '@nandax/core/order/gtt.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Tick } from '@nandax/core/market/tick.ts';
import { systemActor } from '../actor.ts';
import { notify } from '../notifications/notify.ts';
import { requestHashOf } from '../orders/keyed-request.ts';
import { loadDoorData, passDoor, standalone, type DoorData } from '../orders/pass-door.ts';
import type { EventDraft } from '../ports/events.ts';
import type { FeedLease } from '../ports/feeds.ts';
import type { GttLegRecord, GttRecord } from '../ports/gtts.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord } from '../records.ts';
import { endGtts } from './end-gtts.ts';
import { gttEvent } from './gtt-event.ts';

type WatchPorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>;

/** A trigger whose price has traded. */
interface Firing {
  readonly gtt: GttRecord;
  readonly leg: GttLegRecord;
}

/**
 * Lets ticks meet the GTTs of a feed, for the owner of its lease, on the full stream of ticks. A
 * trigger fires once: its GTT ends and its order passes the door in one transaction, under the
 * portfolio's lock, so that ticks which are played again, and an owner who lost the feed without
 * knowing, find it ended.
 */
export class GttWatch {
  constructor(
    private readonly ports: WatchPorts,
    private readonly lease: FeedLease,
    /** In the order in which ticks number them. */
    private readonly instrumentIds: readonly string[],
    /** Brings the database's last prices up to these ticks; called only where a trigger fires. */
    private readonly beforeFiring: () => Promise<void>,
  ) {}

  /**
   * Hears ticks in the order of their time; `marketTime` is when what they fire is decided. Returns
   * whether orders were written.
   */
  async hear(ticks: readonly Tick[], marketTime: Date): Promise<boolean> {
    const { feedId } = this.lease;
    const active = await this.ports.store.read(({ gtts }) => gtts.activeOnFeed(feedId));
    if (active.length === 0) return false;
    await this.#expire(
      active.filter(({ expiresAt }) => expiresAt <= marketTime),
      marketTime,
    );
    const firings = this.#firingsOf(
      active.filter(({ expiresAt }) => expiresAt > marketTime),
      ticks,
    );
    if (firings.length === 0) return false;
    await this.beforeFiring();
    const data = await loadDoorData(this.ports);
    for (const firing of firings) await this.#fire(data, firing, marketTime);
    await this.#tell();
    return true;
  }

  /** In the order in which the ticks fire them. */
  #firingsOf(active: readonly GttRecord[], ticks: readonly Tick[]): readonly Firing[] {
    const waiting = new Map<string, Set<GttRecord>>();
    for (const gtt of active) {
      const here = waiting.get(gtt.instrumentId) ?? new Set();
      waiting.set(gtt.instrumentId, here.add(gtt));
    }
    const firings: Firing[] = [];
    for (const { instrument, time, price } of ticks) {
      const here = waiting.get(this.instrumentIds[instrument] ?? '');
      for (const gtt of here ?? []) {
        if (time < gtt.watchedFrom.getTime()) continue;
        const leg = gtt.legs.find((one) => fires(one, price));
        if (leg === undefined) continue;
        here?.delete(gtt);
        firings.push({ gtt, leg });
      }
    }
    return firings;
  }

  async #fire(data: DoorData, { gtt: seen, leg }: Firing, marketTime: Date): Promise<void> {
    const { store, clock } = this.ports;
    await store.transaction(async (rows) => {
      await rows.feeds.assertLease(this.lease);
      const portfolio = await rows.portfolios.lock(seen.portfolioId);
      const gtt = await rows.gtts.find(seen.id);
      if (portfolio === null || gtt?.status !== 'ACTIVE') return;
      // Changed since it was read: the new triggers hear the ticks that come next.
      if (gtt.updatedAt.getTime() !== seen.updatedAt.getTime()) return;
      const drafts =
        portfolio.feedId === gtt.feedId
          ? await fire(rows, this.ports, data, portfolio, { gtt, leg }, marketTime)
          : await endGtts(rows, this.ports, [gtt], {
              status: 'CANCELLED',
              reason: 'The portfolio follows another feed.',
              at: marketTime,
            });
      await rows.events.append(gtt.userId, drafts, clock.now());
    });
  }

  async #expire(due: readonly GttRecord[], at: Date): Promise<void> {
    for (const { id, portfolioId } of due) {
      await this.ports.store.transaction(async (rows) => {
        await rows.feeds.assertLease(this.lease);
        await rows.portfolios.lock(portfolioId);
        const gtt = await rows.gtts.find(id);
        if (gtt?.status !== 'ACTIVE') return;
        const end = { status: 'EXPIRED', reason: 'Its time has passed.', at } as const;
        const drafts = await endGtts(rows, this.ports, [gtt], end);
        await rows.events.append(gtt.userId, drafts, this.ports.clock.now());
      });
    }
    if (due.length > 0) await this.#tell();
  }

  async #tell(): Promise<void> {
    const { bus } = this.ports;
    await Promise.all([bus.publish('outbox', {}), bus.publish('audit', {})]);
  }
}

/** Sends a leg's order through the door and ends its GTT, the other leg with it. */
async function fire(
  rows: StoreTransaction,
  ports: WatchPorts,
  data: DoorData,
  portfolio: LockedPortfolio,
  { gtt, leg }: Firing,
  marketTime: Date,
): Promise<readonly EventDraft[]> {
  const { side, product, userId } = gtt;
  const { price, quantity } = leg;
  const instrument = await rows.runs.findInstrument(gtt.instrumentId);
  if (instrument === null) throw new Error(`instrument ${gtt.instrumentId} is gone`);
  const { orders, drafts } = await passDoor(rows, ports, data, portfolio, {
    // Nobody can have taken it before: keys that follow from what people know could be.
    idempotencyKey: `gtt-${ports.ids.uuid()}`,
    requestHash: requestHashOf({ gttId: gtt.id, leg: leg.number }),
    kind: 'SINGLE',
    source: 'GTT',
    actor: systemActor,
    intent: 'MANUAL',
    marketTime,
    legs: [
      {
        ...standalone,
        instrument,
        terms: { ...plainTerms, type: 'LIMIT', side, product, quantity, price },
      },
    ],
  });
  const [order] = orders;
  if (order === undefined) throw new Error('the door wrote no order');
  const refused = order.status === 'DENIED';
  const at = ports.clock.now();
  const after: GttRecord = {
    ...gtt,
    status: refused ? 'REJECTED' : 'TRIGGERED',
    endReason: refused ? order.reason : null,
    endedAt: marketTime,
    updatedAt: at,
    legs: gtt.legs.map((one) => (one.number === leg.number ? { ...one, orderId: order.id } : one)),
  };
  await rows.gtts.save(after);
  const told = await notify(rows, ports.ids, {
    userId,
    level: refused ? 'WARNING' : 'INFORMATION',
    title: `GTT of ${instrument.tradingSymbol} ${refused ? 'triggered and was refused' : 'triggered'}`,
    body: bodyOf(leg, order, instrument),
    at,
  });
  return [...drafts, gttEvent(after, `GTT_${refused ? 'REJECTED' : 'TRIGGERED'}`), told];
}

function bodyOf(leg: GttLegRecord, order: OrderRecord, instrument: InstrumentRecord): string {
  const { side, quantity, price } = order;
  const what = `${side} ${quantity.toFixed()} ${instrument.tradingSymbol} at ${price?.toFixed(2) ?? 'the market'}`;
  const met = `The last price met the trigger ${leg.triggerPrice.toFixed(2)}.`;
  return order.status === 'DENIED'
    ? `${met} The order ${what} was refused: ${order.reason ?? 'no reason is known'}`
    : `${met} The order ${what} is on its way; triggered is not filled.`;
}

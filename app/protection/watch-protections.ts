import type { Tick } from '@nandax/core/market/tick.ts';
import type { ProtectionPhase } from '@nandax/core/order/plan-protection.ts';
import { loadDoorData, type DoorData } from '../orders/pass-door.ts';
import type { EventDraft } from '../ports/events.ts';
import type { FeedLease } from '../ports/feeds.ts';
import type { ProtectionRecord } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { endProtection } from './end-protection.ts';
import { enterPhase, followProtections } from './follow-position.ts';

type WatchPorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>;

/**
 * Lets ticks meet the protections of a feed, for the owner of its lease: a target that trades turns
 * the resting stop into a LIMIT order at it, a price that falls back through the stop sends that to
 * the market, and what is missing (a stop that lapsed with its day, or was cancelled by another hand)
 * is put back, because the instrument trades.
 */
export class ProtectionWatch {
  constructor(
    private readonly ports: WatchPorts,
    private readonly lease: FeedLease,
    /** In the order in which ticks number them. */
    private readonly instrumentIds: readonly string[],
    /** Brings the database's last prices up to these ticks. */
    private readonly beforeFollowing: () => Promise<void>,
  ) {}

  /**
   * Hears ticks in the order of their time; `marketTime` is when what follows from them is decided.
   * Returns whether anything is protected.
   */
  async hear(ticks: readonly Tick[], marketTime: Date): Promise<boolean> {
    const { feedId } = this.lease;
    const active = await this.ports.store.read(({ protections }) =>
      protections.activeOnFeed(feedId),
    );
    if (active.length === 0) return false;
    await this.beforeFollowing();
    const data = await loadDoorData(this.ports);
    for (const protection of active) {
      const here = ticks.filter(
        ({ instrument }) => this.instrumentIds[instrument] === protection.instrumentId,
      );
      if (here.length > 0) await this.#follow(data, protection, here, marketTime);
    }
    const { bus } = this.ports;
    await Promise.all([bus.publish('outbox', {}), bus.publish('audit', {})]);
    return true;
  }

  async #follow(
    data: DoorData,
    seen: ProtectionRecord,
    ticks: readonly Tick[],
    marketTime: Date,
  ): Promise<void> {
    const { store, clock } = this.ports;
    const otherFeed = 'Its portfolio follows another feed.';
    await store.transaction(async (rows) => {
      await rows.feeds.assertLease(this.lease);
      const portfolio = await rows.portfolios.lock(seen.portfolioId);
      const protection = await rows.protections.find(seen.id);
      if (portfolio === null || protection?.status !== 'ACTIVE') return;
      const drafts =
        portfolio.feedId === seen.feedId
          ? await this.#drafts(rows, data, protection, ticks, marketTime)
          : [await endProtection(rows, this.ports, protection, otherFeed)];
      if (drafts.length > 0) await rows.events.append(seen.userId, drafts, clock.now());
    });
  }

  async #drafts(
    rows: StoreTransaction,
    data: DoorData,
    protection: ProtectionRecord,
    ticks: readonly Tick[],
    marketTime: Date,
  ): Promise<readonly EventDraft[]> {
    const phase = phaseAfter(protection, ticks);
    const { ports } = this;
    const entered =
      phase === protection.phase
        ? []
        : await enterPhase(rows, ports, data, protection, phase, marketTime);
    return entered.length > 0
      ? entered
      : followProtections(rows, ports, data, protection, null, marketTime);
  }
}

/**
 * The phase after prices that traded since the protection began to hear them: the target from the
 * stop, and the exit behind the stop price, which matters to a stop only where none rests.
 */
export function phaseAfter(
  {
    side,
    stopPrice,
    targetPrice,
    watchedFrom,
    ...protection
  }: Pick<ProtectionRecord, 'side' | 'stopPrice' | 'targetPrice' | 'watchedFrom' | 'phase'>,
  ticks: readonly Tick[],
): ProtectionPhase {
  let { phase } = protection;
  const [stop, target] = [stopPrice.toNumber(), targetPrice?.toNumber() ?? null];
  const sign = side === 'SELL' ? 1 : -1;
  for (const { time, price } of ticks) {
    if (time <= watchedFrom.getTime()) continue;
    if (phase === 'STOP' && target !== null && sign * (price - target) >= 0) phase = 'TARGET';
    else if (sign * (price - stop) <= 0) phase = 'EXIT';
  }
  return phase;
}

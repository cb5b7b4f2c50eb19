import { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { dayNumberOf } from '@nandax/core/calendar/exchange-time.ts';
import { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import type { FillModel } from '@nandax/core/exchange/fill-model.ts';
import { PrintReader, type TickOrigin } from '@nandax/core/exchange/print-reader.ts';
import type { PriceBand, PriceBandRule } from '@nandax/core/market/price-band.ts';
import type { Tick } from '@nandax/core/market/tick.ts';
import type { PrintDetails } from '@nandax/core/exchange/print.ts';
import { applyBrokerUpdate, type UpdatePorts } from '../orders/apply-broker-update.ts';
import type { RestingOrder } from '../ports/exchange.ts';
import type { FeedLease } from '../ports/feeds.ts';
import type { InstrumentRecord } from '../records.ts';
import { DayBands } from './day-bands.ts';
import { ExchangePhases } from './exchange-phases.ts';
import { expiredReason, takeSteps, type Resting } from './exchange-steps.ts';
import { kernelTermsOf } from './kernel-terms.ts';

/** How a feed's ticks come about and how they fill. */
export interface PaperExchangeOptions {
  readonly origin: TickOrigin;
  readonly model?: FillModel;
  /** The hours by which orders gather and trade; left out: they trade at every tick. */
  readonly markets?: MarketBook;
  /** How far prices go in a day; left out: as far as they go. */
  readonly bands?: readonly PriceBandRule[];
  /** Rupees at which each instrument closed before the feed begins; NaN or none: not known. */
  readonly previousCloses?: readonly number[];
}

const auctionReason = 'Stop orders are cancelled when the closing auction begins.';

/**
 * The matching side of the simulated exchange, run by the owner of a feed on its full stream of
 * ticks. Its books are in the database; the kernel holds what rests in them. A step of matching is
 * one transaction, which also says how far it went: ticks that are played again after a crash meet
 * no order a second time, and an execution's trade id follows from its order and its number.
 */
export class PaperExchange {
  readonly #ports: UpdatePorts;
  readonly #lease: FeedLease;
  readonly #kernel: FillKernel;
  readonly #prints: PrintReader;
  readonly #phases: ExchangePhases;
  readonly #instruments: readonly InstrumentRecord[];
  readonly #bands: DayBands;
  readonly #indexOfInstrument: ReadonlyMap<string, number>;
  readonly #resting = new Map<string, Resting>();
  readonly #byIndex = new Map<number, Resting>();
  /** How far owners before this one came, market time (epoch ms); null: not asked yet. */
  #before: { readonly matched: number; readonly told: number } | null = null;
  /** The exchange day whose stops were ended for its closing auction. */
  #stopsEndedOn = NaN;
  /** Market time (epoch ms) through which this owner matched; null: nothing yet. */
  #matchedTo: number | null = null;
  /** When each instrument last traded continuously, epoch ms. */
  readonly #lastMet: number[] = [];
  /** Orders whose market protection is set by the first price they meet, as none was known before. */
  readonly #unprotected = new Set<Resting>();
  /** The highest place in the queue that was given. */
  #lastPlace = 0;
  readonly #latencyMs: number;

  constructor(
    ports: UpdatePorts,
    lease: FeedLease,
    instruments: readonly InstrumentRecord[],
    options: PaperExchangeOptions,
  ) {
    this.#ports = ports;
    this.#lease = lease;
    const { origin, model = {}, markets = new MarketBook([], []), bands = [] } = options;
    this.#instruments = instruments;
    this.#kernel = new FillKernel({ ...model, tickSizes: [] });
    this.#latencyMs = model.latencyMs ?? 0;
    for (const { tickSize, lotSize } of instruments) {
      this.#kernel.addInstrument(tickSize.toNumber(), lotSize);
    }
    this.#bands = new DayBands(this.#kernel, instruments, bands);
    this.#prints = new PrintReader(origin, options.previousCloses);
    this.#phases = new ExchangePhases(markets, instruments);
    this.#indexOfInstrument = new Map(instruments.map(({ id }, index) => [id, index]));
  }

  /** Hears ticks that were matched before, so that the day's volume goes on from them. */
  hear(ticks: readonly Tick[]): void {
    for (const tick of ticks) {
      this.#read(tick);
      this.#kernel.heed(tick.instrument, tick.price, tick.price, tick.price);
    }
  }

  /**
   * Lets ticks meet the orders that rest, books what comes of it and reports it. `tell` tells the world
   * of the ticks: once it is written down who meets them, so that nobody who has seen them trades at them,
   * also where this owner dies.
   */
  async match(
    ticks: readonly Tick[],
    tell: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { matched: through } = await this.#owners();
    this.hear(ticks.filter(({ time }) => time <= through));
    const fresh = ticks.filter(({ time }) => time > through);
    const last = fresh.at(-1);
    if (last !== undefined) await this.#takeOrders(last.time);
    await tell();
    if (last === undefined) return;
    for (const tick of fresh) {
      const { instrument, time, price } = tick;
      const print = this.#read(tick);
      if (!this.#phases.isContinuous(instrument, time)) continue;
      this.#kernel.matchTick(instrument, time, price, print);
    }
    this.#matchedTo = last.time;
    await this.#book(last.time);
  }

  /** The prices (rupees) within which an instrument trades today; null: nothing holds them back. */
  bandOf(instrument: number): PriceBand | null {
    return this.#bands.of(instrument);
  }

  /** Reads a tick; the first of a day sets its band. */
  #read(tick: Tick): PrintDetails {
    const { instrument, time } = tick;
    const print = this.#prints.read(tick);
    if (this.#phases.isContinuous(instrument, time)) this.#lastMet[instrument] = time;
    this.#bands.enterDay(instrument, time, this.#prints.previousClose(instrument));
    const auction = this.#phases.auctionOf(instrument, time);
    if (auction !== null) {
      this.#bands.hearOfAuction(instrument, tick, print.volume ?? NaN, auction);
    }
    return print;
  }

  /** Books what matching through market time `through` (epoch ms) came to, and reports it. */
  async #book(through: number): Promise<void> {
    const steps = takeSteps(this.#kernel, this.#byIndex, this.#unprotected);
    if (steps.length === 0) return;
    const undone = await this.#ports.store.transaction(async ({ feeds, exchange }) => {
      await feeds.assertLease(this.#lease);
      const now = this.#ports.clock.now();
      return exchange.settle(this.#lease.feedId, steps, new Date(through), now);
    });
    for (const { clientOrderId } of steps) {
      // Changed while it was matched: the change came first, and it is taken up as it is now.
      const resting = this.#resting.get(clientOrderId);
      const over = resting !== undefined && this.#kernel.remaining(resting.index) === 0;
      if (over || undone.has(clientOrderId)) this.#forget(clientOrderId);
    }
    await this.#report(steps.map(({ clientOrderId }) => clientOrderId));
  }

  /** Ends what was to work until `time` (epoch ms) or less long. */
  async expireDue(time: number): Promise<void> {
    const isDue = ({ order }: Resting) => (order.expiresAt?.getTime() ?? Infinity) <= time;
    if (![...this.#resting.values()].some(isDue)) return;
    const expired = await this.#ports.store.transaction(async ({ feeds, exchange }) => {
      await feeds.assertLease(this.#lease);
      return exchange.expire(this.#lease.feedId, new Date(time), expiredReason);
    });
    for (const clientOrderId of expired) this.#forget(clientOrderId);
    await this.#report(expired);
  }

  /** Ends stops of instruments whose closing auction has begun at `time` (epoch ms). */
  async endStops(time: number): Promise<void> {
    const begun = this.#phases.auctionsBegunBy(time);
    const [first] = begun;
    if (first === undefined || this.#stopsEndedOn === dayNumberOf(time)) return;
    const ids = begun.map(({ instrument }) => this.#instruments[instrument]?.id ?? '');
    const ended = await this.#ports.store.transaction(async ({ feeds, exchange }) => {
      await feeds.assertLease(this.#lease);
      return exchange.lapseStops(this.#lease.feedId, ids, new Date(first.at), auctionReason);
    });
    this.#stopsEndedOn = dayNumberOf(time);
    for (const clientOrderId of ended) this.#forget(clientOrderId);
    await this.#report(ended);
  }

  /** Lets what rests in instruments of the closing auction trade at its price, the day's last one. */
  async #callAuctions(close: number): Promise<void> {
    const auctions = this.#phases.auctionsBegunBy(close);
    if (auctions.length === 0 || (await this.#owners()).matched >= close) return;
    await this.#takeOrders(close);
    for (const { instrument } of auctions) {
      const price = this.#prints.lastPrice(instrument);
      const isOfDay = dayNumberOf(this.#prints.lastTime(instrument)) === dayNumberOf(close);
      if (isOfDay) this.#kernel.matchTick(instrument, close, price, { kind: 'CALL' });
    }
    this.#matchedTo = close;
    await this.#book(close);
  }

  /** Ends what could have traded in a session and was not filled until its close (epoch ms). */
  async closeSession(close: number): Promise<void> {
    await this.endStops(close);
    await this.#callAuctions(close);
    // By the books, which also hold what was entered after the last tick and never taken.
    const lapsed = await this.#ports.store.transaction(async ({ feeds, exchange }) => {
      await feeds.assertLease(this.#lease);
      const reason = 'No trade before the close of the session.';
      return exchange.lapse(this.#lease.feedId, new Date(close), reason);
    });
    for (const clientOrderId of lapsed) this.#forget(clientOrderId);
    await this.#report(lapsed);
  }

  /** Reports what the exchange's books show and ours do not: what a crash cut off. */
  async reportMissed(): Promise<void> {
    await this.#report(
      await this.#ports.store.read(({ exchange }) => exchange.unreported(this.#lease.feedId)),
    );
  }

  /** How far owners before this one came. */
  async #owners(): Promise<{ readonly matched: number; readonly told: number }> {
    if (this.#before === null) {
      const { matchedThrough, toldThrough } = await this.#ports.store.read(({ exchange }) =>
        exchange.progress(this.#lease.feedId),
      );
      const matched = matchedThrough?.getTime() ?? -Infinity;
      this.#before = { matched, told: Math.max(matched, toldThrough?.getTime() ?? -Infinity) };
    }
    return this.#before;
  }

  /** Brings the kernel to what the books hold, ahead of ticks through market time `through` (epoch ms). */
  async #takeOrders(through: number): Promise<void> {
    const orders = await this.#ports.store.read(({ exchange }) =>
      exchange.resting(this.#lease.feedId),
    );
    const unknown = orders.filter(({ taken }) => taken === null);
    const after = await this.#takeUp(unknown, through);
    const changed: string[] = [];
    for (const order of orders) {
      const known = this.#resting.get(order.clientOrderId);
      if (known === undefined) this.#enter(order, after);
      else if (known.order.revision !== order.revision) {
        this.#change(known, order, after);
        changed.push(order.clientOrderId);
      }
    }
    const live = new Set(orders.map(({ clientOrderId }) => clientOrderId));
    const gone = [...this.#resting.keys()].filter((id) => !live.has(id));
    for (const clientOrderId of gone) this.#forget(clientOrderId);
    await this.#report([...changed, ...gone]);
  }

  /**
   * Writes down who stands behind whom, and from when on, before any of them meets a tick: a new owner
   * must find the queue as it was. Returns the market time (epoch ms) after which they meet ticks.
   */
  async #takeUp(orders: readonly RestingOrder[], through: number): Promise<number> {
    const after = this.#matchedTo ?? (await this.#owners()).told;
    await this.#ports.store.transaction(async ({ exchange }) => {
      await exchange.markTold(this.#lease, new Date(through));
      if (orders.length === 0) return;
      const first = Math.max(this.#lastPlace, await exchange.lastPlace(this.#lease.feedId)) + 1;
      const taken = orders.map(({ clientOrderId, revision }, index) => ({
        ...{ clientOrderId, revision },
        place: first + index,
      }));
      await exchange.takeUp(taken, after === -Infinity ? null : new Date(after));
      this.#lastPlace = first + orders.length - 1;
    });
    return after;
  }

  #enter(order: RestingOrder, takenNow: number): void {
    const instrument = this.#indexOfInstrument.get(order.instrumentId);
    if (instrument === undefined) return;
    const eligibleFrom = this.#eligibleFrom(order, takenNow);
    const met = this.#lastMet[instrument] ?? -Infinity;
    const rested = order.taken !== null && met >= eligibleFrom + this.#latencyMs;
    const gathers =
      !rested && this.#phases.gathers(instrument, order.eligibleFrom.getTime(), order.terms);
    const index = this.#kernel.addOrder({
      ...kernelTermsOf(order),
      instrument,
      side: order.side === 'BUY' ? 1 : -1,
      eligibleFrom,
      triggered: order.triggered,
      rested,
      gathers,
    });
    this.#keep({ index, order, executionCount: order.executionCount });
  }

  #change({ index, executionCount }: Resting, order: RestingOrder, takenNow: number): void {
    this.#kernel.modify(index, kernelTermsOf(order), this.#eligibleFrom(order, takenNow));
    this.#keep({ index, order, executionCount });
  }

  /** Epoch ms, before latency: it also meets no tick that was matched before it was taken up. */
  #eligibleFrom({ eligibleFrom, taken }: RestingOrder, takenNow: number): number {
    const after = taken === null ? takenNow : (taken.after?.getTime() ?? -Infinity);
    return Math.max(eligibleFrom.getTime(), after + 1 - this.#latencyMs);
  }

  #keep(resting: Resting): void {
    const { order } = resting;
    const before = this.#resting.get(order.clientOrderId);
    if (before !== undefined) this.#unprotected.delete(before);
    this.#resting.set(order.clientOrderId, resting);
    this.#byIndex.set(resting.index, resting);
    const isProtected = order.terms.marketProtectionPercent !== null;
    if (isProtected && order.protectionLimit === null) this.#unprotected.add(resting);
  }

  #forget(clientOrderId: string): void {
    const resting = this.#resting.get(clientOrderId);
    if (resting === undefined) return;
    this.#kernel.cancel(resting.index);
    this.#resting.delete(clientOrderId);
    this.#unprotected.delete(resting);
    this.#byIndex.delete(resting.index);
  }

  async #report(clientOrderIds: Iterable<string>): Promise<void> {
    for (const clientOrderId of clientOrderIds) {
      const state = await this.#ports.store.read(({ exchange }) => exchange.state(clientOrderId));
      if (state !== null) await applyBrokerUpdate(this.#ports, state);
    }
  }
}

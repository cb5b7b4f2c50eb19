import { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { dayNumberOf, exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { orderNote } from '@nandax/core/exchange/fill-columns.ts';
import { FillKernel } from '@nandax/core/exchange/fill-kernel.ts';
import type { FillModel } from '@nandax/core/exchange/fill-model.ts';
import { PrintReader, type TickOrigin } from '@nandax/core/exchange/print-reader.ts';
import { priceBandOn, type PriceBand, type PriceBandRule } from '@nandax/core/market/price-band.ts';
import type { Tick } from '@nandax/core/market/tick.ts';
import type { PrintDetails } from '@nandax/core/exchange/print.ts';
import { Decimal } from 'decimal.js';
import { applyBrokerUpdate, type UpdatePorts } from '../orders/apply-broker-update.ts';
import type { RestingOrder, SteppedOrder } from '../ports/exchange.ts';
import type { FeedLease } from '../ports/feeds.ts';
import type { InstrumentRecord } from '../records.ts';
import { ExchangePhases } from './exchange-phases.ts';
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

interface Resting {
  readonly index: number;
  readonly order: RestingOrder;
  executionCount: number;
}

type OpenStep = { -readonly [key in keyof SteppedOrder]: SteppedOrder[key] } & {
  readonly executions: { tradeId: string; quantity: Decimal; price: Decimal; executedAt: Date }[];
};

const immediateReason = 'IOC: what could not be filled at once was cancelled.';
const expiredReason = 'The time that the order was to work has passed.';
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
  readonly #bands: readonly PriceBandRule[];
  /** The exchange day of each instrument's band. */
  readonly #bandDays: number[] = [];
  readonly #indexOfInstrument: ReadonlyMap<string, number>;
  readonly #resting = new Map<string, Resting>();
  readonly #byIndex = new Map<number, Resting>();
  /** Market time (epoch ms) through which an owner before this one matched; null: not asked yet. */
  #matchedThrough: number | null = null;
  /** The exchange day whose stops were ended for its closing auction. */
  #stopsEndedOn = NaN;
  /** Whether the orders taken next are those that an owner before this one left. */
  #resuming = true;

  constructor(
    ports: UpdatePorts,
    lease: FeedLease,
    instruments: readonly InstrumentRecord[],
    options: PaperExchangeOptions,
  ) {
    this.#ports = ports;
    this.#lease = lease;
    const { origin, model = {}, markets = new MarketBook([], []), bands = [] } = options;
    this.#bands = bands;
    this.#instruments = instruments;
    this.#kernel = new FillKernel({ ...model, tickSizes: [] });
    for (const { tickSize, lotSize } of instruments) {
      this.#kernel.addInstrument(tickSize.toNumber(), lotSize);
    }
    this.#prints = new PrintReader(origin, options.previousCloses);
    this.#phases = new ExchangePhases(markets, instruments);
    this.#indexOfInstrument = new Map(instruments.map(({ id }, index) => [id, index]));
  }

  /** Hears ticks that were matched before, so that the day's volume goes on from them. */
  hear(ticks: readonly Tick[]): void {
    for (const tick of ticks) {
      this.#read(tick);
      this.#kernel.heed(tick.instrument, tick.price, tick.price);
    }
  }

  /** Lets ticks meet the orders that rest, books what comes of it and reports it. */
  async match(ticks: readonly Tick[]): Promise<void> {
    const through = await this.#through();
    this.hear(ticks.filter(({ time }) => time <= through));
    const fresh = ticks.filter(({ time }) => time > through);
    const last = fresh.at(-1);
    if (last === undefined) return;
    await this.#takeOrders();
    for (const tick of fresh) {
      const { instrument, time, price } = tick;
      const print = this.#read(tick);
      if (!this.#phases.isContinuous(instrument, time)) continue;
      this.#kernel.matchTick(instrument, time, price, print);
    }
    await this.#book(last.time);
  }

  /** The prices (rupees) within which an instrument trades today; null: nothing holds them back. */
  bandOf(instrument: number): PriceBand | null {
    const { lower, upper } = this.#kernel.priceBand(instrument);
    return lower === 0 && upper === Infinity ? null : { lower, upper };
  }

  /** Reads a tick; the first of a day sets its band. */
  #read(tick: Tick): PrintDetails {
    const { instrument, time } = tick;
    const print = this.#prints.read(tick);
    const day = dayNumberOf(time);
    const record = this.#instruments[instrument];
    if (this.#bandDays[instrument] === day || record === undefined) return print;
    this.#bandDays[instrument] = day;
    const banded = { ...record, tickSize: record.tickSize.toNumber() };
    const close = this.#prints.previousClose(instrument);
    const band = priceBandOn(this.#bands, banded, exchangeDateOf(time), close);
    if (band === null) this.#kernel.clearPriceBand(instrument);
    else this.#kernel.setPriceBand(instrument, band.lower, band.upper);
    return print;
  }

  /** Books what matching through market time `through` (epoch ms) came to, and reports it. */
  async #book(through: number): Promise<void> {
    const steps = this.#takeSteps();
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
    if (auctions.length === 0 || (await this.#through()) >= close) return;
    await this.#takeOrders();
    for (const { instrument } of auctions) {
      const price = this.#prints.lastPrice(instrument);
      const isOfDay = dayNumberOf(this.#prints.lastTime(instrument)) === dayNumberOf(close);
      if (isOfDay) this.#kernel.matchTick(instrument, close, price, { kind: 'CALL' });
    }
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

  async #through(): Promise<number> {
    if (this.#matchedThrough === null) {
      const through = await this.#ports.store.read(({ exchange }) =>
        exchange.matchedThrough(this.#lease.feedId),
      );
      this.#matchedThrough = through?.getTime() ?? -Infinity;
    }
    return this.#matchedThrough;
  }

  /** Brings the kernel to what the books hold: new orders, other terms, orders taken out. */
  async #takeOrders(): Promise<void> {
    const orders = await this.#ports.store.read(({ exchange }) =>
      exchange.resting(this.#lease.feedId),
    );
    const resumes = this.#resuming;
    this.#resuming = false;
    const changed: string[] = [];
    for (const order of orders) {
      const known = this.#resting.get(order.clientOrderId);
      if (known === undefined) this.#enter(order, resumes);
      else if (known.order.revision !== order.revision) {
        this.#change(known, order);
        changed.push(order.clientOrderId);
      }
    }
    const live = new Set(orders.map(({ clientOrderId }) => clientOrderId));
    const gone = [...this.#resting.keys()].filter((id) => !live.has(id));
    for (const clientOrderId of gone) this.#forget(clientOrderId);
    await this.#report([...changed, ...gone]);
  }

  #enter(order: RestingOrder, resumes: boolean): void {
    const instrument = this.#indexOfInstrument.get(order.instrumentId);
    if (instrument === undefined) return;
    const eligibleFrom = order.eligibleFrom.getTime();
    const rested = resumes && this.#prints.lastTime(instrument) >= eligibleFrom;
    const index = this.#kernel.addOrder({
      ...kernelTermsOf(order),
      instrument,
      side: order.side === 'BUY' ? 1 : -1,
      eligibleFrom,
      triggered: order.triggered,
      rested,
      gathers: !rested && this.#phases.gathers(instrument, eligibleFrom, order.terms),
    });
    this.#keep({ index, order, executionCount: order.executionCount });
  }

  #change({ index, executionCount }: Resting, order: RestingOrder): void {
    this.#kernel.modify(index, kernelTermsOf(order), order.eligibleFrom.getTime());
    this.#keep({ index, order, executionCount });
  }

  #keep(resting: Resting): void {
    this.#resting.set(resting.order.clientOrderId, resting);
    this.#byIndex.set(resting.index, resting);
  }

  #forget(clientOrderId: string): void {
    const resting = this.#resting.get(clientOrderId);
    if (resting === undefined) return;
    this.#kernel.cancel(resting.index);
    this.#resting.delete(clientOrderId);
    this.#byIndex.delete(resting.index);
  }

  #takeSteps(): readonly SteppedOrder[] {
    const { fills, notes } = this.#kernel;
    const steps = new Map<string, OpenStep>();
    const stepOf = (index: number): [OpenStep, Resting] => {
      const resting = this.#byIndex.get(index);
      if (resting === undefined) throw new Error(`order ${index} is not resting`);
      const { clientOrderId, revision } = resting.order;
      const step = steps.get(clientOrderId) ?? {
        clientOrderId,
        revision,
        triggered: false,
        executions: [],
        end: null,
      };
      steps.set(clientOrderId, step);
      return [step, resting];
    };
    for (let row = 0; row < fills.length; row += 1) {
      const [step, resting] = stepOf(fills.order[row] ?? -1);
      resting.executionCount += 1;
      step.executions.push({
        tradeId: `T${step.clientOrderId}-${resting.executionCount}`,
        quantity: new Decimal(fills.quantity[row] ?? NaN),
        price: new Decimal(fills.price[row] ?? NaN),
        executedAt: new Date(fills.time[row] ?? NaN),
      });
    }
    for (let row = 0; row < notes.length; row += 1) {
      const [step] = stepOf(notes.order[row] ?? -1);
      const note = notes.note[row];
      if (note === orderNote.triggered) step.triggered = true;
      else if (note === orderNote.expired) step.end = { status: 'EXPIRED', reason: expiredReason };
      else step.end = { status: 'CANCELLED', reason: immediateReason };
    }
    this.#kernel.clearFills();
    return [...steps.values()];
  }

  async #report(clientOrderIds: Iterable<string>): Promise<void> {
    for (const clientOrderId of clientOrderIds) {
      const state = await this.#ports.store.read(({ exchange }) => exchange.state(clientOrderId));
      if (state !== null) await applyBrokerUpdate(this.#ports, state);
    }
  }
}

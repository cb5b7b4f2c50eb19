import { exchangeDateOf, minuteMs } from '@nandax/core/calendar/exchange-time.ts';
import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import {
  squareOffIn,
  type Session,
  type TradingCalendar,
} from '@nandax/core/calendar/trading-calendar.ts';
import type { FillModel } from '@nandax/core/exchange/fill-model.ts';
import type { PriceBandRule } from '@nandax/core/market/price-band.ts';
import type { Tick } from '@nandax/core/market/tick.ts';
import { Decimal } from 'decimal.js';
import { previousClosesOf } from '../market-data/previous-closes.ts';
import type { SubmitPorts } from '../orders/submit-order.ts';
import { ProtectionWatch } from '../protection/watch-protections.ts';
import { GttWatch } from '../gtt/watch-gtts.ts';
import { beginDay } from '../portfolios/begin-day.ts';
import { closeTradingDays } from '../portfolios/close-trading-days.ts';
import type { TickBatch } from '../ports/bus.ts';
import type { FeedLease, QuoteRecord } from '../ports/feeds.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord, ReplaySessionRecord } from '../records.ts';
import { lockReachedLimits } from '../risk/lock-limits.ts';
import { DecisionDispatch } from './dispatch-decisions.ts';
import { MarketClock, type MarketMoment } from './market-clock.ts';
import { PaperExchange } from './paper-exchange.ts';
import { minutesOfCandles, minutesOfTicks, type ReplayMinute } from './replay-minutes.ts';
import type { WakeCall } from '../wake-call.ts';

export type PlayerPorts = SubmitPorts & Pick<TradingPorts, 'queue'>;

/** Minutes of the past that are heard before other work has its turn: some 10 ms. */
const minutesInOneGo = 1_000;

/** How a minute is to be played. */
export interface Pace {
  /** Resolves when market time `time` (epoch ms) is due on the wall clock. */
  until(time: number): Promise<void>;
  /** Whether ticks are told one time at a time; otherwise a minute's go out together. */
  readonly paced: boolean;
  /** Whether the next minute waits until the decisions and orders of this one have settled. */
  readonly inStep: boolean;
}

/**
 * Plays a replay session minute by minute for the owner of its feed: ticks to the exchange and the
 * bus, then whatever the market clock says is due, then the cursor. A minute counts once its cursor
 * is stored; one that a crash cut off is played again by the next owner, and everything in it
 * (executions, decisions, orders) has a key that makes the second time a repetition.
 */
export class ReplayPlayer {
  readonly #ports: PlayerPorts;
  readonly #lease: FeedLease;
  readonly #minutes: Iterator<ReplayMinute>;
  readonly #clock: MarketClock;
  readonly #exchange: PaperExchange;
  readonly #gtts: GttWatch;
  readonly #protections: ProtectionWatch;
  readonly #dispatch: DecisionDispatch;
  readonly #quotes = new Map<string, QuoteRecord>();
  #session: ReplaySessionRecord;
  #next: ReplayMinute | null = null;
  /** The exchange day that has begun for all who follow the feed; null: none yet by this owner. */
  #day: string | null = null;

  private constructor(
    ports: PlayerPorts,
    lease: FeedLease,
    wake: WakeCall,
    recording: Recording,
    model: FillModel,
  ) {
    const { session, instruments, calendar, markets, minutes, bands, previousCloses } = recording;
    this.#session = session;
    this.#ports = ports;
    this.#lease = lease;
    this.#minutes = minutes;
    const own = instruments.map((one) => markets.hoursOf(one)?.calendar ?? null);
    const squareOffs = (on: Session) => own.map((of) => squareOffIn(on, of));
    // A strategy may leave its positions at any minute of the day.
    this.#clock = new MarketClock(calendar, instruments.length, ({ open }) => open + minuteMs);
    this.#exchange = new PaperExchange(ports, lease, instruments, {
      origin: session.datasetKind,
      model,
      markets,
      bands,
      previousCloses,
    });
    // Orders are valued at the last price, so it must be there before anyone decides.
    const saveQuotes = () => this.#saveQuotes();
    this.#gtts = new GttWatch(ports, lease, session.instrumentIds, saveQuotes);
    this.#protections = new ProtectionWatch(ports, lease, session.instrumentIds, saveQuotes);
    this.#dispatch = new DecisionDispatch(
      ports,
      lease,
      wake,
      session.instrumentIds,
      (time) => dueAt(calendar, session.instrumentIds, squareOffs, time),
      saveQuotes,
    );
  }

  /**
   * Loads a session and takes up what an owner before this one left unfinished. A `model` fills in place
   * of the session's own.
   */
  static async open(
    ports: PlayerPorts,
    lease: FeedLease,
    wake: WakeCall,
    model: FillModel | null = null,
  ): Promise<ReplayPlayer> {
    const recording = await loadRecording(ports, lease.feedId);
    const player = new ReplayPlayer(
      ports,
      lease,
      wake,
      recording,
      model ?? recording.session.fillModel,
    );
    player.#next = await player.#skipTo(player.session.cursor?.getTime() ?? -Infinity);
    await player.#dispatch.resumeOrders();
    await player.#exchange.reportMissed();
    return player;
  }

  /** Market time (epoch ms) of the next minute; null at the end. */
  get nextTime(): number | null {
    return this.#next?.openTime ?? null;
  }

  /** The session as it was after the last minute: whether it still runs, and at what speed. */
  get session(): ReplaySessionRecord {
    return this.#session;
  }

  /** Plays the next minute. */
  async playMinute(pace: Pace): Promise<void> {
    const minute = this.#next;
    if (minute === null) return;
    // Time that passed without a tick still closes bars and sessions.
    await this.#handle(this.#clock.advanceTo(minute.openTime), pace.inStep);
    await this.#beginDay(new Date(minute.openTime));
    const end = minute.openTime + minuteMs;
    for (const ticks of pace.paced ? byTime(minute.ticks) : [minute.ticks]) {
      const time = ticks[0]?.time ?? minute.openTime;
      await pace.until(time);
      // Ticks that are told together are over when something is decided on them.
      await this.#hear(ticks, pace.paced ? time : end, pace);
    }
    await pace.until(end);
    await this.#exchange.expireDue(end);
    await this.#exchange.endStops(end);
    await this.#handle(this.#clock.advanceTo(end), pace.inStep);
    await this.#store(new Date(end));
    await lockReachedLimits(this.#ports, this.#lease.feedId);
    this.#next = this.#take();
  }

  /** Lets the last day come to its close, as a backtest does. Call it when no minute is left. */
  async finish(): Promise<void> {
    const close = this.#clock.sessionClose;
    if (close === null) return;
    await this.#handle(this.#clock.advanceTo(close), true);
    await this.#store(new Date(close));
  }

  async #hear(ticks: readonly Tick[], decidedAt: number, pace: Pace): Promise<void> {
    const heard = ticks.filter((tick) => this.#clock.push(tick));
    if (heard.length === 0) return;
    await this.#exchange.match(heard, async () => {
      // Whoever sees a price may order at once, and is to be valued at it, long before the minute ends.
      if (pace.paced) {
        this.#quote(heard);
        await this.#saveQuotes();
      }
      await this.#tell(heard);
    });
    // Once more: the first ticks of a day have set its bands.
    this.#quote(heard);
    const sent = await this.#gtts.hear(heard, new Date(decidedAt));
    const follows = await this.#protections.hear(heard, new Date(decidedAt));
    if ((sent || follows) && pace.inStep) await this.#dispatch.ordersSettled(decidedAt);
  }

  #quote(ticks: readonly Tick[]): void {
    for (const tick of ticks) {
      const instrumentId = this.#instrumentId(tick);
      const band = this.#exchange.bandOf(tick.instrument);
      this.#quotes.set(instrumentId, {
        instrumentId,
        lastPrice: new Decimal(tick.price),
        volume: tick.volume,
        time: new Date(tick.time),
        lowerBand: band === null || band.lower === 0 ? null : new Decimal(band.lower),
        upperBand: band === null || band.upper === Infinity ? null : new Decimal(band.upper),
      });
    }
  }

  /** Ticks on the bus are lossy: a bus that is away costs its listeners ticks, not the replay its way. */
  async #tell(ticks: readonly Tick[]): Promise<void> {
    const { bus, log } = this.#ports;
    const { feedId } = this.#lease;
    await bus
      .publish(`ticks.${feedId}`, this.#batchOf(ticks))
      .catch((error: unknown) => log.warn({ error, feedId }, 'ticks not told'));
  }

  async #handle(moments: readonly MarketMoment[], inStep: boolean): Promise<void> {
    for (const moment of moments) {
      switch (moment.kind) {
        case 'BARS_CLOSED':
          await this.#dispatch.barsClosed(moment.time, moment.closed, inStep);
          break;
        case 'SQUARE_OFF':
          await this.#dispatch.squareOff(moment.time, inStep);
          break;
        case 'SESSION_CLOSED':
          await this.#exchange.closeSession(moment.time);
          await this.#closeDay(moment.time);
          break;
        case 'SESSION_WITHOUT_TICKS':
          await this.#closeDay(moment.time);
      }
    }
  }

  async #beginDay(time: Date): Promise<void> {
    const day = exchangeDateOf(time.getTime());
    if (day === this.#day) return;
    const { feedId } = this.#lease;
    const portfolios = await this.#ports.store.read((rows) => rows.portfolios.onFeed(feedId));
    for (const { id: portfolioId } of portfolios) {
      await beginDay(this.#ports, { portfolioId, feedId, time });
    }
    this.#day = day;
  }

  async #closeDay(close: number): Promise<void> {
    const { feedId } = this.#lease;
    // What is held is marked at the last price, so it must be there.
    await this.#saveQuotes();
    const { portfolios, quotes } = await this.#ports.store.read(async (rows) => ({
      portfolios: await rows.portfolios.onFeed(feedId),
      quotes: await rows.feeds.quotes(feedId),
    }));
    // An owner before this one came further before it broke off: the day is closed, prices went on.
    if (quotes.some(({ time }) => time.getTime() > close)) return;
    const [throughDay, closedAt] = [exchangeDateOf(close), new Date(close)];
    for (const { id: portfolioId } of portfolios) {
      await closeTradingDays(this.#ports, { portfolioId, feedId, throughDay, closedAt });
    }
  }

  async #saveQuotes(): Promise<void> {
    const quotes = this.#takeQuotes();
    await this.#ports.store.transaction(({ feeds }) => feeds.saveQuotes(this.#lease, quotes));
  }

  #takeQuotes(): readonly QuoteRecord[] {
    const quotes = [...this.#quotes.values()];
    this.#quotes.clear();
    return quotes;
  }

  async #store(marketTime: Date): Promise<void> {
    const quotes = this.#takeQuotes();
    this.#session = await this.#ports.store.transaction(({ feeds }) =>
      feeds.advance(this.#lease, {
        marketTime,
        quotes,
        droppedTicks: this.#clock.droppedTicks,
      }),
    );
  }

  #batchOf(ticks: readonly Tick[]): TickBatch {
    return {
      instrumentIds: ticks.map((tick) => this.#instrumentId(tick)),
      times: ticks.map(({ time }) => time),
      prices: ticks.map(({ price }) => price),
      volumes: ticks.map(({ volume }) => volume),
    };
  }

  #instrumentId(tick: Tick): string {
    const id = this.#session.instrumentIds[tick.instrument];
    if (id === undefined) throw new RangeError(`no instrument ${tick.instrument}`);
    return id;
  }

  #take(): ReplayMinute | null {
    const next = this.#minutes.next();
    return next.done === true ? null : next.value;
  }

  /** Hears the minutes that were settled before, so that bars under way are whole. */
  async #skipTo(cursor: number): Promise<ReplayMinute | null> {
    for (let heard = 0; ; heard += 1) {
      // Years of minutes take seconds, in which the lease is to be renewed and jobs are to run.
      if (heard % minutesInOneGo === minutesInOneGo - 1) await new Promise(setImmediate);
      const minute = this.#take();
      if (minute === null || minute.openTime >= cursor) {
        if (cursor > 0) this.#clock.advanceTo(cursor);
        return minute;
      }
      this.#clock.advanceTo(minute.openTime);
      this.#exchange.hear(minute.ticks.filter((tick) => this.#clock.push(tick)));
    }
  }
}

interface Recording {
  readonly session: ReplaySessionRecord;
  readonly instruments: readonly InstrumentRecord[];
  readonly calendar: TradingCalendar;
  readonly markets: MarketBook;
  readonly bands: readonly PriceBandRule[];
  readonly previousCloses: readonly number[];
  readonly minutes: Iterator<ReplayMinute>;
}

async function loadRecording(ports: PlayerPorts, feedId: string): Promise<Recording> {
  const { session, instruments } = await ports.store.read(async (rows) => {
    const found = await rows.feeds.findReplay(feedId);
    if (found === null) throw new Error(`replay session ${feedId} is gone`);
    const listed: InstrumentRecord[] = [];
    for (const id of found.instrumentIds) {
      const instrument = await rows.runs.findInstrument(id);
      if (instrument === null) throw new Error(`instrument ${id} is gone`);
      listed.push(instrument);
    }
    return { session: found, instruments: listed };
  });
  const { datasetId, instrumentIds, rangeFrom, rangeTo } = session;
  const calendar = await ports.history.calendar(instruments[0]?.exchange ?? 'NSE');
  const minutes =
    session.datasetKind === 'CANDLES'
      ? minutesOfCandles(
          calendar,
          await ports.history.candles(datasetId, instrumentIds, rangeFrom, rangeTo),
        )
      : minutesOfTicks(
          calendar,
          await ports.history.ticks(datasetId, instrumentIds, rangeFrom, rangeTo),
        );
  const [markets, bands] = await Promise.all([ports.history.markets(), ports.history.priceBands()]);
  const range = { datasetId, kind: session.datasetKind, instrumentIds, from: rangeFrom };
  const previousCloses = await previousClosesOf(ports.history, calendar, range);
  return { session, instruments, calendar, markets, bands, previousCloses, minutes };
}

function* byTime(ticks: readonly Tick[]): Generator<readonly Tick[]> {
  let group: Tick[] = [];
  for (const tick of ticks) {
    if (group.length > 0 && group[0]?.time !== tick.time) {
      yield group;
      group = [];
    }
    group.push(tick);
  }
  if (group.length > 0) yield group;
}

/** The instruments whose intraday positions are to leave at `time` (epoch ms). */
function dueAt(
  calendar: TradingCalendar,
  instrumentIds: readonly string[],
  squareOffs: (session: Session) => readonly number[],
  time: number,
): ReadonlySet<string> {
  const { session } = calendar.dayAt(time);
  const times = session === null ? [] : squareOffs(session);
  return new Set(instrumentIds.filter((_, index) => time >= (times[index] ?? Infinity)));
}

import { Decimal } from 'decimal.js';
import { exchangeDateOf, minuteMs } from '../calendar/exchange-time.ts';
import type { Session } from '../calendar/trading-calendar.ts';
import { bookEntryOf, type BookEntry } from '../exchange/book-entry.ts';
import { FillKernel } from '../exchange/fill-kernel.ts';
import { priceBandOn } from '../market/price-band.ts';
import { candleAt, type CandleColumns } from '../market/candles.ts';
import { CandleMerge } from '../market/candle-merge.ts';
import { activityFillOf } from '../metrics/activity.ts';
import { runStatisticsOf } from '../metrics/run-statistics.ts';
import { fail, succeed, type Result } from '../result.ts';
import {
  decideSignals,
  decideSquareOff,
  type DecisionBar,
  type DecisionContext,
  type Signal,
} from '../strategy/decide-signals.ts';
import { refusalOfBars } from '../strategy/strategy-product.ts';
import { StrategyWalk, type StrategyMoments } from '../strategy/strategy-walk.ts';
import { BacktestBook, type BookedOrder } from './backtest-book.ts';
import {
  tradedOf,
  type BacktestDecision,
  type BacktestFailure,
  type BacktestInput,
  type BacktestInstrument,
  type BacktestResult,
} from './backtest.ts';

/** Hears how much of the candles is done, as a fraction from 0 to 1. */
export type BacktestProgress = (fraction: number) => void;

const minutesBetweenProgress = 10_000;

/**
 * Runs a strategy over history. It decides by the functions that agents decide by (`StrategyWalk`,
 * `decideSignals`) and fills by the kernel of the paper broker (`FillKernel`), so that a paper run
 * over the same candles gives the same orders.
 *
 * Each minute, orders first meet the path of the minute's candle, then its close is heard and the
 * strategy decides; an order decided at the end of a minute therefore fills at the open of its
 * instrument's next candle (what latency or the volume hold back, later), and no decision sees a
 * later price. An order that met no price ends
 * with the session it could have traded in; one decided at a session's close belongs to the next.
 */
export function runBacktest(
  input: BacktestInput,
  onProgress: BacktestProgress = () => undefined,
): Result<BacktestResult, BacktestFailure> {
  const failure = findFailure(input);
  if (failure !== null) return fail(failure);
  const result = new BacktestRun(input).run(onProgress);
  return result === null ? fail({ code: 'NO_CANDLES_IN_SESSION' }) : succeed(result);
}

function findFailure(input: BacktestInput): BacktestFailure | null {
  const { instruments, pair, references = [], strategy, rateCards } = input;
  const { product } = strategy.document;
  const { timeFrame, terms } = strategy;
  if (instruments.length === 0) return { code: 'NO_INSTRUMENTS' };
  const isPair = terms.pairRatio !== null;
  if (isPair ? pair === undefined || instruments.length > 1 : pair !== undefined) {
    return { code: 'PAIR_NEEDS_TWO_LEGS' };
  }
  const missing = strategy.references[references.length];
  if (missing !== undefined) return { code: 'NO_REFERENCE', ...missing };
  const reason = refusalOfBars(product, timeFrame);
  if (reason !== null) return { code: 'DAILY_BARS_NEED_DELIVERY', reason };
  // Cards answer for any date once they state an exchange and segment at all.
  const anyDate = exchangeDateOf(0);
  const unrated = tradedOf(input).find(
    (instrument) => rateCards.serving(product, instrument, anyDate) === null,
  );
  if (unrated === undefined) return null;
  return { code: 'NO_RATES', symbol: unrated.symbol, exchange: unrated.exchange };
}

class BacktestRun implements StrategyMoments {
  readonly #input: BacktestInput;
  /** What is traded, and the candles of all that is heard: of what is traded first. */
  readonly #traded: readonly BacktestInstrument[];
  readonly #candles: readonly CandleColumns[];
  readonly #context: DecisionContext;
  readonly #book: BacktestBook;
  readonly #kernel: FillKernel;
  readonly #walk: StrategyWalk;
  readonly #orders: BookedOrder[] = [];
  readonly #working = new Set<number>();
  /** Last price of each instrument, rupees. */
  readonly #closes: number[] = [];
  readonly #decisions: BacktestDecision[] = [];
  #session: Session | null = null;
  #calendarCovered = true;
  #expiredOrders = 0;
  #deniedEntries = 0;

  constructor(input: BacktestInput) {
    const { strategy, calendar, instruments, references = [], fillModel = {} } = input;
    this.#input = input;
    this.#traded = tradedOf(input);
    this.#candles = [...this.#traded.map(({ candles }) => candles), ...references];
    this.#book = new BacktestBook(input);
    const lastClose = (instrument: number): number => this.#walk.lastClose(instrument);
    this.#context = {
      strategy,
      lots: this.#traded,
      holdings: this.#book.holdings,
      memories: this.#traded.map(() => null),
      equity: () => this.#book.tradingEquity(lastClose),
      lastClose,
    };
    this.#kernel = new FillKernel({ ...fillModel, tickSizes: [] });
    for (const { tickSize, lotSize } of this.#traded) this.#kernel.addInstrument(tickSize, lotSize);
    const ownCalendars = this.#traded.map(({ ownCalendar }) => ownCalendar ?? null);
    this.#walk = new StrategyWalk(
      { strategy, calendar, ownCalendars, instrumentCount: instruments.length },
      this,
    );
  }

  /** Null where no candle lies inside a session. */
  run(onProgress: BacktestProgress): BacktestResult | null {
    const { initialCapital } = this.#input;
    const merge = new CandleMerge(this.#candles);
    const total = this.#candles.reduce((sum, { length }) => sum + length, 0);
    let done = 0;
    let minutes = 0;
    while (merge.next()) {
      done += this.#minute(merge);
      minutes += 1;
      if (minutes % minutesBetweenProgress === 0) onProgress(done / total);
    }
    if (this.#session === null) return null;
    this.#closeSession(this.#session);
    onProgress(1);

    const book = this.#book;
    const equity = book.equity.columns();
    const charges = book.contractNotes.reduce(
      (sum, note) => sum.plus(note.charges.total),
      initialCapital.times(0),
    );
    return {
      fills: book.fills,
      trades: book.trades,
      decisions: this.#decisions,
      contractNotes: book.contractNotes,
      equity,
      statistics: runStatisticsOf({
        initialCapital,
        trades: book.trades,
        fills: book.fills.map(activityFillOf),
        charges,
        equity,
      }),
      caveats: {
        rateCardCovered: book.contractNotes.every(({ covered }) => covered),
        calendarCovered: this.#calendarCovered,
        expiredOrders: this.#expiredOrders,
        deniedEntries: this.#deniedEntries,
        openPositions: book.openPositions,
        dirtyInput: this.#walk.dirtyInput,
      },
    };
  }

  barsClosed(time: number, bars: readonly DecisionBar[]): void {
    const { signals } = decideSignals(this.#context, bars);
    this.#act(time, 'BAR', signals);
    this.#book.equity.record(time);
  }

  squareOffDue(time: number): void {
    const isDue = (instrument: number) => this.#walk.isSquareOffDue(instrument, time);
    this.#act(time, 'SQUARE_OFF', decideSquareOff(this.#book.holdings, isDue));
  }

  /** Goes through one minute of all instruments and returns how many candles it had. */
  #minute({ time, rows }: CandleMerge): number {
    const inSession = this.#enterSession(time);
    this.#walk.advanceTo(time);
    if (inSession) this.#matchBars(rows);
    let candleCount = 0;
    for (let index = 0; index < this.#candles.length; index += 1) {
      const row = rows[index] ?? -1;
      if (row === -1) continue;
      candleCount += 1;
      const candles = this.#candles[index] as CandleColumns;
      const close = candles.close[row] ?? NaN;
      this.#walk.pushMinute(
        index,
        time,
        candles.open[row] ?? NaN,
        candles.high[row] ?? NaN,
        candles.low[row] ?? NaN,
        close,
        candles.volume[row] ?? NaN,
      );
      if (!inSession || index >= this.#traded.length) continue;
      this.#closes[index] = close;
      this.#book.equity.mark(index, close);
    }
    if (inSession) this.#walk.advanceTo(time + minuteMs);
    return candleCount;
  }

  /** Says whether `time` lies inside a session; ends the one before when a new one begins. */
  #enterSession(time: number): boolean {
    const current = this.#session;
    if (current !== null && time >= current.open && time < current.close) return true;
    const session = this.#input.calendar.sessionAt(time);
    if (session === null) return false;
    if (current !== null) this.#closeSession(current);
    this.#session = session;
    this.#book.openDay(session.date);
    this.#setBands(session.date);
    if (!this.#input.calendar.dayAt(time).covered) this.#calendarCovered = false;
    return true;
  }

  #setBands(date: string): void {
    this.#traded.forEach(({ bands, type, tickSize }, index) => {
      if (bands === undefined) return;
      const { rules, segment, previousClose } = bands;
      const close = this.#closes[index] ?? previousClose;
      const band = priceBandOn(rules, { segment, type, tickSize }, date, close);
      if (band === null) this.#kernel.clearPriceBand(index);
      else this.#kernel.setPriceBand(index, band.lower, band.upper);
    });
  }

  #closeSession(session: Session): void {
    this.#walk.advanceTo(session.close);
    for (const index of this.#working) {
      const order = this.#order(index);
      if (order.decidedAt >= session.close) continue;
      this.#kernel.cancel(index);
      this.#working.delete(index);
      this.#book.orderEnded(order);
      this.#expiredOrders += 1;
    }
    this.#book.closeDay(session.close);
  }

  #matchBars(rows: Int32Array): void {
    for (let index = 0; index < this.#traded.length; index += 1) {
      const row = rows[index] ?? -1;
      const candles = this.#candles[index];
      if (row === -1 || candles === undefined) continue;
      if (this.#working.size > 0) this.#kernel.matchBar(index, candleAt(candles, row));
      else {
        const [high, low] = [candles.high[row] ?? NaN, candles.low[row] ?? NaN];
        this.#kernel.heed(index, high, low, candles.close[row] ?? NaN);
      }
    }
    const { fills } = this.#kernel;
    if (fills.length === 0) return;
    for (let row = 0; row < fills.length; row += 1) {
      const index = fills.order[row] ?? -1;
      const order = this.#order(index);
      const [quantity, price] = [fills.quantity[row] ?? NaN, fills.price[row] ?? NaN];
      this.#book.fill(order, quantity, price, fills.time[row] ?? NaN);
      if (this.#kernel.remaining(index) === 0) {
        this.#working.delete(index);
        this.#book.orderEnded(order);
      }
    }
    this.#kernel.clearFills();
  }

  #act(time: number, trigger: BacktestDecision['trigger'], signals: readonly Signal[]): void {
    if (signals.length === 0) return;
    const last = this.#input.instruments.length - 1;
    const inputs = signals.map(({ instrument }) =>
      // A pair's other leg is decided on what the rules read of the first.
      this.#walk.inputs(Math.min(instrument, last)),
    );
    this.#decisions.push({ time, trigger, signals, inputs });
    for (const signal of signals) {
      const margin = this.#marginOf(signal);
      if (margin === null) {
        this.#deniedEntries += 1;
        continue;
      }
      const side = signal.side === 'BUY' ? 1 : -1;
      const index = this.#kernel.addOrder({
        instrument: signal.instrument,
        side,
        type: 'MARKET',
        quantity: signal.quantity,
        ...this.#entryOf(signal.instrument, time),
      });
      const order = { signal, decidedAt: time, margin };
      this.#orders[index] = order;
      this.#working.add(index);
      this.#book.orderSent(order);
    }
  }

  /** Rupees that an order holds; null: the order door would deny it for want of money. Exits pass it always. */
  #marginOf(signal: Signal): Decimal | null {
    const isEntry = signal.action === 'ENTER_LONG' || signal.action === 'ENTER_SHORT';
    if (!isEntry) return new Decimal(0);
    return this.#book.marginFor(signal, this.#closes[signal.instrument] ?? NaN);
  }

  #entryOf(instrument: number, time: number): BookEntry {
    const { calendar } = this.#input;
    const plans = this.#traded[instrument]?.plans ?? [];
    if (plans.length === 0) return { eligibleFrom: time, gathers: false };
    return bookEntryOf({ calendar, plans }, time, { type: 'MARKET', validity: 'DAY' });
  }

  #order(index: number): BookedOrder {
    const order = this.#orders[index];
    if (order === undefined) throw new RangeError(`no order ${index}`);
    return order;
  }
}

import { dayNumberOf } from '../../calendar/exchange-time.ts';
import { exitSignal, type Signal } from '../../strategy/decide/signal.ts';
import type { BarsAccount } from './bars-account.ts';
import { hasNoTrades, rowAt, type BarsInstrument, type BarsMarket } from './bars-market.ts';
import type { BarsOptions } from './bars-options.ts';
import type { BarsOrder, BarsResult } from './bars-result.ts';
import type { OrderExecution } from './order-execution.ts';
import { squareOffMark } from './square-off.ts';

interface Pending {
  readonly signal: Signal;
  readonly time: number;
  /** What it holds of the money at hand. */
  readonly money: number;
  waited: boolean;
}

/** Orders from their decision to the bar that fills them, and what became of those that none did. */
export class OrdersInFlight {
  /** All that were decided, in order. */
  readonly decided: BarsOrder[] = [];
  /** How many waited because nothing traded in a bar. */
  waitedForVolume = 0;
  readonly #unfilled = { noMoney: 0, noShorting: 0, expired: 0 };
  readonly #market: BarsMarket;
  readonly #options: BarsOptions;
  readonly #account: BarsAccount;
  readonly #execution: OrderExecution;
  /** As `squareOffMarks` gives them, for each instrument. */
  readonly #marks: readonly (Uint8Array | null)[];
  readonly #pending: Pending[] = [];

  constructor(
    market: BarsMarket,
    options: BarsOptions,
    account: BarsAccount,
    execution: OrderExecution,
    marks: readonly (Uint8Array | null)[],
  ) {
    this.#market = market;
    this.#options = options;
    this.#account = account;
    this.#execution = execution;
    this.#marks = marks;
  }

  /** How many wait for a bar. */
  get count(): number {
    return this.#pending.length;
  }

  /** Orders that were not filled, by cause. */
  get unfilled(): BarsResult['unfilled'] {
    return { ...this.#unfilled, working: this.#pending.length };
  }

  /** Takes orders that were decided at `time` (epoch ms). */
  send(signals: readonly Signal[], point: number, time: number): void {
    for (const signal of signals) {
      this.decided.push({ point, signal });
      const holds = this.#options.sizeAt === 'DECISION' && isEntry(signal);
      const money = holds ? this.#execution.moneyFor(signal, time) : 0;
      if (money === null) {
        this.#unfilled.noMoney += 1;
        continue;
      }
      this.#account.heldByOrders += money;
      this.#pending.push({ signal, time, money, waited: false });
      this.#account.position(signal.instrument).working = true;
    }
  }

  /** Forgets what waits. */
  drop(): void {
    this.#pending.length = 0;
  }

  /** Lets the exits meet the opens of a point, those of all instruments before any entry. */
  leaveAtOpens(point: number): void {
    if (this.#pending.length > 0) this.#meet(point, 'open', false);
  }

  /** Lets the entries meet the opens of a point. */
  enterAtOpens(point: number): void {
    if (this.#pending.length > 0) this.#meet(point, 'open', true);
  }

  /** Lets all orders meet the closes of a point, those of the bars that decided them; exits first. */
  meetCloses(point: number): void {
    if (this.#pending.length === 0) return;
    this.#meet(point, 'close', false);
    this.#meet(point, 'close', true);
  }

  /** Leaves a position that may not be held over night. */
  squareOff(instrument: number, point: number, price: number, time: number): void {
    const position = this.#account.position(instrument);
    const text = 'the square-off time of the day';
    const signal = exitSignal(instrument, position, 'SQUARE_OFF', text);
    this.decided.push({ point, signal });
    this.#execution.execute(signal, point, price, time);
  }

  /** Lets the entries, or the exits, meet that price of their bars at a point; at opens they may expire. */
  #meet(point: number, at: 'open' | 'close', entries: boolean): void {
    const pending = this.#pending;
    const before = pending.length;
    let kept = 0;
    for (let place = 0; place < before; place += 1) {
      const order = pending[place] as Pending;
      if (isEntry(order.signal) !== entries || !this.#isDone(order, point, at)) {
        pending[kept] = order;
        kept += 1;
        continue;
      }
      this.#account.position(order.signal.instrument).working = false;
      this.#account.heldByOrders -= order.money;
    }
    if (kept === before) return;
    pending.length = kept;
    // Sums of fractions leave crumbs.
    if (kept === 0) this.#account.heldByOrders = 0;
    for (const { signal } of pending) this.#account.position(signal.instrument).working = true;
  }

  /** Whether an order is filled, refused or expired at a point; false: it goes on waiting. */
  #isDone(order: Pending, point: number, at: 'open' | 'close'): boolean {
    const { signal } = order;
    const { instrument } = signal;
    const row = rowAt(this.#market, instrument, point);
    if (row === -1) return false;
    if (hasNoTrades(this.#market, this.#options, instrument, row)) {
      if (!order.waited) this.waitedForVolume += 1;
      order.waited = true;
      return false;
    }
    const { bars } = this.#market.instruments[instrument] as BarsInstrument;
    const time = (at === 'open' ? bars.openTime : bars.closeTime)[row] as number;
    const marks = at === 'open' ? (this.#marks[instrument] ?? null) : null;
    if (marks !== null && expires(order, time, marks[row] === squareOffMark.atOpen)) {
      this.#unfilled.expired += 1;
      return true;
    }
    const price = (at === 'open' ? bars.open : bars.close)[row] as number;
    const cause = this.#execution.execute(signal, point, price, time);
    if (cause !== null) this.#unfilled[cause] += 1;
    return true;
  }
}

function isEntry({ action }: Signal): boolean {
  return action === 'ENTER_LONG' || action === 'ENTER_SHORT';
}

/** Whether an intraday order ends: an entry with its day, and any where all is closed at once. */
function expires({ signal, time: decidedAt }: Pending, time: number, isDue: boolean): boolean {
  return isDue || (isEntry(signal) && dayNumberOf(time) !== dayNumberOf(decidedAt - 1));
}

import type { CompiledStrategy } from '../../strategy/compile-strategy.ts';
import { BarDecisions } from './bar-decisions.ts';
import { BarsAccount } from './bars-account.ts';
import { rowAt, type BarsInstrument, type BarsMarket } from './bars-market.ts';
import type { BarsOptions } from './bars-options.ts';
import type { BarsResult } from './bars-result.ts';
import { LevelsWithinBar } from './levels-within-bar.ts';
import { OrderExecution } from './order-execution.ts';
import { OrdersInFlight } from './orders-in-flight.ts';
import { skimBars } from './skim-bars.ts';
import { squareOffMark, squareOffMarks } from './square-off.ts';

/**
 * Runs a strategy over columns of bars. It decides by `decideSignals`, as agents do, and asks the fill
 * kernel for prices on bars on which an order works; docs/backtesting.md has the order of events in a
 * bar. A market can be used for any number of runs. The options are checked by the caller
 * (`checkBarsOptions`). Nothing is decided before point `decideFrom`. The curve is written into `equity`,
 * a row for each point: whoever is done with it can give it to the next run. @throws RangeError where
 * references or a pair's other leg are missing.
 */
export function runBars(
  strategy: CompiledStrategy,
  market: BarsMarket,
  options: BarsOptions,
  decideFrom = 0,
  equity: Float64Array = new Float64Array(market.time.length),
): BarsResult {
  return new BarsRun(strategy, market, options, decideFrom, equity).run();
}

class BarsRun {
  readonly #market: BarsMarket;
  readonly #options: BarsOptions;
  readonly #account: BarsAccount;
  readonly #execution: OrderExecution;
  readonly #orders: OrdersInFlight;
  readonly #decisions: BarDecisions;
  /** Null: no stop or target lies in the market during a bar. */
  readonly #levels: LevelsWithinBar | null;
  readonly #marks: readonly (Uint8Array | null)[];
  readonly #equity: Float64Array;
  readonly #firstPoint: number;
  #heldPoints = 0;
  #ruinedAt: number | null = null;

  constructor(
    strategy: CompiledStrategy,
    market: BarsMarket,
    options: BarsOptions,
    decideFrom: number,
    equity: Float64Array,
  ) {
    const { terms } = strategy;
    this.#market = market;
    this.#options = options;
    this.#equity = equity;
    this.#marks = market.instruments.map((_, instrument) =>
      squareOffMarks(strategy, market, options, instrument),
    );
    const account = new BarsAccount(market, options);
    const execution = new OrderExecution(terms, options, account, market.prices);
    this.#account = account;
    this.#execution = execution;
    this.#orders = new OrdersInFlight(market, options, account, execution, this.#marks);
    this.#decisions = new BarDecisions(strategy, market, options, account, this.#orders);
    const hasLevels =
      terms.stopLoss !== null ||
      terms.trailingStop !== null ||
      terms.breakEvenAt !== null ||
      terms.takeProfits.length > 0;
    // A stop that rests on one leg of a pair could not take the other along: a pair's wait for closes.
    this.#levels =
      hasLevels && options.stops === 'INTRABAR' && terms.pairRatio === null
        ? new LevelsWithinBar(terms, market, options, account, execution)
        : null;
    const warm = options.warmUp === 'RULES' ? 0 : this.#decisions.firstWholePoint + 1;
    this.#firstPoint = Math.max(warm, decideFrom);
  }

  run(): BarsResult {
    const { length } = this.#market.time;
    for (let point = 0; point < length; point += 1) {
      if (point > 0) point = this.#skim(point);
      if (point === length || !this.#step(point)) break;
    }
    if (this.#ruinedAt === null) this.#finalize();
    const { trades, commissions } = this.#account;
    return {
      market: this.#market,
      options: this.#options,
      orders: this.#orders.decided,
      trades,
      openTrades: this.#account.openTrades(),
      equity: this.#equity,
      heldPoints: this.#heldPoints,
      commissions,
      firstWholePoint: this.#decisions.firstWholePoint,
      unfilled: this.#orders.unfilled,
      waitedForVolume: this.#orders.waitedForVolume,
      ruinedAt: this.#ruinedAt,
    };
  }

  /**
   * One point: opens, stops, closes, decisions; each of all instruments before the next, so that nothing
   * that happens to one within a bar is known at the open of another. False: all money is lost.
   */
  #step(point: number): boolean {
    const account = this.#account;
    this.#open(point);
    if (this.#levels !== null && account.isHolding()) this.#meetLevels(this.#levels, point);
    this.#close(point);
    if (account.equity() <= 0) {
      this.#ruin(point);
      return false;
    }
    if (point >= this.#firstPoint) {
      this.#decisions.decide(point);
      const { fillAt, closeFills } = this.#options;
      if (fillAt === 'CLOSE') {
        if (closeFills === 'FROM_THE_NEXT') this.#record(point);
        this.#orders.meetCloses(point);
        if (closeFills === 'FROM_THE_NEXT') return true;
      }
    }
    this.#record(point);
    return true;
  }

  #record(point: number): void {
    this.#equity[point] = this.#account.equity();
    if (this.#account.isHolding()) this.#heldPoints += 1;
  }

  /** What leaves at the opens of a point, then what enters. */
  #open(point: number): void {
    const { instruments } = this.#market;
    const account = this.#account;
    for (let instrument = 0; instrument < instruments.length; instrument += 1) {
      const row = rowAt(this.#market, instrument, point);
      if (row !== -1)
        account.marks[instrument] = this.#instrument(instrument).bars.open[row] as number;
    }
    this.#orders.leaveAtOpens(point);
    this.#squareOff(point, 'atOpen');
    this.#orders.enterAtOpens(point);
  }

  #meetLevels(levels: LevelsWithinBar, point: number): void {
    for (let instrument = 0; instrument < this.#market.instruments.length; instrument += 1) {
      const row = rowAt(this.#market, instrument, point);
      if (row === -1 || this.#account.position(instrument).quantity === 0) continue;
      levels.meet(instrument, row, point, this.#decisions.memory(instrument));
    }
  }

  /** The closes of a point, as all hear of them. */
  #close(point: number): void {
    const account = this.#account;
    for (let instrument = 0; instrument < this.#market.instruments.length; instrument += 1) {
      const row = rowAt(this.#market, instrument, point);
      if (row === -1) continue;
      const { bars } = this.#instrument(instrument);
      account.position(instrument).heed(bars.high[row] as number, bars.low[row] as number);
      account.marks[instrument] = bars.close[row] as number;
      this.#decisions.heed(instrument, row);
    }
    this.#squareOff(point, 'atClose');
  }

  /** Leaves the intraday positions whose time is over at a point. */
  #squareOff(point: number, at: keyof typeof squareOffMark): void {
    for (let instrument = 0; instrument < this.#marks.length; instrument += 1) {
      const marks = this.#marks[instrument] ?? null;
      if (marks === null || this.#account.position(instrument).quantity === 0) continue;
      const row = rowAt(this.#market, instrument, point);
      if (row === -1 || marks[row] !== squareOffMark[at]) continue;
      const { bars } = this.#instrument(instrument);
      const [prices, times] =
        at === 'atOpen' ? [bars.open, bars.openTime] : [bars.close, bars.closeTime];
      this.#orders.squareOff(instrument, point, prices[row] as number, times[row] as number);
    }
  }

  /** Passes the points from `point` on at which nothing happens; the first at which something may. */
  #skim(point: number): number {
    if (this.#orders.count > 0 || (this.#marks[0] ?? null) !== null) return point;
    const rules = this.#decisions.rulesToWaitFor();
    if (rules === null) return point;
    const { bars, multiplier } = this.#instrument(0);
    const { quantity, averageEntryPrice } = this.#account.position(0);
    const [first, second] = rules;
    const stretch = {
      close: bars.close,
      first,
      second,
      cash: this.#account.cash,
      units: quantity * multiplier,
      entryPrice: averageEntryPrice,
    };
    const next = skimBars(stretch, point, this.#equity);
    if (quantity !== 0) this.#heldPoints += next - point;
    if (next > point) this.#account.marks[0] = bars.close[next - 1] as number;
    return next;
  }

  #finalize(): void {
    const { finalizeTrades } = this.#options;
    const last = this.#market.time.length - 1;
    if (finalizeTrades === 'NONE' || last < 0 || !this.#account.isHolding()) return;
    this.#heldPoints -= 1;
    for (let instrument = 0; instrument < this.#market.instruments.length; instrument += 1) {
      const position = this.#account.position(instrument);
      if (position.quantity === 0) continue;
      const { bars } = this.#instrument(instrument);
      const row = bars.length - 1;
      const atOpen = finalizeTrades === 'LAST_OPEN';
      const price = (atOpen ? bars.open : bars.close)[row] as number;
      const time = (atOpen ? bars.openTime : bars.closeTime)[row] as number;
      const sign = position.quantity > 0 ? -1 : 1;
      const paid = this.#execution.atMarket(instrument, price, sign, true);
      const units = Math.abs(position.quantity);
      this.#account.leave(instrument, units, paid, time, last, 'the end of the data');
    }
    this.#equity[last] = this.#account.equity();
  }

  #ruin(point: number): void {
    const account = this.#account;
    const time = this.#market.time[point] as number;
    account.positions.forEach(({ quantity }, instrument) => {
      if (quantity === 0) return;
      const price = account.marks[instrument] as number;
      account.leave(instrument, Math.abs(quantity), price, time, point, 'all money is lost');
    });
    account.cash = 0;
    this.#equity.fill(0, point);
    this.#orders.drop();
    this.#ruinedAt = point;
  }

  #instrument(instrument: number): BarsInstrument {
    return this.#market.instruments[instrument] as BarsInstrument;
  }
}

import { minuteOfDay } from '../../calendar/exchange-time.ts';
import type { RuleColumns } from '../../strategy/columns/rule-columns.ts';
import type { CompiledStrategy } from '../../strategy/compile-strategy.ts';
import { BarHistory } from '../../strategy/decide/bar-history.ts';
import { exitSignal } from '../../strategy/decide/signal.ts';
import {
  decideSignals,
  needsHistory,
  type DecisionBar,
  type DecisionContext,
  type HoldingMemory,
  type Signal,
} from '../../strategy/decide-signals.ts';
import { squareOffOf } from '../../strategy/strategy-walk.ts';
import type { BarsAccount } from './bars-account.ts';
import { rowAt, type BarsInstrument, type BarsMarket } from './bars-market.ts';
import type { BarsOptions } from './bars-options.ts';
import type { OrdersInFlight } from './orders-in-flight.ts';

/** 1 on each bar on which a rule is true; null for one that reads the position. */
type RuleColumn = Uint8Array | null;

/** The four rules of an instrument. */
interface RulesOfInstrument {
  readonly longEntry: RuleColumn;
  readonly longExit: RuleColumn;
  readonly shortEntry: RuleColumn;
  readonly shortExit: RuleColumn;
}

/** What the strategy decides on the closes of a point. */
export class BarDecisions {
  /** The first point at which every value that the rules read exists; the number of points: none. */
  readonly firstWholePoint: number;
  /** Whether what is held has to be looked at on every close, whatever the rules say. */
  readonly #watchesHeld: boolean;
  readonly #strategy: CompiledStrategy;
  readonly #market: BarsMarket;
  readonly #options: BarsOptions;
  readonly #account: BarsAccount;
  readonly #orders: OrdersInFlight;
  readonly #columns: readonly RuleColumns[];
  readonly #rules: readonly RulesOfInstrument[];
  readonly #histories: readonly (BarHistory | null)[];
  readonly #context: DecisionContext;

  constructor(
    strategy: CompiledStrategy,
    market: BarsMarket,
    options: BarsOptions,
    account: BarsAccount,
    orders: OrdersInFlight,
  ) {
    const { terms } = strategy;
    this.#strategy = strategy;
    this.#market = market;
    this.#options = options;
    this.#account = account;
    this.#orders = orders;
    const deciding = market.instruments.slice(0, terms.pairRatio === null ? undefined : 1);
    const { references, calendar, shared } = market;
    this.#columns = deciding.map(({ bars }) =>
      strategy.columns({ bars, references, calendar, shared }),
    );
    this.#rules = this.#columns.map((columns) => ({
      longEntry: columns.rule(0),
      longExit: columns.rule(1),
      shortEntry: columns.rule(2),
      shortExit: columns.rule(3),
    }));
    const remembers = needsHistory(strategy);
    const fillsOnCloses = options.fillAt === 'CLOSE';
    this.#histories = deciding.map(() => (remembers ? new BarHistory(fillsOnCloses) : null));
    const hasStops = terms.stopLoss !== null || terms.takeProfits.length > 0;
    this.#watchesHeld = remembers || hasStops || terms.pairRatio !== null;
    const sizedAtFill = options.sizeAt === 'FILL';
    this.#context = {
      strategy,
      lots: market.instruments.map(({ multiplier }, instrument) => ({
        lotSize: account.unitStep(instrument),
        multiplier,
        sizedAtFill,
      })),
      holdings: account.positions,
      memories: market.instruments.map(() => null),
      equity: () => account.equity(),
      lastClose: (instrument) => account.marks[instrument] as number,
    };
    this.firstWholePoint = this.#wholePoint();
  }

  /** What is remembered of a holding; null: nothing, or none is held. */
  memory(instrument: number): HoldingMemory | null {
    return this.#context.memories[instrument] ?? null;
  }

  /**
   * The two rules that can end a stretch on which nothing happens, where what is held of the one
   * instrument is left alone until then; null: every close has to be looked at.
   */
  rulesToWaitFor(): readonly [Uint8Array, Uint8Array] | null {
    const [rules] = this.#rules;
    if (this.#market.instruments.length !== 1 || this.#watchesHeld || !rules) return null;
    const { longEntry, longExit, shortEntry, shortExit } = rules;
    if (!longEntry || !longExit || !shortEntry || !shortExit) return null;
    const { quantity } = this.#account.position(0);
    if (quantity === 0) return [longEntry, shortEntry];
    if (this.#options.exclusiveOrders) return null;
    return quantity > 0 ? [longExit, longExit] : [shortExit, shortExit];
  }

  /** Hears of a bar that closed. */
  heed(instrument: number, row: number): void {
    const history = this.#histories[instrument] ?? null;
    if (history === null) return;
    const { closeTime, high, low } = this.#barsOf(instrument);
    history.add(closeTime[row] as number, high[row] as number, low[row] as number);
  }

  /** Sends the orders that follow from the closes of a point. */
  decide(point: number): void {
    const time = this.#market.time[point] as number;
    let bars: readonly DecisionBar[] = [];
    for (let instrument = 0; instrument < this.#columns.length; instrument += 1) {
      const row = rowAt(this.#market, instrument, point);
      if (row === -1 || !this.#isAsked(instrument, row)) continue;
      bars = [...bars, this.#decisionBar(instrument, row, time)];
    }
    if (bars.length === 0) return;
    const { signals } = decideSignals(this.#context, bars);
    if (!this.#options.exclusiveOrders) this.#orders.send(signals, point, time);
    // One after the other, so that each sees the places that those before it take.
    else for (const bar of bars) this.#orders.send(this.#exclusive(bar, signals), point, time);
  }

  /** With exclusive orders an entry rule first closes what is held, in whichever direction. */
  #exclusive(bar: DecisionBar, signals: readonly Signal[]): readonly Signal[] {
    const { instrument } = bar;
    const position = this.#account.position(instrument);
    const own = signals.filter((signal) => signal.instrument === instrument);
    const held = position.quantity;
    if (held === 0 || position.working) return own;
    const kept = this.memory(instrument);
    position.quantity = 0;
    const { signals: entries } = decideSignals(this.#context, [bar]);
    position.quantity = held;
    if (entries.length === 0) {
      this.#context.memories[instrument] = kept;
      return own;
    }
    const text = `closed for a new ${entries[0]?.text ?? 'entry'}`;
    return [exitSignal(instrument, position, 'RULE', text), ...entries];
  }

  /** Whether anything can come of asking for a decision on the bar. */
  #isAsked(instrument: number, row: number): boolean {
    const { quantity, working } = this.#account.position(instrument);
    if (working) return false;
    if (this.#strategy.terms.pairRatio !== null) return true;
    const rules = this.#rules[instrument] as RulesOfInstrument;
    const mayEnter = mayBeTrue(rules.longEntry, row) || mayBeTrue(rules.shortEntry, row);
    if (quantity === 0) return mayEnter;
    if (this.#watchesHeld) return true;
    if (mayBeTrue(quantity > 0 ? rules.longExit : rules.shortExit, row)) return true;
    return this.#options.exclusiveOrders && mayEnter;
  }

  #decisionBar(instrument: number, row: number, time: number): DecisionBar {
    const history = this.#histories[instrument] ?? null;
    return {
      instrument,
      close: this.#barsOf(instrument).close[row] as number,
      entriesOpen: this.#entriesOpen(time),
      reading: (this.#columns[instrument] as RuleColumns).reading(row),
      since: history === null ? null : (from) => history.since(from, history.length),
    };
  }

  #entriesOpen(time: number): boolean {
    const { document, timeFrame } = this.#strategy;
    const { noEntryBefore, noEntryAfter } = document.session;
    if (noEntryBefore !== null && minuteOfDay(time) < noEntryBefore) return false;
    if (noEntryAfter !== null && minuteOfDay(time) > noEntryAfter) return false;
    const { calendar } = this.#market;
    if (calendar === null || document.product !== 'MIS' || timeFrame === 'ONE_DAY') return true;
    const { session } = calendar.dayAt(time - 1);
    return session === null || time < squareOffOf(document, session);
  }

  #wholePoint(): number {
    let last = 0;
    const { time } = this.#market;
    this.#columns.forEach((columns, instrument) => {
      const closeTime = this.#barsOf(instrument).closeTime[columns.firstWholeRow()];
      const point = closeTime === undefined ? time.length : time.indexOf(closeTime);
      if (point > last) last = point;
    });
    return last;
  }

  #barsOf(instrument: number): BarsInstrument['bars'] {
    return (this.#market.instruments[instrument] as BarsInstrument).bars;
  }
}

function mayBeTrue(rule: RuleColumn, row: number): boolean {
  return rule === null || rule[row] === 1;
}

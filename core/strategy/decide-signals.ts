import { Decimal } from 'decimal.js';
import type { Side } from '../order/order-terms.ts';
import type { RuleOutcome } from './compile-strategy.ts';
import type { StrategyDocument } from './strategy-document.ts';

/** What a signal does to the position. */
export type SignalAction = 'ENTER_LONG' | 'EXIT_LONG' | 'ENTER_SHORT' | 'EXIT_SHORT';

/** Why a signal was given. */
export type SignalReason = 'RULE' | 'STOP_LOSS' | 'TAKE_PROFIT' | 'SQUARE_OFF';

/** An order the strategy wants sent now, at the market. */
export interface Signal {
  /** Index in the strategy's instrument list. */
  readonly instrument: number;
  readonly action: SignalAction;
  readonly side: Side;
  /** Units, a multiple of the lot size for an entry. */
  readonly quantity: number;
  readonly reason: SignalReason;
  /** The reason in words and numbers, for people. */
  readonly text: string;
}

/** An entry rule that was true and yet gave no signal. */
export interface PassedEntry {
  /** Index in the strategy's instrument list. */
  readonly instrument: number;
  readonly cause: 'BOTH_ENTRIES' | 'ENTRIES_CLOSED' | 'MAX_POSITIONS' | 'LESS_THAN_ONE_LOT';
  /** The cause in words and numbers, for people. */
  readonly text: string;
}

/** All that a strategy wants at one bar time. */
export interface Decision {
  readonly signals: readonly Signal[];
  readonly passedEntries: readonly PassedEntry[];
}

/** What the strategy holds of one instrument, by its own fills. */
export interface Holding {
  /** Units, negative for a short position. */
  readonly quantity: number;
  /** Quantity-weighted price of the entries that are still open, rupees; unused while flat. */
  readonly averageEntryPrice: number;
  /** Whether an order of the strategy in it is still to be filled or ended. */
  readonly working: boolean;
}

/** A bar that closed now, and what the rules say on it. */
export interface DecisionBar {
  /** Index in the strategy's instrument list. */
  readonly instrument: number;
  /** Rupees. */
  readonly close: number;
  readonly outcome: RuleOutcome;
}

/** What the size of an order follows. */
export interface TradedLot {
  /** Smallest tradable quantity. */
  readonly lotSize: number;
  /** How many times its price one of quantity is worth; 1 for shares. */
  readonly multiplier: number;
}

/** The state a strategy decides in. */
export interface DecisionContext {
  readonly document: StrategyDocument;
  /** One for each instrument of the strategy, in its order. */
  readonly lots: readonly TradedLot[];
  /** One for each instrument of the strategy, in its order. */
  readonly holdings: readonly Holding[];
}

const nothing: Decision = { signals: [], passedEntries: [] };

/**
 * Turns rules and positions into signals: the one place where this is decided, for backtests, paper
 * and live trading alike. `bars` are those of all instruments that closed at one time, in the
 * strategy's order.
 *
 * For each bar: a held position leaves by its stop loss (the close at or beyond that percentage of
 * the average entry price), else by its take profit, else by its exit rule. An instrument that is
 * flat enters by an entry rule, and one that leaves by its exit rule on this very bar enters the
 * other direction (a reversal), unless both entry rules are true, entries are closed, the most
 * positions are held or one lot costs more than the capital per trade. An instrument with a working
 * order waits for its end.
 *
 * Stops are looked at on the close of a bar and leave by a market order: what happens within the
 * bar is not seen.
 */
export function decideSignals(
  context: DecisionContext,
  bars: readonly DecisionBar[],
  entriesOpen: boolean,
): Decision {
  let decider: Decider | null = null;
  for (const bar of bars) {
    const holding = context.holdings[bar.instrument];
    if (holding === undefined) throw new RangeError(`no instrument ${bar.instrument}`);
    if (holding.working) continue;
    // Most bars ask for nothing, and then nothing is allocated.
    if (holding.quantity === 0) {
      if (!bar.outcome.longEntry && !bar.outcome.shortEntry) continue;
      decider ??= new Decider(context, entriesOpen);
      decider.enter(bar, holding);
    } else {
      const reason = exitReason(context.document, holding, bar);
      if (reason === null) continue;
      decider ??= new Decider(context, entriesOpen);
      decider.leave(bar, holding, reason);
    }
  }
  return decider ?? nothing;
}

/**
 * The signals that close every position at the day's square-off, save those that a working order
 * already looks after: a later look closes what that one leaves.
 */
export function decideSquareOff(holdings: readonly Holding[]): readonly Signal[] {
  return holdings.flatMap((holding, instrument) =>
    holding.quantity === 0 || holding.working
      ? []
      : [exitSignal(instrument, holding, 'SQUARE_OFF', 'the square-off time of the day')],
  );
}

class Decider implements Decision {
  readonly signals: Signal[] = [];
  readonly passedEntries: PassedEntry[] = [];
  readonly #context: DecisionContext;
  readonly #entriesOpen: boolean;
  #positions: number;

  constructor(context: DecisionContext, entriesOpen: boolean) {
    this.#context = context;
    this.#entriesOpen = entriesOpen;
    this.#positions = context.holdings.filter(isTaken).length;
  }

  leave(bar: DecisionBar, holding: Holding, reason: ExitReason): void {
    const text = exitText(this.#context.document, holding, bar.close, reason);
    this.signals.push(exitSignal(bar.instrument, holding, reason, text));
    if (reason !== 'RULE') return;
    // Entering what is just being left would only pay charges twice.
    const { longEntry, shortEntry } = bar.outcome;
    const isLong = holding.quantity > 0;
    const turns = isLong ? shortEntry : longEntry;
    if (turns) this.enter(bar, holding);
  }

  enter({ instrument, close, outcome }: DecisionBar, holding: Holding): void {
    const { longEntry, shortEntry } = outcome;
    const { document, lots, holdings } = this.#context;
    const pass = (cause: PassedEntry['cause'], text: string): void => {
      this.passedEntries.push({ instrument, cause, text });
    };
    if (longEntry && shortEntry) {
      pass('BOTH_ENTRIES', 'the long and the short entry rule are both true');
      return;
    }
    if (!this.#entriesOpen) {
      pass('ENTRIES_CLOSED', 'no entries from the square-off time on');
      return;
    }
    const maxPositions = document.maxPositions ?? holdings.length;
    const takesPlace = !isTaken(holding);
    if (takesPlace && this.#positions >= maxPositions) {
      pass('MAX_POSITIONS', `${this.#positions} of at most ${maxPositions} positions are held`);
      return;
    }
    const traded = lots[instrument];
    if (traded === undefined) throw new RangeError(`no instrument ${instrument}`);
    const quantity = entryQuantity(document.capitalPerTrade, close, traded);
    if (quantity === 0) {
      const lot = `one lot of ${traded.lotSize} at ${close}`;
      pass('LESS_THAN_ONE_LOT', `${lot} costs more than ${document.capitalPerTrade} rupees`);
      return;
    }
    if (takesPlace) this.#positions += 1;
    const side = longEntry ? 'BUY' : 'SELL';
    const action = longEntry ? 'ENTER_LONG' : 'ENTER_SHORT';
    const text = `${longEntry ? 'long' : 'short'} entry rule at close ${close}`;
    this.signals.push({ instrument, action, side, quantity, reason: 'RULE', text });
  }
}

function isTaken(holding: Holding): boolean {
  return holding.quantity !== 0 || holding.working;
}

function exitSignal(
  instrument: number,
  holding: Holding,
  reason: SignalReason,
  text: string,
): Signal {
  const isLong = holding.quantity > 0;
  const action = isLong ? 'EXIT_LONG' : 'EXIT_SHORT';
  const side = isLong ? 'SELL' : 'BUY';
  return { instrument, action, side, quantity: Math.abs(holding.quantity), reason, text };
}

type ExitReason = Exclude<SignalReason, 'SQUARE_OFF'>;

/** Percent; far below a tick, and above what binary fractions put between 98.5 % and 100 % - 1.5 %. */
const percentTolerance = 1e-9;

function exitReason(
  { stopLossPercent, takeProfitPercent }: StrategyDocument,
  { quantity, averageEntryPrice }: Holding,
  { close, outcome }: DecisionBar,
): ExitReason | null {
  const isLong = quantity > 0;
  const risenPercent = (close / averageEntryPrice - 1) * 100;
  const gainedPercent = isLong ? risenPercent : -risenPercent;
  if (stopLossPercent !== null && -gainedPercent >= stopLossPercent - percentTolerance) {
    return 'STOP_LOSS';
  }
  if (takeProfitPercent !== null && gainedPercent >= takeProfitPercent - percentTolerance) {
    return 'TAKE_PROFIT';
  }
  return (isLong ? outcome.longExit : outcome.shortExit) ? 'RULE' : null;
}

function exitText(
  { stopLossPercent, takeProfitPercent }: StrategyDocument,
  { quantity, averageEntryPrice }: Holding,
  close: number,
  reason: ExitReason,
): string {
  switch (reason) {
    case 'STOP_LOSS':
      return `stop loss ${stopLossPercent ?? 0} %: close ${close}, average entry ${averageEntryPrice}`;
    case 'TAKE_PROFIT':
      return `take profit ${takeProfitPercent ?? 0} %: close ${close}, average entry ${averageEntryPrice}`;
    case 'RULE':
      return `${quantity > 0 ? 'long' : 'short'} exit rule at close ${close}`;
  }
}

/** Quantity of whole lots that `capital` rupees are worth at `price`, by exact arithmetic. */
function entryQuantity(capital: number, price: number, { lotSize, multiplier }: TradedLot): number {
  return new Decimal(capital)
    .div(new Decimal(price).times(lotSize).times(multiplier))
    .floor()
    .times(lotSize)
    .toNumber();
}

import type { CompiledStrategy } from './compile-strategy.ts';
import type { BarSpan } from './decide/bar-history.ts';
import { entrySize, unitsFor, type TradedLot } from './decide/entry-size.ts';
import { exitOf, leavingUnits, type Exit } from './decide/exit-of.ts';
import { rememberEntry, type Holding, type HoldingMemory } from './decide/holding.ts';
import { exitSignal, type Decision, type PassedEntry, type Signal } from './decide/signal.ts';
import {
  noPosition,
  type PositionValues,
  type RuleOutcome,
  type RuleReading,
} from './evaluate/rule-reading.ts';

export type { TradedLot } from './decide/entry-size.ts';
export type { Holding, HoldingMemory } from './decide/holding.ts';
export type { Decision, Signal, SignalReason } from './decide/signal.ts';

/** A bar that closed now, and what the rules say on it. */
export interface DecisionBar {
  /** Index in the strategy's instrument list. */
  readonly instrument: number;
  /** Rupees. */
  readonly close: number;
  readonly reading: RuleReading;
  /**
   * False outside of the strategy's hours of entry, and for an intraday strategy from the square-off time
   * of the instrument on.
   */
  readonly entriesOpen: boolean;
  /** What happened since a moment (epoch ms), up to this bar; null where the strategy never asks. */
  readonly since: ((time: number) => BarSpan) | null;
}

/** The state a strategy decides in. */
export interface DecisionContext {
  readonly strategy: CompiledStrategy;
  /** One for each instrument of the strategy, in its order; a pair's other leg is the last. */
  readonly lots: readonly TradedLot[];
  /** As the lots. */
  readonly holdings: readonly Holding[];
  /**
   * As the lots: what is to be remembered of each holding. `decideSignals` brings it up to date in
   * place; the caller keeps it until the next decision.
   */
  readonly memories: (HoldingMemory | null)[];
  /** Rupees: what there is to trade with, positions at their latest close. */
  readonly equity: () => number;
  /** Latest close of an instrument, rupees; NaN: it had no bar yet. */
  readonly lastClose: (instrument: number) => number;
}

const nothing: Decision = { signals: [], passedEntries: [] };

/**
 * Turns rules and positions into signals: the one place where this is decided, for backtests, paper
 * and live trading alike. `bars` are those of all instruments that closed at one time, in the
 * strategy's order, without those of a pair's other leg.
 *
 * For each bar: a held position leaves as `exitOf` says. An instrument that is flat enters by an
 * entry rule, and one that leaves by its exit rule on this very bar enters the other direction (a
 * reversal), unless both entry rules are true, entries are closed, the most positions are held or
 * the size comes to less than one lot. An instrument with a working order waits for its end.
 *
 * A pair's other leg enters and leaves with the first; a leg that is left alone (the other order was
 * refused) leaves, too.
 *
 * Stops are looked at on the close of a bar and leave by a market order: what happens within the
 * bar is not seen.
 */
export function decideSignals(context: DecisionContext, bars: readonly DecisionBar[]): Decision {
  const { strategy, holdings } = context;
  const leg = strategy.terms.pairRatio === null ? -1 : holdings.length - 1;
  let decider: Decider | null = null;
  for (const bar of bars) {
    const holding = holdings[bar.instrument];
    if (holding === undefined) throw new RangeError(`no instrument ${bar.instrument}`);
    remember(context, bar.instrument, bar.reading);
    if (leg !== -1) remember(context, leg, bar.reading);
    if (holding.working || holdings[leg]?.working === true) continue;
    if (leg !== -1 && isAlone(holding, holdings[leg])) {
      decider ??= new Decider(context, leg);
      decider.leaveAlone(bar.instrument);
      continue;
    }
    // Most bars ask for nothing, and then nothing is allocated.
    if (holding.quantity === 0) {
      const outcome = bar.reading.outcome(noPosition);
      if (!outcome.longEntry && !outcome.shortEntry) continue;
      decider ??= new Decider(context, leg);
      decider.enter(bar, outcome);
      continue;
    }
    const memory = context.memories[bar.instrument];
    if (memory === null || memory === undefined) throw new Error('a holding is remembered');
    const span = bar.since === null ? null : bar.since(memory.openedAt ?? holding.openedAt);
    const outcome = bar.reading.outcome(
      strategy.readsPosition ? positionOf(holding, bar.close, span) : noPosition,
    );
    const lotSize = context.lots[bar.instrument]?.lotSize ?? 1;
    const exit = exitOf(strategy.terms, holding, memory, span, bar.close, outcome, lotSize);
    if (exit === null) continue;
    decider ??= new Decider(context, leg);
    decider.leave(bar, exit, outcome);
  }
  return decider ?? nothing;
}

/**
 * The signals that close the positions whose square-off is due (`isDue`, by the instrument's place),
 * save those that a working order already looks after: a later look closes what that one leaves.
 */
export function decideSquareOff(
  holdings: readonly Holding[],
  isDue: (instrument: number) => boolean,
): readonly Signal[] {
  return holdings.flatMap((holding, instrument) =>
    holding.quantity === 0 || holding.working || !isDue(instrument)
      ? []
      : [exitSignal(instrument, holding, 'SQUARE_OFF', 'the square-off time of the day')],
  );
}

/** Whether the strategy asks what happened since a position was opened. */
export function needsHistory({ terms, readsPosition }: CompiledStrategy): boolean {
  const { trailingStop, breakEvenAt, timeStopBars } = terms;
  return readsPosition || trailingStop !== null || breakEvenAt !== null || timeStopBars !== null;
}

/** Brings what is remembered of a holding up to date with what is held. */
function remember(context: DecisionContext, instrument: number, reading: RuleReading): void {
  const { holdings, memories, strategy } = context;
  const holding = holdings[instrument];
  if (holding === undefined) throw new RangeError(`no instrument ${instrument}`);
  const { quantity, working, openedAt } = holding;
  const known = memories[instrument] ?? null;
  if (quantity === 0) {
    if (!working && known !== null) memories[instrument] = null;
    return;
  }
  let memory = known;
  if (memory === null || memory.isLong !== quantity > 0) {
    // A reversal is remembered from its decision on, before its orders have turned the position.
    if (working && memory !== null) return;
    memory = rememberEntry(quantity > 0, strategy.terms, reading);
    memories[instrument] = memory;
  }
  memory.openedAt ??= openedAt;
  memory.enteredQuantity = Math.max(memory.enteredQuantity, Math.abs(quantity));
}

function positionOf(holding: Holding, close: number, span: BarSpan | null): PositionValues {
  const { quantity, averageEntryPrice } = holding;
  const risenPercent = (close / averageEntryPrice - 1) * 100;
  return {
    bars_held: span === null ? NaN : Math.max(0, span.bars - 1),
    entry_price: averageEntryPrice,
    unrealised_pnl_percent: quantity > 0 ? risenPercent : -risenPercent,
    position_quantity: quantity,
  };
}

/** Whether one leg of a pair is held without the other. */
function isAlone(first: Holding, second: Holding | undefined): boolean {
  return (first.quantity === 0) !== (second?.quantity === 0);
}

class Decider implements Decision {
  readonly signals: Signal[] = [];
  readonly passedEntries: PassedEntry[] = [];
  readonly #context: DecisionContext;
  /** Index of a pair's other leg; -1: there is none. */
  readonly #leg: number;
  #positions: number;

  constructor(context: DecisionContext, leg: number) {
    this.#context = context;
    this.#leg = leg;
    this.#positions = 0;
    for (let instrument = 0; instrument < context.holdings.length; instrument += 1) {
      if (instrument !== leg && isTaken(this.#holding(instrument))) this.#positions += 1;
    }
  }

  leave(bar: DecisionBar, exit: Exit, outcome: RuleOutcome): void {
    const holding = this.#holding(bar.instrument);
    const { reason, text, quantity, leftPercent } = exit;
    this.signals.push(exitSignal(bar.instrument, holding, reason, text, quantity));
    if (this.#leg !== -1) this.#leaveLeg(exit, leftPercent);
    if (reason !== 'RULE') return;
    // Entering what is just being left would only pay charges twice.
    const turns = holding.quantity > 0 ? outcome.shortEntry : outcome.longEntry;
    if (turns) this.enter(bar, outcome);
  }

  /** Leaves the one leg of a pair that is held without the other. */
  leaveAlone(instrument: number): void {
    const alone = this.#holding(instrument).quantity === 0 ? this.#leg : instrument;
    const text = 'the other leg of the pair is not held';
    this.signals.push(exitSignal(alone, this.#holding(alone), 'PAIR_LEG', text));
  }

  enter({ instrument, close, reading, entriesOpen }: DecisionBar, outcome: RuleOutcome): void {
    const { longEntry, shortEntry } = outcome;
    const { strategy, lots, holdings, memories, equity } = this.#context;
    const { terms } = strategy;
    if (longEntry && shortEntry) {
      this.#pass(instrument, 'BOTH_ENTRIES', 'the long and the short entry rule are both true');
      return;
    }
    if (!entriesOpen) {
      this.#pass(instrument, 'ENTRIES_CLOSED', 'no entries at this time of the day');
      return;
    }
    const maxPositions = terms.maxPositions ?? holdings.length;
    const takesPlace = !isTaken(this.#holding(instrument));
    if (takesPlace && this.#positions >= maxPositions) {
      this.#pass(
        instrument,
        'MAX_POSITIONS',
        `${this.#positions} of at most ${maxPositions} positions are held`,
      );
      return;
    }
    const lot = lots[instrument];
    if (lot === undefined) throw new RangeError(`no instrument ${instrument}`);
    const size = entrySize(terms, close, lot, reading, equity);
    if (size.cause !== null) {
      this.#pass(instrument, size.cause, size.text);
      return;
    }
    const text = `${longEntry ? 'long' : 'short'} entry rule at close ${close}`;
    const entry = entrySignal(instrument, longEntry, size.units, text);
    const value = size.units * close * lot.multiplier;
    const other = this.#leg === -1 ? null : this.#legEntry(longEntry, value, text);
    if (typeof other === 'string') {
      this.#pass(instrument, 'PAIR_LEG', other);
      return;
    }
    if (takesPlace) this.#positions += 1;
    memories[instrument] = rememberEntry(longEntry, terms, reading);
    this.signals.push(entry);
    if (other === null) return;
    memories[this.#leg] = rememberEntry(!longEntry, terms, reading);
    this.signals.push(other);
  }

  #pass(instrument: number, cause: PassedEntry['cause'], text: string): void {
    this.passedEntries.push({ instrument, cause, text });
  }

  /** The other side of the pair for an entry worth `value` rupees, or why it cannot be entered. */
  #legEntry(isLong: boolean, value: number, text: string): Signal | string {
    const { strategy, lots, lastClose } = this.#context;
    const lot = lots[this.#leg];
    if (lot === undefined) throw new RangeError('the pair has no other leg');
    const price = lastClose(this.#leg);
    if (Number.isNaN(price)) return 'the other leg of the pair has no price yet';
    const size = unitsFor(value * (strategy.terms.pairRatio ?? NaN), price, lot);
    if (size.cause !== null) return `the other leg of the pair: ${size.text}`;
    return entrySignal(this.#leg, !isLong, size.units, `other leg of a ${text}`);
  }

  #leaveLeg({ reason, text }: Exit, leftPercent: number): void {
    const { lots, memories } = this.#context;
    const holding = this.#holding(this.#leg);
    const entered = memories[this.#leg]?.enteredQuantity ?? Math.abs(holding.quantity);
    const lotSize = lots[this.#leg]?.lotSize ?? 1;
    const quantity = leavingUnits(holding.quantity, entered, leftPercent, lotSize);
    if (quantity === 0) return;
    this.signals.push(exitSignal(this.#leg, holding, reason, `other leg: ${text}`, quantity));
  }

  #holding(instrument: number): Holding {
    const holding = this.#context.holdings[instrument];
    if (holding === undefined) throw new RangeError(`no instrument ${instrument}`);
    return holding;
  }
}

function isTaken(holding: Holding): boolean {
  return holding.quantity !== 0 || holding.working;
}

function entrySignal(instrument: number, isLong: boolean, quantity: number, text: string): Signal {
  const action = isLong ? 'ENTER_LONG' : 'ENTER_SHORT';
  return { instrument, action, side: isLong ? 'BUY' : 'SELL', quantity, reason: 'RULE', text };
}

import { Decimal } from 'decimal.js';
import type { TradingState } from './trading-state.ts';

/** A run leaves units of its own at a place where others may hold against it. */
export interface ExitToPlan {
  /** Units that are to leave, positive. */
  readonly units: Decimal;
  /** Units of them that the run holds; the rest is still on its way to it. */
  readonly held: Decimal;
  /** Units that the exit can take off the account's position, exits on their way already taken off. */
  readonly reducible: Decimal;
  /** Units that the user's own trades hold against them, which no order leaves yet. */
  readonly againstByHand: Decimal;
  /** As `againstByHand`, of other runs that live. */
  readonly againstByRuns: Decimal;
  /** The strictest of platform, user and portfolio. */
  readonly tradingState: TradingState;
}

/** Three ways out; what none of them takes stays held. */
export interface ExitPlan {
  /** Units of an order that only reduces the account's position: no limit or block holds it up. */
  readonly reduce: Decimal;
  /** Units that are set off against the user's own trades, without an order. */
  readonly offsetByHand: Decimal;
  /** Units that are set off against trades of other runs, without an order. */
  readonly offsetByRuns: Decimal;
  /** Units of an order that opens at the broker what other runs hold, judged as what opens. */
  readonly open: Decimal;
}

/**
 * How an exit of a run leaves (decision 19). What makes the account's position smaller leaves by an order
 * that only reduces. Beyond that there is nothing of it at the broker, since others hold against it:
 * against the user's own trades it is set off, as the user's order was its way out. Other runs keep what
 * is theirs, so that against them an order goes out that opens it; where trading only reduces, it is set
 * off against them too, for the account's position may not grow.
 */
export function planExit(exit: ExitToPlan): ExitPlan {
  const { units, held, reducible, againstByHand, againstByRuns, tradingState } = exit;
  const reduce = Decimal.min(units, reducible);
  const beyond = units.minus(reduce);
  const mine = Decimal.max(Decimal.min(beyond, held.minus(Decimal.min(reduce, held))), 0);
  const offsetByHand = Decimal.min(mine, againstByHand);
  const blocked = tradingState !== 'ACTIVE';
  const offsetByRuns = blocked
    ? Decimal.min(mine.minus(offsetByHand), againstByRuns)
    : new Decimal(0);
  const open = blocked ? new Decimal(0) : beyond.minus(offsetByHand);
  return { reduce, offsetByHand, offsetByRuns, open };
}

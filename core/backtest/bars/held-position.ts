import type { Holding, HoldingMemory } from '../../strategy/decide-signals.ts';
import { rupeesOf } from '../../strategy/decide/holding.ts';
import type { StrategyTerms } from '../../strategy/plan/strategy-terms.ts';

/** What is held of one instrument, in place. */
export class HeldPosition implements Holding {
  quantity = 0;
  averageEntryPrice = NaN;
  openedAt = NaN;
  working = false;
  /** Point of the time line at which it was entered. */
  entryPoint = -1;
  enteredUnits = 0;
  /** Commission of the entry that no trade has taken yet. */
  entryCommission = 0;
  entryReason = '';
  /** Best price since the entry, of bars that are over. */
  best = NaN;
  /** How many profit targets were taken. */
  targetsTaken = 0;

  /** Becomes `units` (signed) entered at `price`. */
  enter(units: number, price: number, time: number, point: number, commission: number): void {
    this.quantity = units;
    this.averageEntryPrice = price;
    this.openedAt = time;
    this.entryPoint = point;
    this.enteredUnits = Math.abs(units);
    this.entryCommission = commission;
    this.best = price;
    this.targetsTaken = 0;
  }

  /** Hears of the highest and lowest price of a bar. */
  heed(high: number, low: number): void {
    if (this.quantity > 0) {
      if (high > this.best) this.best = high;
    } else if (this.quantity < 0 && low < this.best) this.best = low;
  }

  /**
   * The price at which the tightest stop lies during a bar: stop loss, trailing stop from the best price
   * of the bars before, and the entry price once break-even was reached by them. NaN: there is none.
   */
  stopLevel(terms: StrategyTerms, memory: HoldingMemory): number {
    const { stopLoss, trailingStop, breakEvenAt } = terms;
    const { distances } = memory;
    const sign = this.quantity > 0 ? 1 : -1;
    const entry = this.averageEntryPrice;
    let level = NaN;
    if (stopLoss !== null) level = entry - sign * rupeesOf(stopLoss, distances.stopLoss, entry);
    if (trailingStop !== null) {
      const back = rupeesOf(trailingStop, distances.trailingStop, this.best);
      level = tighter(sign, level, this.best - sign * back);
    }
    if (breakEvenAt !== null) {
      const wanted = rupeesOf(breakEvenAt, distances.breakEvenAt, entry);
      if (sign * (this.best - entry) >= wanted) level = tighter(sign, level, entry);
    }
    return level;
  }

  /** The price of the nearest profit target that was not taken; NaN: there is none. */
  targetLevel(terms: StrategyTerms, memory: HoldingMemory): number {
    const target = terms.takeProfits[this.targetsTaken];
    if (target === undefined) return NaN;
    const frozen = memory.distances.takeProfits[this.targetsTaken] ?? null;
    const entry = this.averageEntryPrice;
    const sign = this.quantity > 0 ? 1 : -1;
    return entry + sign * rupeesOf(target.distance, frozen, entry);
  }
}

/** The tighter of two stops, of which either may be none (NaN), for a long (`sign` 1) or short one. */
function tighter(sign: number, level: number, other: number): number {
  return sign * (level - other) >= 0 || Number.isNaN(other) ? level : other;
}

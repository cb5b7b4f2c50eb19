import type { RuleReading } from '../evaluate/rule-reading.ts';
import type { DistanceTerm, StrategyTerms } from '../plan/strategy-terms.ts';

/** What the strategy holds of one instrument, by its own fills. */
export interface Holding {
  /** Units, negative for a short position. */
  readonly quantity: number;
  /** Quantity-weighted price of the entries that are still open, rupees; unused while flat. */
  readonly averageEntryPrice: number;
  /** Epoch ms of the first of the fills that are still open; unused while flat. */
  readonly openedAt: number;
  /** Whether an order of the strategy in it is still to be filled or ended. */
  readonly working: boolean;
}

/** Distances in rupees as they were on the bar that decided the entry; null: a percentage, or none. */
export interface FrozenDistances {
  readonly stopLoss: number | null;
  readonly trailingStop: number | null;
  readonly breakEvenAt: number | null;
  readonly takeProfits: readonly (number | null)[];
}

/**
 * What a decision has to know of a holding and its fills do not say. It is plain data: whoever goes
 * on after a crash hands in what was kept with the last decision.
 */
export interface HoldingMemory {
  readonly isLong: boolean;
  readonly distances: FrozenDistances;
  /** Epoch ms of the first fill of the position; null until a decision saw it filled. */
  openedAt: number | null;
  /** The most units that were held, of which the portions of profit targets are taken. */
  enteredQuantity: number;
}

/** The memory of an entry that is decided on the bar that was read. */
export function rememberEntry(
  isLong: boolean,
  terms: StrategyTerms,
  reading: RuleReading,
): HoldingMemory {
  return { isLong, distances: distancesOn(terms, reading), openedAt: null, enteredQuantity: 0 };
}

/** Of most strategies, which have no distances: one object for all of their entries. */
const noDistances: FrozenDistances = {
  stopLoss: null,
  trailingStop: null,
  breakEvenAt: null,
  takeProfits: [],
};

function distancesOn(terms: StrategyTerms, reading: RuleReading): FrozenDistances {
  const { stopLoss, trailingStop, breakEvenAt, takeProfits } = terms;
  if ((stopLoss ?? trailingStop ?? breakEvenAt) === null && takeProfits.length === 0) {
    return noDistances;
  }
  return {
    stopLoss: frozen(stopLoss, reading),
    trailingStop: frozen(trailingStop, reading),
    breakEvenAt: frozen(breakEvenAt, reading),
    takeProfits: takeProfits.map(({ distance }) => frozen(distance, reading)),
  };
}

function frozen(distance: DistanceTerm | null, reading: RuleReading): number | null {
  if (distance?.kind !== 'rupees') return null;
  const rupees = reading.value(distance.step);
  return rupees > 0 ? rupees : null;
}

/**
 * A distance in rupees: `percent` of `price`, or what was frozen at the entry; NaN where that had no
 * value above zero, so that nothing ever reaches it.
 */
export function rupeesOf(term: DistanceTerm, frozen: number | null, price: number): number {
  return term.kind === 'percent' ? (price * term.percent) / 100 : (frozen ?? NaN);
}

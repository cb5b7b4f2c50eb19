import { Decimal } from 'decimal.js';

/** What companies do to those who hold their shares. */
export const corporateActionKinds = ['DIVIDEND', 'BONUS', 'SPLIT'] as const;

/** Something a company did; whoever holds its shares when the ex-date begins is entitled to it. */
export type CorporateAction =
  | {
      readonly kind: 'DIVIDEND';
      /** Exchange date from which the shares trade without it, `YYYY-MM-DD`. */
      readonly exDate: string;
      /** Rupees a unit. */
      readonly cashPerUnit: Decimal;
    }
  | {
      readonly kind: 'BONUS' | 'SPLIT';
      /** Exchange date from which the shares trade without it, `YYYY-MM-DD`. */
      readonly exDate: string;
      /** So many units are held afterwards ... */
      readonly unitsAfter: number;
      /** ... for so many before. */
      readonly unitsBefore: number;
      /** Rupees paid for a whole unit where a part of one is due; null: parts lapse. */
      readonly fractionPrice: Decimal | null;
    };

/** What a lot is before and after an action; its whole cost stays with it. */
export interface RestatedLot {
  /** Units, positive. */
  readonly unitsBefore: Decimal;
  /** Units, positive. */
  readonly unitsAfter: Decimal;
  /** Rupees received, 2 decimals. */
  readonly cash: Decimal;
}

const zero = new Decimal(0);

/**
 * What an action makes of lots that are held together, oldest first; units in, positive. Units are
 * counted over all of them, as the depository counts an account's, so that whole units stay whole: the
 * last lot is the one that a part of a unit is due on, and gets what is paid for it. Cash is rounded for
 * what is held together, and each lot's is the difference that it makes.
 */
export function restateLots(
  action: CorporateAction,
  lots: readonly Decimal[],
): readonly RestatedLot[] {
  let units = zero;
  return lots.map((unitsBefore, index) => {
    const before = heldBy(action, units, false);
    units = units.plus(unitsBefore);
    const after = heldBy(action, units, index === lots.length - 1);
    return {
      unitsBefore,
      unitsAfter: action.kind === 'DIVIDEND' ? unitsBefore : after.units.minus(before.units),
      cash: after.cash.minus(before.cash),
    };
  });
}

/** What `units` come to by an action, and the cash that they bring. */
function heldBy(
  action: CorporateAction,
  units: Decimal,
  withFraction: boolean,
): { readonly units: Decimal; readonly cash: Decimal } {
  if (action.kind === 'DIVIDEND') {
    return { units, cash: toMoney(units.times(action.cashPerUnit)) };
  }
  const exact = units.times(action.unitsAfter).dividedBy(action.unitsBefore);
  const whole = exact.floor();
  const price = withFraction ? action.fractionPrice : null;
  return { units: whole, cash: price === null ? zero : toMoney(exact.minus(whole).times(price)) };
}

function toMoney(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

/** Orders actions as they take effect: by ex-date, dividends on the old units first. */
export function compareActions(a: CorporateAction, b: CorporateAction): number {
  const rank = ({ kind }: CorporateAction) => corporateActionKinds.indexOf(kind);
  return a.exDate === b.exDate ? rank(a) - rank(b) : a.exDate < b.exDate ? -1 : 1;
}

/**
 * How many units of after all `actions` one unit of before `date` (`YYYY-MM-DD`) has become: bonuses
 * and splits whose ex-date is later count. Prices of that day are divided by it, volumes multiplied.
 */
export function adjustmentFactorOn(date: string, actions: readonly CorporateAction[]): number {
  let factor = 1;
  for (const action of actions) {
    if (action.kind === 'DIVIDEND' || action.exDate <= date) continue;
    factor *= action.unitsAfter / action.unitsBefore;
  }
  return factor;
}

/** A recorded price restated by `adjustmentFactorOn`, to the paisa. */
export function adjustedPrice(price: number, factor: number): number {
  return factor === 1 ? price : Math.round((price / factor) * 100) / 100;
}

/** A recorded volume restated by `adjustmentFactorOn`, in whole units; NaN, which is unknown, stays. */
export function adjustedVolume(volume: number, factor: number): number {
  return factor === 1 ? volume : Math.round(volume * factor);
}

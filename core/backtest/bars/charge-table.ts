import { dateOfDayNumber, dayNumberOf } from '../../calendar/exchange-time.ts';
import type { RateCardBook } from '../../charges/rate-card.ts';
import { numericChargesOf, type CommissionModel, type NumericCharges } from './commission.ts';

/** The rates of each instrument on each day of a range, as plain data that can cross into a thread. */
export interface ChargeTable {
  /** Days since 1970-01-01. */
  readonly firstDay: number;
  /** The distinct rates. */
  readonly rates: readonly NumericCharges[];
  /** For each instrument and day, which of them holds. */
  readonly days: readonly Uint16Array[];
}

/** An instrument as rate cards know it. */
export interface ChargedInstrument {
  readonly exchange: string;
  readonly type: string;
}

/**
 * Reads from the cards what trading each instrument in a product costs, from the day of `from` to that of
 * `to` (epoch ms); null for the first instrument of which no card says it.
 */
export function chargeTableOf(
  book: RateCardBook,
  product: string,
  instruments: readonly ChargedInstrument[],
  from: number,
  to: number,
): { readonly table: ChargeTable } | { readonly withoutRates: number } {
  const firstDay = dayNumberOf(from);
  const length = dayNumberOf(to) - firstDay + 1;
  const rates: NumericCharges[] = [];
  const known = new Map<string, number>();
  const days: Uint16Array[] = [];
  for (const [index, instrument] of instruments.entries()) {
    const column = new Uint16Array(length);
    for (let day = 0; day < length; day += 1) {
      const serving = book.serving(product, instrument, dateOfDayNumber(firstDay + day));
      if (serving === null) return { withoutRates: index };
      const key = `${serving.rateCardId} ${serving.exchange} ${serving.segment}`;
      let place = known.get(key);
      if (place === undefined) {
        place = rates.push(numericChargesOf(serving.rates)) - 1;
        known.set(key, place);
      }
      column[day] = place;
    }
    days.push(column);
  }
  return { table: { firstDay, rates, days } };
}

/** The commission model that charges by a table. */
export function chargesByTable({ firstDay, rates, days }: ChargeTable): CommissionModel {
  return {
    kind: 'CHARGES',
    ratesAt: (instrument, time) =>
      rates[days[instrument]?.[dayNumberOf(time) - firstDay] as number] as NumericCharges,
  };
}

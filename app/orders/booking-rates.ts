import type { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import type { MarginRate } from '@nandax/core/risk/margin.ts';
import type { History } from '../ports/store.ts';

/** Dated reference data that booking a fill reads; load it before the transaction. */
export interface BookingRates {
  readonly rateCards: RateCardBook;
  readonly marginRates: readonly MarginRate[];
}

/** The rates as they stand now. */
export async function readBookingRates(
  history: Pick<History, 'rateCards' | 'marginRates'>,
): Promise<BookingRates> {
  const [rateCards, marginRates] = await Promise.all([history.rateCards(), history.marginRates()]);
  return { rateCards, marginRates };
}

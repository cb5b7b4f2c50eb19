import { nearestDated, type Dated } from '../charges/nearest-dated.ts';
import { ReferenceReader, type ReferenceDataFailure } from '../charges/reference-reader.ts';
import { roundedPrice } from '../exchange/print.ts';
import { fail, succeed, type Result } from '../result.ts';

/**
 * What a band lies around. PREVIOUS_CLOSE: the band of a day, outside of which nothing trades.
 * AUCTION_REFERENCE: that of the closing auction. LAST_PRICE: the price protection of derivatives, which
 * keeps limit orders from buying far above the last price and from selling far below it.
 */
export type BandReference = 'PREVIOUS_CLOSE' | 'AUCTION_REFERENCE' | 'LAST_PRICE';

/** How far from its reference a kind of instrument may trade or be ordered (domain: bands, LPP). */
export interface PriceBandRule extends Dated {
  /** As the calendar names it, e.g. EQUITY_CLOSING_AUCTION. */
  readonly segment: string;
  /** Kind of instrument, e.g. EQUITY. */
  readonly type: string;
  readonly reference: BandReference;
  /** Percent of the reference, as a decimal string. */
  readonly percent: string;
  /** Rupees that the band is at least away from its reference, as a decimal string; null: no such least. */
  readonly leastRupees: string | null;
  /** Where the figure comes from, as shown to people. */
  readonly source: string;
}

/** The prices, in rupees and both included, within which an instrument trades in a day. */
export interface PriceBand {
  readonly lower: number;
  readonly upper: number;
}

/** What the rules read of an instrument. */
interface BandedInstrument {
  readonly segment: string;
  readonly type: string;
  /** Rupees. */
  readonly tickSize: number;
}

/**
 * The band of a day (exchange date `YYYY-MM-DD`) around the price it lies around (rupees), on whole ticks
 * inside it. Null: no rule is of this kind of instrument and reference, or the price is not known (NaN).
 */
export function priceBandOn(
  rules: readonly PriceBandRule[],
  { segment, type, tickSize }: BandedInstrument,
  date: string,
  around: number,
  reference: BandReference = 'PREVIOUS_CLOSE',
): PriceBand | null {
  const own = rules.filter(
    (rule) => rule.segment === segment && rule.type === type && rule.reference === reference,
  );
  const found = nearestDated(own, date);
  if (found === null || Number.isNaN(around)) return null;
  const { percent, leastRupees } = found.row;
  const distance = Math.max((around * Number(percent)) / 100, Number(leastRupees ?? 0));
  // Sums of binary fractions fall a hair beside their tick.
  const ticks = (price: number) => roundedPrice(price / tickSize);
  return {
    lower: roundedPrice(Math.max(Math.ceil(ticks(around - distance)), 1) * tickSize),
    upper: roundedPrice(Math.floor(ticks(around + distance)) * tickSize),
  };
}

/**
 * Reads price bands from parsed JSON: a list as in `data/reference/price-bands.json`. Fails with
 * every field that is missing or misshapen.
 */
export function readPriceBands(
  json: unknown,
): Result<readonly PriceBandRule[], readonly ReferenceDataFailure[]> {
  const reader = new ReferenceReader(json);
  const rules = reader.items().map((rule): PriceBandRule => ({
    segment: rule.field('segment').text(),
    type: rule.field('type').text(),
    ...rule.period(),
    reference: rule.field('reference').oneOf('PREVIOUS_CLOSE', 'AUCTION_REFERENCE', 'LAST_PRICE'),
    percent: rule.field('percent').amount(),
    leastRupees: leastOf(rule.field('leastRupees')),
    source: rule.field('source').text(),
  }));
  return reader.failures.length === 0 ? succeed(rules) : fail(reader.failures);
}

function leastOf(place: ReferenceReader): string | null {
  return place.value === null ? null : place.amount();
}

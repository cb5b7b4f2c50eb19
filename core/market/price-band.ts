import { nearestDated, type Dated } from '../charges/nearest-dated.ts';
import { ReferenceReader, type ReferenceDataFailure } from '../charges/reference-reader.ts';
import { roundedPrice } from '../exchange/print.ts';
import { fail, succeed, type Result } from '../result.ts';

/** How far from the previous close a kind of instrument may trade in a day (domain: bands). */
export interface PriceBandRule extends Dated {
  /** As the calendar names it, e.g. EQUITY_CLOSING_AUCTION. */
  readonly segment: string;
  /** Kind of instrument, e.g. EQUITY. */
  readonly type: string;
  /** Percent of the previous close, as a decimal string. */
  readonly percent: string;
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
 * The band of a day (exchange date `YYYY-MM-DD`) around the previous close (rupees), on whole ticks
 * inside it. Null: no rule is of this kind of instrument, or the close is not known (NaN).
 */
export function priceBandOn(
  rules: readonly PriceBandRule[],
  { segment, type, tickSize }: BandedInstrument,
  date: string,
  previousClose: number,
): PriceBand | null {
  const own = rules.filter((rule) => rule.segment === segment && rule.type === type);
  const found = nearestDated(own, date);
  if (found === null || Number.isNaN(previousClose)) return null;
  const share = Number(found.row.percent) / 100;
  // Sums of binary fractions fall a hair beside their tick.
  const ticks = (price: number) => roundedPrice(price / tickSize);
  return {
    lower: roundedPrice(Math.max(Math.ceil(ticks(previousClose * (1 - share))), 1) * tickSize),
    upper: roundedPrice(Math.floor(ticks(previousClose * (1 + share))) * tickSize),
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
    percent: rule.field('percent').amount(),
    source: rule.field('source').text(),
  }));
  return reader.failures.length === 0 ? succeed(rules) : fail(reader.failures);
}

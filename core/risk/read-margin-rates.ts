import type { ReferenceDataFailure } from '../charges/reference-reader.ts';
import { ReferenceReader } from '../charges/reference-reader.ts';
import type { Result } from '../result.ts';
import { fail, succeed } from '../result.ts';
import type { MarginRate } from './margin.ts';

/**
 * Reads margin rates from parsed JSON: a list as in `data/reference/margin-rates.json`. Fails with
 * every field that is missing or misshapen.
 */
export function readMarginRates(
  json: unknown,
): Result<readonly MarginRate[], readonly ReferenceDataFailure[]> {
  const reader = new ReferenceReader(json);
  const rates = reader.items().map((rate): MarginRate => ({
    product: rate.field('product').oneOf('CNC', 'MIS'),
    ...rate.period(),
    percent: rate.field('percent').amount(),
    source: rate.field('source').text(),
  }));
  return reader.failures.length === 0 ? succeed(rates) : fail(reader.failures);
}

import type { ReferenceDataFailure } from '../charges/reference-reader.ts';
import { ReferenceReader } from '../charges/reference-reader.ts';
import { chargeSegments } from '../charges/rate-card.ts';
import type { Result } from '../result.ts';
import { fail, succeed } from '../result.ts';
import type { MarginRate } from './margin.ts';

/**
 * Reads margin rates from parsed JSON: a list as in `data/reference/margin-rates.json`, where a line
 * may state several products, segments and sides at once. Fails with every field that is missing or
 * misshapen.
 */
export function readMarginRates(
  json: unknown,
): Result<readonly MarginRate[], readonly ReferenceDataFailure[]> {
  const reader = new ReferenceReader(json);
  const [firstSegment, ...otherSegments] = chargeSegments;
  const rates = reader.items().flatMap((line): readonly MarginRate[] => {
    const products = line.field('products').items();
    const segments = line.field('segments').items();
    const sides = line.field('sides').items();
    const terms = {
      ...line.period(),
      percent: line.field('percent').amount(),
      estimate: line.field('estimate').truth(),
      source: line.field('source').text(),
    };
    return products.flatMap((product) =>
      segments.flatMap((segment) =>
        sides.map((side) => ({
          product: product.oneOf('CNC', 'MIS', 'NRML', 'MTF'),
          segment: segment.oneOf(firstSegment, ...otherSegments),
          side: side.oneOf('BUY', 'SELL'),
          ...terms,
        })),
      ),
    );
  });
  return reader.failures.length === 0 ? succeed(rates) : fail(reader.failures);
}

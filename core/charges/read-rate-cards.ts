import type { Result } from '../result.ts';
import { fail, succeed } from '../result.ts';
import type { ReferenceDataFailure } from './reference-reader.ts';
import { ReferenceReader } from './reference-reader.ts';
import type { PublishedBrokerage, RateCard, SegmentRates, TurnoverPercents } from './rate-card.ts';
import { chargedExchanges, chargeSegments } from './rate-card.ts';

/**
 * Reads rate cards from parsed JSON: a list of cards as in `data/reference/rate-cards.json`.
 * Fails with everything found wrong: missing or misshapen fields, periods of one broker that
 * overlap, an exchange and segment stated twice.
 */
export function readRateCards(
  json: unknown,
): Result<readonly RateCard[], readonly ReferenceDataFailure[]> {
  const reader = new ReferenceReader(json);
  const cards = reader.items().map(readCard);
  const failures = reader.failures.length > 0 ? reader.failures : overlapsOf(cards);
  return failures.length === 0 ? succeed(cards) : fail(failures);
}

function readCard(card: ReferenceReader): RateCard {
  return {
    id: card.field('id').text(),
    broker: card.field('broker').text(),
    ...card.period(),
    source: card.field('source').text(),
    rates: readRates(card.field('rates')),
  };
}

function readRates(rates: ReferenceReader): SegmentRates[] {
  const seen = new Set<string>();
  return rates.items().map((item) => {
    const read = readSegmentRates(item);
    const key = `${read.exchange} ${read.segment}`;
    if (seen.has(key)) item.refuse(`${key} once only`);
    seen.add(key);
    return read;
  });
}

function readSegmentRates(rates: ReferenceReader): SegmentRates {
  return {
    exchange: rates.field('exchange').oneOf(...chargedExchanges),
    segment: rates.field('segment').oneOf(...chargeSegments),
    brokerage: readBrokerage(rates.field('brokerage')),
    securitiesTransactionTax: readPercents(rates.field('securitiesTransactionTax')),
    exchangeTransactionCharge: readPercents(rates.field('exchangeTransactionCharge')),
    sebiTurnoverFee: readPercents(rates.field('sebiTurnoverFee')),
    stampDuty: readPercents(rates.field('stampDuty')),
    goodsAndServicesTax: { percent: rates.field('goodsAndServicesTax').field('percent').amount() },
    depositoryParticipantCharge: rates.field('depositoryParticipantCharge').amount(),
    squareOffFee: rates.field('squareOffFee').amount(),
  };
}

function readBrokerage(brokerage: ReferenceReader): PublishedBrokerage {
  const flat = brokerage.field('flat');
  if (flat.value !== undefined) return { flat: flat.amount() };
  const cap = brokerage.field('cap');
  return {
    percent: brokerage.field('percent').amount(),
    cap: cap.value === null ? null : cap.amount(),
  };
}

function readPercents(percents: ReferenceReader): TurnoverPercents {
  return {
    buyPercent: percents.field('buyPercent').amount(),
    sellPercent: percents.field('sellPercent').amount(),
  };
}

function overlapsOf(cards: readonly RateCard[]): ReferenceDataFailure[] {
  return cards.flatMap((card, index) =>
    cards.slice(0, index).flatMap((earlier) => {
      const apart =
        card.broker !== earlier.broker ||
        (card.validTo !== null && card.validTo < earlier.validFrom) ||
        (earlier.validTo !== null && earlier.validTo < card.validFrom);
      return apart
        ? []
        : [{ path: `[${index}]`, expected: `a period that does not overlap ${earlier.id}` }];
    }),
  );
}

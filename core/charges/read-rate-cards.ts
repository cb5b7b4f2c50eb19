import { dayNumberOfDate } from '../calendar/exchange-time.ts';
import type { Result } from '../result.ts';
import { fail, succeed } from '../result.ts';
import type { RateCard, SegmentRates, TurnoverPercents } from './rate-card.ts';

/** One thing wrong with a file of rate cards. */
export interface RateCardFailure {
  /** Where, e.g. `[2].rates[0].brokerage.percent`. */
  readonly path: string;
  /** What was expected there. */
  readonly expected: string;
}

/**
 * Reads rate cards from parsed JSON: a list of cards as in `data/reference/rate-cards.json`.
 * Fails with everything found wrong: missing or misshapen fields, periods of one broker that
 * overlap, an exchange and segment stated twice.
 */
export function readRateCards(json: unknown): Result<readonly RateCard[], RateCardFailure[]> {
  const failures: RateCardFailure[] = [];
  const reader = new Reader(json, '', failures);
  const cards = reader.items().map(readCard);
  if (failures.length === 0) failures.push(...overlapsOf(cards));
  return failures.length === 0 ? succeed(cards) : fail(failures);
}

/** A place in the parsed JSON; what is wrong there is noted and a harmless value goes on. */
class Reader {
  constructor(
    readonly value: unknown,
    readonly path: string,
    readonly failures: RateCardFailure[],
  ) {}

  refuse(expected: string): void {
    this.failures.push({ path: this.path, expected });
  }

  field(name: string): Reader {
    const holder = this.value;
    const value =
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
        ? (holder as Readonly<Record<string, unknown>>)[name]
        : undefined;
    const path = this.path === '' ? name : `${this.path}.${name}`;
    return new Reader(value, path, this.failures);
  }

  items(): Reader[] {
    if (Array.isArray(this.value) && this.value.length > 0) {
      return this.value.map(
        (item: unknown, index) => new Reader(item, `${this.path}[${index}]`, this.failures),
      );
    }
    this.refuse('a list that is not empty');
    return [];
  }

  text(): string {
    if (typeof this.value === 'string' && this.value.trim() !== '') return this.value;
    this.refuse('a text');
    return '';
  }

  amount(): string {
    if (typeof this.value === 'string' && /^\d+(\.\d+)?$/.test(this.value)) return this.value;
    this.refuse('a decimal as a string, not negative');
    return '0';
  }

  date(): string {
    if (typeof this.value === 'string' && dayNumberOfDate(this.value) !== null) return this.value;
    this.refuse('a date YYYY-MM-DD');
    return '1970-01-01';
  }

  oneOf<T extends string>(first: T, ...others: T[]): T {
    const found = [first, ...others].find((member) => member === this.value);
    if (found !== undefined) return found;
    this.refuse(`one of ${[first, ...others].join(', ')}`);
    return first;
  }
}

function readCard(card: Reader): RateCard {
  const validFrom = card.field('validFrom').date();
  const validTo = card.field('validTo');
  const lastDay = validTo.value === null ? null : validTo.date();
  if (lastDay !== null && lastDay < validFrom) validTo.refuse(`a date from ${validFrom} on`);
  return {
    id: card.field('id').text(),
    broker: card.field('broker').text(),
    validFrom,
    validTo: lastDay,
    source: card.field('source').text(),
    rates: readRates(card.field('rates')),
  };
}

function readRates(rates: Reader): SegmentRates[] {
  const seen = new Set<string>();
  return rates.items().map((item) => {
    const read = readSegmentRates(item);
    const key = `${read.exchange} ${read.segment}`;
    if (seen.has(key)) item.refuse(`${key} once only`);
    seen.add(key);
    return read;
  });
}

function readSegmentRates(rates: Reader): SegmentRates {
  const cap = rates.field('brokerage').field('cap');
  return {
    exchange: rates.field('exchange').oneOf('NSE', 'BSE'),
    segment: rates.field('segment').oneOf('EQUITY_INTRADAY', 'EQUITY_DELIVERY'),
    brokerage: {
      percent: rates.field('brokerage').field('percent').amount(),
      cap: cap.value === null ? null : cap.amount(),
    },
    securitiesTransactionTax: readPercents(rates.field('securitiesTransactionTax')),
    exchangeTransactionCharge: readPercents(rates.field('exchangeTransactionCharge')),
    sebiTurnoverFee: readPercents(rates.field('sebiTurnoverFee')),
    stampDuty: readPercents(rates.field('stampDuty')),
    goodsAndServicesTax: { percent: rates.field('goodsAndServicesTax').field('percent').amount() },
    depositoryParticipantCharge: rates.field('depositoryParticipantCharge').amount(),
  };
}

function readPercents(percents: Reader): TurnoverPercents {
  return {
    buyPercent: percents.field('buyPercent').amount(),
    sellPercent: percents.field('sellPercent').amount(),
  };
}

function overlapsOf(cards: readonly RateCard[]): RateCardFailure[] {
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

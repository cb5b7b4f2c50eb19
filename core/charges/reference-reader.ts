import { dayNumberOfDate } from '../calendar/exchange-time.ts';
import type { Dated } from './nearest-dated.ts';

/** One thing wrong with a file of reference data. */
export interface ReferenceDataFailure {
  /** Where, e.g. `[2].rates[0].brokerage.percent`. */
  readonly path: string;
  /** What was expected there. */
  readonly expected: string;
}

/**
 * A place in parsed JSON that is read field by field. What is misshapen is noted in `failures`,
 * which all places of one document share, and a harmless value goes on, so that one reading finds
 * everything that is wrong. What was read counts only if `failures` stayed empty.
 */
export class ReferenceReader {
  constructor(
    readonly value: unknown,
    readonly path = '',
    readonly failures: ReferenceDataFailure[] = [],
  ) {}

  /** Notes that something else was expected here. */
  refuse(expected: string): void {
    this.failures.push({ path: this.path, expected });
  }

  /** A field of the object here; a place without value if there is none. */
  field(name: string): ReferenceReader {
    const holder = this.value;
    const value =
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
        ? (holder as Readonly<Record<string, unknown>>)[name]
        : undefined;
    const path = this.path === '' ? name : `${this.path}.${name}`;
    return new ReferenceReader(value, path, this.failures);
  }

  /** The items of a list that is not empty. */
  items(): ReferenceReader[] {
    if (Array.isArray(this.value) && this.value.length > 0) {
      return this.value.map(
        (item: unknown, index) =>
          new ReferenceReader(item, `${this.path}[${index}]`, this.failures),
      );
    }
    this.refuse('a list that is not empty');
    return [];
  }

  /** A text that is not blank. */
  text(): string {
    if (typeof this.value === 'string' && this.value.trim() !== '') return this.value;
    this.refuse('a text');
    return '';
  }

  /** A decimal, not negative, kept as the string it is. */
  amount(): string {
    if (typeof this.value === 'string' && /^\d+(\.\d+)?$/.test(this.value)) return this.value;
    this.refuse('a decimal as a string, not negative');
    return '0';
  }

  /** A whole number from 1. */
  count(): number {
    if (typeof this.value === 'number' && Number.isInteger(this.value) && this.value > 0) {
      return this.value;
    }
    this.refuse('a whole number from 1');
    return 1;
  }

  /** True or false. */
  truth(): boolean {
    if (typeof this.value === 'boolean') return this.value;
    this.refuse('true or false');
    return false;
  }

  /** A date `YYYY-MM-DD`. */
  date(): string {
    if (typeof this.value === 'string' && dayNumberOfDate(this.value) !== null) return this.value;
    this.refuse('a date YYYY-MM-DD');
    return '1970-01-01';
  }

  /** The period in the fields `validFrom` and `validTo` of the object here. */
  period(): Dated {
    const validFrom = this.field('validFrom').date();
    const end = this.field('validTo');
    const validTo = end.value === null ? null : end.date();
    if (validTo !== null && validTo < validFrom) end.refuse(`a date from ${validFrom} on`);
    return { validFrom, validTo };
  }

  /** One of a closed set of texts. */
  oneOf<T extends string>(first: T, ...others: T[]): T {
    const members = [first, ...others];
    const found = members.find((member) => member === this.value);
    if (found !== undefined) return found;
    this.refuse(`one of ${members.join(', ')}`);
    return first;
  }
}

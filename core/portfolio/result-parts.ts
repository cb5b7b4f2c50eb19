import { Decimal } from 'decimal.js';
import { exchangeDateOf } from '../calendar/exchange-time.ts';
import type { Contribution } from '../metrics/attribution.ts';

/** Whose something is, and in which instrument: what results are told apart by. */
export interface Holding {
  /** A run, or the user by hand. */
  readonly owner: string;
  readonly instrument: string;
}

/** Something that changed what an owner holds, or cost or brought them money. Rupees, 2 decimals. */
export interface Movement extends Holding {
  /** Epoch ms of market time. */
  readonly time: number;
  /** Units that came, negative when they went. */
  readonly units: Decimal;
  /** Received, negative when paid; charges are not in it. */
  readonly cash: Decimal;
  readonly charges: Decimal;
  /** Round trips that ended with it. */
  readonly trades: number;
}

/** What the instruments were worth when the equity was written down. */
export interface MarkedInstant {
  /** Epoch ms of market time. */
  readonly time: number;
  /** By instrument. */
  readonly marks: ReadonlyMap<string, InstrumentMark>;
}

export interface InstrumentMark {
  /** Rupees of contract value, 2 decimals. */
  readonly value: Decimal;
  /** Rupees that one unit is worth. */
  readonly unitValue: Decimal;
}

/** What one owner made of one instrument between two instants. Rupees, 2 decimals. */
export interface ResultPart extends Holding, Contribution {
  /** Index of the instant up to which it counts. */
  readonly instant: number;
  /** Exchange day of that instant, `YYYY-MM-DD`. */
  readonly day: string;
}

/**
 * Takes a result apart: what came in less what went out, and the change of what is held at its marks.
 * Between two instants the parts sum, to the paisa, to the change of equity that is not money paid in or
 * out. An instrument's value is shared among its owners by their units, and rounding leaves nothing
 * over. Instants and movements are in the order of time; movements after the last instant do not count.
 */
export function resultPartsOf(
  instants: readonly MarkedInstant[],
  movements: readonly Movement[],
): ResultPart[] {
  const books = new Map<string, Book>();
  const parts: ResultPart[] = [];
  let next = 0;
  for (const [instant, { time, marks }] of instants.entries()) {
    for (let move = movements[next]; move !== undefined && move.time <= time;) {
      bookOf(books, move).take(move);
      next += 1;
      move = movements[next];
    }
    markBooks([...books.values()], marks);
    const day = exchangeDateOf(time);
    for (const book of books.values()) {
      const part = book.close();
      if (part !== null) parts.push({ ...part, instant, day });
    }
  }
  return parts;
}

const zero = new Decimal(0);

/** What one owner holds of one instrument. */
class Book {
  units = zero;
  value = zero;
  #valueBefore = zero;
  #cash = zero;
  #charges = zero;
  #trades = 0;

  constructor(readonly holding: Holding) {}

  take({ units, cash, charges, trades }: Movement): void {
    this.units = this.units.plus(units);
    this.#cash = this.#cash.plus(cash);
    this.#charges = this.#charges.plus(charges);
    this.#trades += trades;
  }

  /** What it made since the last time; null: nothing happened. */
  close(): (Holding & Contribution) | null {
    const grossPnl = this.#cash.plus(this.value).minus(this.#valueBefore);
    const part = { ...this.holding, grossPnl, charges: this.#charges, trades: this.#trades };
    this.#valueBefore = this.value;
    this.#cash = zero;
    this.#charges = zero;
    this.#trades = 0;
    return grossPnl.isZero() && part.charges.isZero() && part.trades === 0 ? null : part;
  }
}

function bookOf(books: Map<string, Book>, { owner, instrument }: Holding): Book {
  const key = `${owner} ${instrument}`;
  const known = books.get(key);
  if (known !== undefined) return known;
  const book = new Book({ owner, instrument });
  books.set(key, book);
  return book;
}

/** Gives each owner their part of what their instrument is worth. */
function markBooks(books: readonly Book[], marks: ReadonlyMap<string, InstrumentMark>): void {
  for (const book of books) book.value = zero;
  for (const [instrument, { value, unitValue }] of marks) {
    const holders = books.filter(
      ({ holding, units }) => holding.instrument === instrument && !units.isZero(),
    );
    const rounded = holders.map(({ units }) =>
      units.times(unitValue).toDecimalPlaces(2, Decimal.ROUND_HALF_UP),
    );
    // What rounding makes too much or too little is the first holder's, so that the sum is the mark.
    const left = value.minus(Decimal.sum(0, ...rounded));
    for (const [index, book] of holders.entries()) {
      const own = rounded[index] ?? zero;
      book.value = index === 0 ? own.plus(left) : own;
    }
  }
}

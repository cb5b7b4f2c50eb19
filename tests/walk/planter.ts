import { Decimal } from 'decimal.js';
import type pg from 'pg';
import type { Column } from './catalogue.ts';

/** A value for a column; a Buffer for bytes. */
export type Value =
  | null
  | string
  | number
  | boolean
  | Date
  | Decimal
  | Buffer
  | readonly Value[]
  | { readonly [key: string]: Value };

/** The columns of a row that a test says itself; the planter fills the others. */
export type Given = Readonly<Record<string, Value>>;

/**
 * Whose values are planted. The number tells people apart in every figure: amounts begin with it and
 * end with its paise, instants lie in a year of their own, texts carry the name.
 */
export interface Signature {
  readonly name: string;
  readonly number: number;
}

/** A planted value as an answer could show it, and the column it stands in: `Order.statusMessage`. */
export type Marks = Map<string, string>;

/**
 * Writes the rows of one person. Columns that are not given get an unmistakable value of their own,
 * nullable ones too, and each is remembered as a mark. Rows gather until `flush`.
 */
export class Planter {
  readonly marks: Marks = new Map();
  /** How many rows each table got. */
  readonly planted = new Map<string, number>();
  readonly #tables: ReadonlyMap<string, readonly Column[]>;
  readonly #signature: Signature;
  readonly #rows = new Map<string, Record<string, unknown>[]>();
  #count = 0;

  constructor(tables: ReadonlyMap<string, readonly Column[]>, signature: Signature) {
    this.#tables = tables;
    this.#signature = signature;
  }

  /** Remembers a value that no column holds as it is: a password, a token, a sealed text. */
  mark(text: string, origin: string): string {
    this.marks.set(text, origin);
    // A hash of a password is several words to whoever looks for it in an answer.
    const [longest = ''] = (text.match(/[A-Za-z0-9_-]+/g) ?? []).toSorted(
      (one, other) => other.length - one.length,
    );
    if (!/[\s{}]/.test(text) && longest.length >= 16) this.marks.set(longest, origin);
    return text;
  }

  /** An unmistakable text for a place. */
  text(origin: string): string {
    this.#count += 1;
    const place = origin.replace('.', '-');
    return this.mark(`PLANT-${this.#signature.name}-${place}-${this.#count}`, origin);
  }

  /** An unmistakable amount with two decimals; `millions` moves it out of the way of others. */
  amount(origin: string, millions = 0): Decimal {
    this.#count += 1;
    const { number } = this.#signature;
    const whole = (number + millions * 10) * 1_000_000 + this.#count;
    return this.#figure(new Decimal(whole).plus(number / 100).plus('0.1'), origin);
  }

  /** An unmistakable instant of the past, later than the one before. */
  instant(origin: string): Date {
    return this.#instant(2000, origin);
  }

  /** The same of the future, for what must not have ended. */
  future(origin: string): Date {
    return this.#instant(2040, origin);
  }

  #instant(century: number, origin: string): Date {
    this.#count += 1;
    const { number } = this.#signature;
    const at = new Date(Date.UTC(century + number, 0, 1, 0, this.#count, 10 + number));
    this.mark(at.toISOString(), origin);
    return at;
  }

  row(table: string, given: Given): void {
    const columns = this.#tables.get(table);
    if (columns === undefined) throw new Error(`there is no table ${table}`);
    const unknown = Object.keys(given).filter((name) => !columns.some((one) => one.name === name));
    if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(', ')}`);
    const row: Record<string, unknown> = {};
    for (const column of columns) {
      const value = column.name in given ? given[column.name] : this.#valueOf(column);
      if (value !== undefined) row[column.name] = asJson(value, column);
      if (column.name in given) this.#markGiven(value, `${table}.${column.name}`);
    }
    this.#rows.set(table, [...(this.#rows.get(table) ?? []), row]);
    this.planted.set(table, (this.planted.get(table) ?? 0) + 1);
  }

  /** Writes what gathered, one statement a table, in the order the tables were first named. */
  async flush(pool: pg.Pool): Promise<void> {
    const client = await pool.connect();
    await client.query('BEGIN');
    for (const [table, rows] of this.#rows) {
      const names = Object.keys(rows[0] ?? {})
        .map((name) => `"${name}"`)
        .join(', ');
      await client.query(
        `INSERT INTO "${table}" (${names})
         SELECT ${names} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb)`,
        [JSON.stringify(rows)],
      );
    }
    await client.query('COMMIT');
    client.release();
    this.#rows.clear();
  }

  /** Bytes, remembered in the spellings in which bytes travel. */
  #bytes(origin: string): Buffer {
    const bytes = Buffer.from(this.text(origin));
    for (const spelling of ['base64', 'base64url', 'hex'] as const) {
      this.mark(bytes.toString(spelling), origin);
    }
    return bytes;
  }

  #figure(value: Decimal, origin: string): Decimal {
    for (const text of [value.toFixed(), value.toFixed(2), value.toFixed(4)]) {
      this.mark(text, origin);
    }
    return value;
  }

  #markGiven(value: Value | undefined, origin: string): void {
    if (value instanceof Date) this.mark(value.toISOString(), origin);
    else if (value instanceof Decimal) this.#figure(value, origin);
    else if (typeof value === 'string' && !/^[A-Z_]*$|^.{0,11}$/.test(value)) {
      this.mark(value, origin);
    }
  }

  #valueOf({ table, name, type, scale, precision, hasDefault }: Column): Value | undefined {
    const origin = `${table}.${name}`;
    switch (type) {
      case 'text':
        return this.text(origin);
      case 'timestamptz':
        return this.instant(origin);
      case 'int4':
      case 'int8':
        return Number(this.mark(this.amount(origin).toFixed(0), origin));
      case 'numeric':
        if ((precision ?? 0) - (scale ?? 0) < 8) throw new Error(`${origin}: say its value`);
        return scale === 0 ? this.amount(origin).floor() : this.amount(origin);
      case 'jsonb':
        return { planted: this.text(origin) };
      case 'bytea':
        return this.#bytes(origin);
      case 'bool':
        return false;
      default:
        if (hasDefault) return undefined;
        throw new Error(`${origin} of type ${type}: say its value`);
    }
  }
}

/** A value as jsonb_populate_recordset reads it. */
function asJson(value: Value, { type }: Column): unknown {
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (value instanceof Date) {
    return type === 'date' ? value.toISOString().slice(0, 10) : value.toISOString();
  }
  return Decimal.isDecimal(value) ? value.toFixed() : value;
}

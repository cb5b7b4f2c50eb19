import { Decimal as DecimalNumber } from 'decimal.js';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { badInputError } from '../errors/graphql-errors.ts';

interface TextScalar<Value> {
  readonly name: string;
  readonly description: string;
  readonly write: (value: unknown) => string;
  /** Null where the text is no such value. */
  readonly read: (text: string) => Value | null;
}

/** A scalar that travels as a string, in and out. */
function textScalar<Value>({ name, description, write, read }: TextScalar<Value>) {
  const parse = (text: unknown): Value => {
    const value = typeof text === 'string' ? read(text) : null;
    if (value === null) throw badInputError(`${JSON.stringify(text)} is no ${name}.`);
    return value;
  };
  return new GraphQLScalarType<Value, string>({
    name,
    description,
    serialize: write,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => {
      if (node.kind === Kind.STRING) return parse(node.value);
      throw new GraphQLError(`${name} is written as a string.`, {
        nodes: node,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    },
  });
}

const dateTimeText =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** An instant; a `Date` on our side. */
export const DateTime = textScalar<Date>({
  name: 'DateTime',
  description:
    'An instant as RFC 3339 with an offset, e.g. `2019-07-09T09:15:00+05:30`; answered in UTC with milliseconds.',
  write: (value) => {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError('a DateTime is made of a Date');
  },
  read: (text) => {
    if (!dateTimeText.test(text)) return null;
    const date = new Date(text);
    if (Number.isNaN(date.getTime())) return null;
    // The engine rolls 30 February over into March; only a day that survives the way back exists.
    const day = text.slice(0, 10);
    return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? date : null;
  },
});

const decimalText = /^-?\d{1,20}(\.\d{1,20})?$/;

interface DecimalForm {
  readonly name: string;
  readonly description: string;
  /** Digits after the point that are always written; null: as many as there are. */
  readonly writes: number | null;
  /** Digits before and after the point that are taken: what its column in the database holds. */
  readonly takes: readonly [before: number, after: number];
}

/** Digits after the point of a figure that was computed in float64. */
const floatDigits = 8;

function decimalScalar({ name, description, writes, takes }: DecimalForm) {
  return textScalar<DecimalNumber>({
    name,
    description,
    write: (value) => {
      if (!DecimalNumber.isDecimal(value) && typeof value !== 'number') {
        throw new TypeError(`a ${name} is made of a decimal or a number`);
      }
      const decimal = new DecimalNumber(value);
      if (!decimal.isFinite()) throw new RangeError(`${decimal.toString()} is no ${name}`);
      if (writes !== null) return decimal.toFixed(writes, DecimalNumber.ROUND_HALF_UP);
      // A float64 carries noise of its way of computation; two equal figures must read the same.
      return (typeof value === 'number' ? decimal.toDecimalPlaces(floatDigits) : decimal).toFixed();
    },
    read: (text) => {
      if (!decimalText.test(text)) return null;
      const decimal = new DecimalNumber(text);
      const [before, after] = takes;
      const fits = decimal.decimalPlaces() <= after && decimal.abs().lessThan(`1e${before}`);
      return fits ? decimal : null;
    },
  });
}

export const Money = decimalScalar({
  name: 'Money',
  description: 'Rupees with exactly 2 decimals, as a string: `-1234.50`.',
  writes: 2,
  takes: [18, 2],
});

export const Price = decimalScalar({
  name: 'Price',
  description:
    'Rupees per unit, or index points, with exactly 4 decimals, as a string: `161.0500`.',
  writes: 4,
  takes: [16, 4],
});

export const Decimal = decimalScalar({
  name: 'Decimal',
  description: 'A decimal number as a string, with as many decimals as it has: `0.5`.',
  writes: null,
  takes: [20, 20],
});

export const Quantity = decimalScalar({
  name: 'Quantity',
  description: 'Units of an instrument as a decimal string: `620`.',
  writes: null,
  takes: [14, 6],
});

const countText = /^\d{1,19}$/;

/** A whole number of 64 bits; a `bigint` on our side. */
export const Count = textScalar<bigint>({
  name: 'Count',
  description: 'A whole number from 0 to 9223372036854775807, always as a string: `42`.',
  write: (value) => {
    if (typeof value === 'bigint') return value.toString();
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    if (DecimalNumber.isDecimal(value) && value.isInteger()) return value.toFixed();
    throw new TypeError('a Count is made of a whole number');
  },
  read: (text) => {
    const value = countText.test(text) ? BigInt(text) : null;
    return value !== null && value <= 9_223_372_036_854_775_807n ? value : null;
  },
});

/** A place in a list; its inside is relay/cursor.ts's business. */
export const Cursor = textScalar<string>({
  name: 'Cursor',
  description: 'A place in a list. Opaque: take it from an edge or a page, pass it as `after`.',
  write: String,
  read: (text) => (text.length <= 200 ? text : null),
});

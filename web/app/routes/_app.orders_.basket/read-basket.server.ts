import { amount, checked, oneOf, text, texts, wholeNumber } from '../../form.server.ts';
import type { OrderInput, PlaceBasketInput } from '../../generated/graphql.ts';
import { protectionOf } from '../_app.orders/read-order.server.ts';

/** The basket that the form asks for, and which row of the form each of its legs was. */
export function basketOf(form: FormData): {
  readonly input: PlaceBasketInput;
  readonly rows: readonly string[];
} {
  // A row without a quantity asks for nothing.
  const rows = texts(form, 'row').filter((row) => text(form, `${row}.quantity`) !== '');
  return {
    rows,
    input: {
      idempotencyKey: text(form, 'idempotencyKey'),
      portfolioId: text(form, 'portfolioId'),
      legs: rows.map((row) => legOf(form, row)),
    },
  };
}

function legOf(form: FormData, row: string): OrderInput {
  const type = oneOf(form, `${row}.type`, ['MARKET', 'LIMIT'] as const, 'MARKET');
  const variety = oneOf(form, `${row}.variety`, ['REGULAR', 'AMO', 'ICEBERG'] as const, 'REGULAR');
  return {
    instrumentId: text(form, `${row}.instrumentId`),
    side: oneOf(form, `${row}.side`, ['BUY', 'SELL'] as const, 'BUY'),
    type,
    product: oneOf(form, `${row}.product`, ['MIS', 'CNC', 'NRML'] as const, 'MIS'),
    quantity: text(form, `${row}.quantity`).replaceAll(',', ''),
    price: type === 'LIMIT' ? amount(form, `${row}.price`) || undefined : undefined,
    autoSlice: checked(form, `${row}.autoSlice`),
    reduceOnly: checked(form, `${row}.reduceOnly`),
    variety,
    icebergLegs: variety === 'ICEBERG' ? wholeNumber(form, `${row}.icebergLegs`) : undefined,
    marketProtectionPercent: protectionOf(form, type, `${row}.marketProtectionPercent`),
  };
}

/** A leg's field as the API names it, by the row of the form that it came from. */
export function rowFieldOf(field: string | undefined, rows: readonly string[]): string | undefined {
  const found = /^legs\.(\d+)\.(\w+)$/.exec(field ?? '');
  const row = rows[Number(found?.[1] ?? NaN)];
  return row === undefined ? field : `${row}.${found?.[2] ?? ''}`;
}

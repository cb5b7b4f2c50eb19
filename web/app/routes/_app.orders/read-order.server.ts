import type { FormFailure } from '../../form-failure.ts';
import { amount, checked, oneOf, optionalText, text, wholeNumber } from '../../form.server.ts';
import type { OrderType, PlaceBracketInput, PlaceOrderInput } from '../../generated/graphql.ts';

/** How an order can be priced, and how long it can work, as the forms offer it. */
export const orderTypes = ['MARKET', 'LIMIT', 'SL', 'SL_M'] as const;
export const validities = ['DAY', 'IOC', 'TTL'] as const;

const varieties = ['REGULAR', 'AMO', 'CO', 'ICEBERG'] as const;

/** Percent as people type it; undefined where the type has no protection or none was given. */
export function protectionOf(
  form: FormData,
  type: OrderType,
  name = 'marketProtectionPercent',
): string | undefined {
  if (type === 'LIMIT' || type === 'SL') return undefined;
  return optionalText(form, name)?.replace(/[%\s]/g, '');
}

/** The order that the form asks for: of its fields, those that its type and validity have. */
export function orderOf(form: FormData): PlaceOrderInput {
  const type = oneOf(form, 'type', orderTypes, 'MARKET');
  const validity = oneOf(form, 'validity', validities, 'DAY');
  const variety = oneOf(form, 'variety', varieties, 'REGULAR');
  const given = (name: string) => (text(form, name) === '' ? undefined : amount(form, name));
  const wakes = type === 'SL' || type === 'SL_M' ? given('triggerPrice') : undefined;
  return {
    idempotencyKey: text(form, 'idempotencyKey'),
    portfolioId: text(form, 'portfolioId'),
    instrumentId: text(form, 'instrumentId'),
    side: oneOf(form, 'side', ['BUY', 'SELL'] as const, 'BUY'),
    type,
    product: oneOf(form, 'product', ['MIS', 'CNC'] as const, 'MIS'),
    quantity: text(form, 'quantity').replaceAll(',', ''),
    autoSlice: checked(form, 'autoSlice'),
    price: type === 'LIMIT' || type === 'SL' ? given('price') : undefined,
    variety,
    // Of a cover order it is the trigger of its stop.
    triggerPrice: variety === 'CO' ? given('coverTrigger') : wakes,
    validity,
    validityMinutes: validity === 'TTL' ? wholeNumber(form, 'validityMinutes') : undefined,
    // The book shows an iceberg by its legs; its field is hidden then.
    disclosedQuantity:
      variety === 'ICEBERG'
        ? undefined
        : optionalText(form, 'disclosedQuantity')?.replaceAll(',', ''),
    icebergLegs: variety === 'ICEBERG' ? wholeNumber(form, 'icebergLegs') : undefined,
    marketProtectionPercent: protectionOf(form, type),
    reduceOnly: checked(form, 'reduceOnly'),
    tag: optionalText(form, 'tag'),
  };
}

/** The bracket that the form asks for: its order with a stop, and perhaps a target. Null: it has none. */
export function bracketOf(form: FormData, order: PlaceOrderInput): PlaceBracketInput | null {
  const given = (name: string) => (text(form, name) === '' ? undefined : amount(form, name));
  const [stopPrice, targetPrice] = [given('stopPrice'), given('targetPrice')];
  if (stopPrice === undefined && targetPrice === undefined) return null;
  const { idempotencyKey, portfolioId, instrumentId, side, product, quantity } = order;
  const { type = 'MARKET', price, triggerPrice } = order;
  return {
    ...{ idempotencyKey, portfolioId, instrumentId, side, product, quantity },
    ...{ type, price, triggerPrice, targetPrice },
    // A target alone is no bracket; the answer says so beside the field.
    stopPrice: stopPrice ?? '0.00',
  };
}

/** What the form asks of an order that the entry of a bracket cannot be; null: nothing. */
export function misfitOfBracket({
  variety,
  validity,
  disclosedQuantity,
  marketProtectionPercent,
  reduceOnly,
  tag,
}: PlaceOrderInput): FormFailure | null {
  if (variety === 'CO') {
    return { field: 'variety', message: 'A cover order has its stop already and no target.' };
  }
  if (variety !== 'REGULAR') {
    return { field: 'variety', message: 'The entry of a bracket is a regular order.' };
  }
  if (reduceOnly === true) {
    return { field: 'reduceOnly', message: 'A bracket enters; an order that only reduces leaves.' };
  }
  if (validity !== 'DAY') {
    return { field: 'validity', message: 'The entry of a bracket is a day order.' };
  }
  if (disclosedQuantity !== undefined) {
    return { field: 'disclosedQuantity', message: 'The entry of a bracket is shown whole.' };
  }
  if (marketProtectionPercent !== undefined) {
    const message = 'The entry of a bracket is protected by the broker’s table.';
    return { field: 'marketProtectionPercent', message };
  }
  return tag === undefined ? null : { field: 'tag', message: 'A bracket bears no tag.' };
}

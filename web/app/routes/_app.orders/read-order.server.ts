import type { FormFailure } from '../../form-failure.ts';
import { amount, checked, oneOf, optionalText, text, wholeNumber } from '../../form.server.ts';
import type { PlaceBracketInput, PlaceOrderInput } from '../../generated/graphql.ts';

/** The order that the form asks for: of its fields, those that its type and validity have. */
export function orderOf(form: FormData): PlaceOrderInput {
  const type = oneOf(form, 'type', ['MARKET', 'LIMIT', 'SL', 'SL_M'] as const, 'MARKET');
  const validity = oneOf(form, 'validity', ['DAY', 'IOC', 'TTL'] as const, 'DAY');
  const given = (name: string) => (text(form, name) === '' ? undefined : amount(form, name));
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
    triggerPrice: type === 'SL' || type === 'SL_M' ? given('triggerPrice') : undefined,
    validity,
    validityMinutes: validity === 'TTL' ? wholeNumber(form, 'validityMinutes') : undefined,
    disclosedQuantity: optionalText(form, 'disclosedQuantity')?.replaceAll(',', ''),
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
  validity,
  disclosedQuantity,
  tag,
}: PlaceOrderInput): FormFailure | null {
  if (validity !== 'DAY') {
    return { field: 'validity', message: 'The entry of a bracket is a day order.' };
  }
  if (disclosedQuantity !== undefined) {
    return { field: 'disclosedQuantity', message: 'The entry of a bracket is shown whole.' };
  }
  return tag === undefined ? null : { field: 'tag', message: 'A bracket bears no tag.' };
}

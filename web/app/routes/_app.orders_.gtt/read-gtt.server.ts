import { amount, oneOf, text } from '../../form.server.ts';
import type { GttInput, GttLegInput } from '../../generated/graphql.ts';

/** The GTT that the form asks for: one trigger, or two. */
export function gttOf(form: FormData): GttInput {
  return {
    portfolioId: text(form, 'portfolioId'),
    instrumentId: text(form, 'instrumentId'),
    side: oneOf(form, 'side', ['BUY', 'SELL'] as const, 'SELL'),
    product: oneOf(form, 'product', ['CNC', 'NRML'] as const, 'CNC'),
    legs: legsOf(form, legNames(form)),
  };
}

/** The triggers whose fields stand under these names. */
export function legsOf(form: FormData, legs: readonly string[]): GttLegInput[] {
  return legs.map((leg) => ({
    triggerPrice: amount(form, `${leg}.triggerPrice`) || '0.00',
    price: amount(form, `${leg}.price`) || '0.00',
    quantity: text(form, `${leg}.quantity`).replaceAll(',', '') || '0',
  }));
}

/** Whether a trigger or a limit was not typed yet, so that nothing can be said. */
export function isBlank(form: FormData): boolean {
  return legNames(form).some((leg) =>
    ['triggerPrice', 'price'].some((field) => text(form, `${leg}.${field}`) === ''),
  );
}

function legNames(form: FormData): readonly string[] {
  return oneOf(form, 'kind', ['SINGLE', 'OCO'] as const, 'SINGLE') === 'OCO' ? ['1', '2'] : ['1'];
}

import type { DenialCode } from '../generated/graphql.ts';

/** The input field that a refused term stands in. Codes that are about the whole order have none. */
const fields: Readonly<Partial<Record<DenialCode, string>>> = {
  DISCLOSED_QUANTITY: 'disclosedQuantity',
  DISCLOSED_LOT_SIZE: 'disclosedQuantity',
  DISCLOSED_NOT_OF_INSTRUMENT: 'disclosedQuantity',
  ICEBERG_LEGS: 'icebergLegs',
  ICEBERG_LEG_LOT_SIZE: 'icebergLegs',
  STOP_LEG_PRICE: 'triggerPrice',
  TRIGGER_PRICE_PASSED: 'triggerPrice',
  STOP_LIMIT_PRICE: 'price',
  AFTER_MARKET_HOURS: 'variety',
  NOT_REDUCING: 'reduceOnly',
};

/** A refusal with the field that it is about, where it is about one. */
export function withDeniedField<Result extends object>(
  result: Result & { readonly code?: DenialCode },
): Result & { readonly field?: string } {
  const field = result.code === undefined ? undefined : fields[result.code];
  return field === undefined ? result : { ...result, field };
}

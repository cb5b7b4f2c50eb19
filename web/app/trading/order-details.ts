import { formatDecimal, formatQuantity } from '../format/money.ts';
import type { OrderRowFragment } from '../generated/graphql.ts';
import { orderTypeNames } from './order-type-names.ts';

const varietyNames = { AMO: 'After market (AMO)', CO: 'Cover order (CO)' } as const;

/** What is unlike most orders in this one, a few words each; none for a plain order. */
export function orderDetails(
  order: Pick<
    OrderRowFragment,
    | 'variety'
    | 'icebergLegs'
    | 'validityMinutes'
    | 'disclosedQuantity'
    | 'marketProtectionPercent'
    | 'triggered'
    | 'reduceOnly'
    | 'modificationCount'
    | 'requestedTerms'
    | Exclude<keyof RequestedTerms, '__typename'>
  >,
): readonly string[] {
  const { variety, modificationCount: changes } = order;
  return [
    variety === 'ICEBERG' && `Iceberg of ${order.icebergLegs ?? '?'} legs`,
    (variety === 'AMO' || variety === 'CO') && varietyNames[variety],
    order.validityMinutes != null && `for ${order.validityMinutes} minutes`,
    order.disclosedQuantity != null && `shows ${formatQuantity(order.disclosedQuantity)}`,
    order.marketProtectionPercent != null && `protection ${order.marketProtectionPercent}%`,
    order.triggered && 'triggered',
    order.reduceOnly && 'only reduces',
    changes > 0 && (changes === 1 ? 'changed once' : `changed ${changes} times`),
    ...(order.requestedTerms ? [`asked for ${askedWords(order, order.requestedTerms)}`] : []),
  ].filter((word) => word !== false);
}

type RequestedTerms = NonNullable<OrderRowFragment['requestedTerms']>;

/** Of the terms that the broker was asked for and has not answered about, those that are others. */
function askedWords(
  order: Pick<OrderRowFragment, Exclude<keyof RequestedTerms, '__typename'>>,
  asked: RequestedTerms,
): string {
  const price = (value: string | null | undefined) =>
    value == null ? 'none' : formatDecimal(value);
  const units = (value: string | null | undefined) =>
    value == null ? 'all' : formatQuantity(value);
  const minutes = asked.validityMinutes == null ? '' : ` ${asked.validityMinutes} minutes`;
  const percent = asked.marketProtectionPercent;
  const words = [
    asked.type !== order.type && orderTypeNames[asked.type],
    asked.quantity !== order.quantity && `quantity ${units(asked.quantity)}`,
    asked.price !== order.price && `price ${price(asked.price)}`,
    asked.triggerPrice !== order.triggerPrice && `trigger ${price(asked.triggerPrice)}`,
    (asked.validity !== order.validity || asked.validityMinutes !== order.validityMinutes) &&
      `${asked.validity}${minutes}`,
    asked.disclosedQuantity !== order.disclosedQuantity &&
      `shows ${units(asked.disclosedQuantity)}`,
    percent !== order.marketProtectionPercent &&
      (percent == null ? 'the broker’s protection' : `protection ${percent}%`),
  ];
  return words.filter((word) => word !== false).join(', ') || 'the same';
}

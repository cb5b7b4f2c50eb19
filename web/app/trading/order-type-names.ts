import type { OrderType } from '../generated/graphql.ts';

/** How a type of order is called on a screen. */
export const orderTypeNames: Readonly<Record<OrderType, string>> = {
  MARKET: 'Market',
  LIMIT: 'Limit',
  SL: 'SL',
  SL_M: 'SL-M',
};

import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import type { Exposure } from '@nandax/core/risk/decide-order.ts';
import {
  divideOrders,
  orderMarginsOf,
  type MarginRateFor,
  type TradingPlace,
} from '@nandax/core/risk/order-margins.ts';
import { Decimal } from 'decimal.js';
import type { AccountState } from './read-account.ts';

const zero = new Decimal(0);

/**
 * The account's exposure as the risk door reads it, for an order at `place`, with `chargesDue` rupees of
 * charges to come. Exits of protections
 * make room for all others, so that nobody has to take a stop back before leaving; they themselves
 * (`protective`) count all.
 */
export function exposureOf(
  account: AccountState,
  place: TradingPlace,
  rateFor: MarginRateFor,
  chargesDue: Decimal,
  protective = false,
): Exposure {
  const { positions, cash, stops } = account;
  const working = protective ? [...account.working, ...stops] : account.working;
  const here = positions.find((position) => isAt(position, place));
  const exits = divideOrders(positions, working).filter(({ order }) => isAt(order, place));
  const held = orderMarginsOf(account, rateFor).map(({ margin }) => margin);
  return {
    netQuantity: here === undefined ? zero : netQuantityOf(here),
    pendingExitQuantity: Decimal.sum(zero, ...exits.map(({ exiting }) => exiting)),
    availableMargin: cash.minus(chargesDue).minus(Decimal.sum(zero, ...held)),
  };
}

function isAt(row: TradingPlace, place: TradingPlace): boolean {
  return row.instrumentId === place.instrumentId && row.product === place.product;
}

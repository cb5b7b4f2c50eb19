import { Decimal } from 'decimal.js';
import {
  orderMarginsOf,
  type MarginRateFor,
  type OrderMargin as MarginOf,
} from '@nandax/core/risk/order-margins.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { AccountState } from '../risk/read-account.ts';

/** What a working order of ours holds. */
export type OrderMargin = MarginOf<OrderRecord>;

/** What a portfolio may still spend, and what holds the rest; rupees. */
export interface Funds {
  /** At hand: the balance of the ledger's CASH, which blocked margins have left. */
  readonly cash: Decimal;
  /** Blocked for positions: the balance of the ledger's MARGIN. */
  readonly marginUsed: Decimal;
  /** Held for working orders, which posts nothing. */
  readonly marginHeld: Decimal;
  /** Held for charges to come: of fills without a contract note, and of working orders. */
  readonly chargesHeld: Decimal;
  /** Free for new positions: `cash` less what orders and charges to come hold. */
  readonly available: Decimal;
  /** From pledged holdings, which are not offered: always 0. */
  readonly collateral: Decimal;
  /** The working orders that hold margin, oldest first. */
  readonly orders: readonly OrderMargin[];
}

/** The funds of an account with `chargesHeld` rupees of charges to come. */
export function fundsOf(
  account: AccountState,
  rateFor: MarginRateFor,
  chargesHeld: Decimal,
): Funds {
  const zero = new Decimal(0);
  const orders = orderMarginsOf(account, rateFor);
  const marginUsed = Decimal.sum(zero, ...account.positions.map(({ margin }) => margin));
  const marginHeld = Decimal.sum(zero, ...orders.map(({ margin }) => margin));
  return {
    cash: account.cash,
    marginUsed,
    marginHeld,
    chargesHeld,
    available: account.cash.minus(marginHeld).minus(chargesHeld),
    collateral: zero,
    orders,
  };
}

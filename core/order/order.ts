import { Decimal } from 'decimal.js';
import type { OrderType, Product, Side, Validity, Variety } from './order-terms.ts';
import type { OrderStatus } from './status.ts';

/** The terms that a working order can change: what a modification asks for, whole. */
export interface ChangeableTerms {
  readonly type: OrderType;
  readonly validity: Validity;
  /** Minutes that a TTL order works; null otherwise. */
  readonly validityMinutes: number | null;
  /** Units, positive; in all, with what has executed. */
  readonly quantity: Decimal;
  /** Limit in rupees of LIMIT and SL orders; null for MARKET and SL_M. */
  readonly price: Decimal | null;
  /** Rupees at which SL and SL_M orders wake; null for MARKET and LIMIT. */
  readonly triggerPrice: Decimal | null;
  /** Units shown in the exchange's book; null shows them all. */
  readonly disclosedQuantity: Decimal | null;
  /**
   * Percent of the last price, above 0, within which MARKET and SL_M orders may execute; null leaves
   * the band to the broker's own table.
   */
  readonly marketProtectionPercent: Decimal | null;
}

/** What was asked for; a modification that the broker confirmed changes it. */
export interface OrderTerms extends ChangeableTerms {
  /** Minted by us before anything is sent; the broker's tag. */
  readonly clientOrderId: string;
  readonly side: Side;
  readonly product: Product;
  readonly variety: Variety;
  /** Legs of an ICEBERG order; null otherwise. */
  readonly icebergLegs: number | null;
  /** A mark of the user's own; it does not leave this platform. */
  readonly tag: string | null;
}

/** The terms of an order that has no id yet. */
export type AskedTerms = Omit<OrderTerms, 'clientOrderId'>;

/** The terms alone, of something that carries more. */
export function termsOf(input: AskedTerms): AskedTerms {
  const { side, type, product, variety, validity, validityMinutes, quantity, price } = input;
  const { triggerPrice, disclosedQuantity, marketProtectionPercent, icebergLegs, tag } = input;
  return {
    side,
    type,
    product,
    variety,
    validity,
    validityMinutes,
    quantity,
    price,
    triggerPrice,
    disclosedQuantity,
    marketProtectionPercent,
    icebergLegs,
    tag,
  };
}

/** The terms of a plain order: regular, for the day, nothing hidden, the broker's own protection. */
export const plainTerms = {
  variety: 'REGULAR',
  validity: 'DAY',
  validityMinutes: null,
  price: null,
  triggerPrice: null,
  disclosedQuantity: null,
  marketProtectionPercent: null,
  icebergLegs: null,
  tag: null,
} as const satisfies Partial<OrderTerms>;

/** A part of an order that traded. */
export interface Execution {
  /** The broker's id of the trade; an execution counts once. */
  readonly tradeId: string;
  /** Units, positive. */
  readonly quantity: Decimal;
  /** Rupees a unit, positive. */
  readonly price: Decimal;
  /** Epoch milliseconds of the exchange. */
  readonly time: number;
}

/** An order as it stands: its terms and the fold of every event so far. */
export interface Order extends OrderTerms {
  /** The broker's id; null until it is known. */
  readonly brokerOrderId: string | null;
  readonly status: OrderStatus;
  /** Units executed: the sum over `executions`. */
  readonly filledQuantity: Decimal;
  /** Average rupees a unit over `executions`; null before the first. */
  readonly averagePrice: Decimal | null;
  /** Why it was denied, rejected or not placed, or its last change refused; null otherwise. */
  readonly reason: string | null;
  /** Whether the trigger price of an SL or SL_M order has traded. */
  readonly triggered: boolean;
  /** The change that the broker was asked for and has not answered; null: none is under way. */
  readonly requestedTerms: ChangeableTerms | null;
  /** Changes the broker was asked for; Kite takes 25, then cancel and place anew (domain 1.4). */
  readonly modificationCount: number;
  /** Revision of the terms as the broker counts them: its words with a lower one are old. */
  readonly termsRevision: number;
  /** By trade id, in the order they became known. */
  readonly executions: ReadonlyMap<string, Execution>;
}

/** A new order in INITIALIZED. */
export function initializeOrder(terms: OrderTerms): Order {
  return {
    ...terms,
    brokerOrderId: null,
    status: 'INITIALIZED',
    filledQuantity: new Decimal(0),
    averagePrice: null,
    reason: null,
    triggered: false,
    requestedTerms: null,
    modificationCount: 0,
    termsRevision: 0,
    executions: new Map(),
  };
}

/** Whether two sets of terms ask for the same; amounts are compared by value. */
export function sameTerms(one: ChangeableTerms, other: ChangeableTerms): boolean {
  return (
    one.type === other.type &&
    one.validity === other.validity &&
    one.validityMinutes === other.validityMinutes &&
    one.quantity.equals(other.quantity) &&
    sameAmount(one.price, other.price) &&
    sameAmount(one.triggerPrice, other.triggerPrice) &&
    sameAmount(one.disclosedQuantity, other.disclosedQuantity) &&
    sameAmount(one.marketProtectionPercent, other.marketProtectionPercent)
  );
}

function sameAmount(one: Decimal | null, other: Decimal | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

/** The terms of an order that a change would replace. */
export function changeableTermsOf(order: ChangeableTerms): ChangeableTerms {
  return {
    type: order.type,
    validity: order.validity,
    validityMinutes: order.validityMinutes,
    quantity: order.quantity,
    price: order.price,
    triggerPrice: order.triggerPrice,
    disclosedQuantity: order.disclosedQuantity,
    marketProtectionPercent: order.marketProtectionPercent,
  };
}

/** Units that may still execute if the order works on; a larger quantity that was asked for counts. */
export function unfilledQuantityOf({
  quantity,
  requestedTerms,
  filledQuantity,
}: Pick<Order, 'quantity' | 'requestedTerms' | 'filledQuantity'>): Decimal {
  return Decimal.max(quantity, requestedTerms?.quantity ?? quantity).minus(filledQuantity);
}

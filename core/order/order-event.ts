import type { ChangeableTerms, Execution } from './order.ts';

/** Everything that can happen to an order after it was initialized; closed. */
export type OrderEvent =
  /** We refused it before it was sent. */
  | { readonly type: 'DENIED'; readonly reason: string }
  /** It is about to be sent; recorded first, so that a crash in between never sends twice. */
  | { readonly type: 'SUBMITTED' }
  /** The broker has it. */
  | { readonly type: 'ACCEPTED'; readonly brokerOrderId: string }
  /** Some of it traded. */
  | ({ readonly type: 'EXECUTED' } & Execution)
  /** The broker or the exchange refused it. */
  | { readonly type: 'REJECTED'; readonly reason: string }
  /** The trigger price of an SL or SL_M order traded; it works in the book now. */
  | { readonly type: 'TRIGGERED' }
  /** We asked the broker to change it. */
  | { readonly type: 'MODIFY_REQUESTED'; readonly terms: ChangeableTerms }
  /**
   * These are its terms now, by our request or by another hand at the broker; `revision` rises with
   * each change there.
   */
  | { readonly type: 'MODIFIED'; readonly terms: ChangeableTerms; readonly revision: number }
  /** The change was refused; it works on as it was. */
  | { readonly type: 'MODIFY_REJECTED'; readonly reason: string }
  /** We asked the broker to take the rest back. */
  | { readonly type: 'CANCEL_REQUESTED' }
  /** The rest was taken back. */
  | { readonly type: 'CANCELLED' }
  /** Taking it back was refused; it works on. */
  | { readonly type: 'CANCEL_REJECTED'; readonly reason: string }
  /** The rest lapsed with the order's validity. */
  | { readonly type: 'EXPIRED' }
  /** The broker did not answer the call in time. */
  | { readonly type: 'TIMED_OUT' }
  /** The broker provably did not get the call; it may be sent again. */
  | { readonly type: 'NOT_TAKEN' }
  /** Repeated successful reads of the broker's books do not show it. */
  | { readonly type: 'NOT_FOUND'; readonly reason: string };

/** The kind of an order event. */
export type OrderEventType = OrderEvent['type'];

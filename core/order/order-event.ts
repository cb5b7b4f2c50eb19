import type { Execution } from './order.ts';

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
  /** We asked the broker to take the rest back. */
  | { readonly type: 'CANCEL_REQUESTED' }
  /** The rest was taken back. */
  | { readonly type: 'CANCELLED' }
  /** The rest lapsed with the order's validity. */
  | { readonly type: 'EXPIRED' }
  /** The broker did not answer the call in time. */
  | { readonly type: 'TIMED_OUT' }
  /** Repeated successful reads of the broker's books do not show it. */
  | { readonly type: 'NOT_FOUND' };

/** The kind of an order event. */
export type OrderEventType = OrderEvent['type'];

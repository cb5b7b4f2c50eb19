import { Decimal } from 'decimal.js';
import type { Result } from '../result.ts';
import { fail, succeed } from '../result.ts';
import { sameTerms, type ChangeableTerms, type Execution, type Order } from './order.ts';
import { isStop } from './order-terms.ts';
import type { OrderEvent, OrderEventType } from './order-event.ts';
import { isClosed, type OrderStatus } from './status.ts';

/** Why an event could not be taken; the order stays as it was. */
export type TransitionFailure =
  /** The event has no place in this status. */
  | {
      readonly code: 'UNLISTED_TRANSITION';
      readonly status: OrderStatus;
      readonly event: OrderEventType;
    }
  /** The broker names an id other than the one it gave before. */
  | {
      readonly code: 'BROKER_ORDER_ID_CHANGED';
      readonly known: string;
      readonly received: string;
    }
  /** A trade id was seen before with another quantity, price or time. */
  | { readonly code: 'EXECUTION_CHANGED'; readonly known: Execution; readonly received: Execution }
  /** The broker names a quantity below what has executed. */
  | {
      readonly code: 'QUANTITY_BELOW_FILLED';
      readonly filledQuantity: Decimal;
      readonly quantity: Decimal;
    }
  /** More would have executed than was ordered. */
  | {
      readonly code: 'OVERFILL';
      readonly quantity: Decimal;
      readonly filledQuantity: Decimal;
      readonly executedQuantity: Decimal;
    }
  /** An execution without a positive, finite quantity and price. */
  | { readonly code: 'INVALID_EXECUTION'; readonly received: Execution };

type NextStatus = Readonly<Partial<Record<OrderStatus, OrderStatus>>>;

/** The broker has had the order, whatever became of it since: the word changes no status. */
const oldNews = {
  ACCEPTED: 'ACCEPTED',
  PARTIALLY_FILLED: 'PARTIALLY_FILLED',
  FILLED: 'FILLED',
  MODIFY_PENDING: 'MODIFY_PENDING',
  CANCEL_PENDING: 'CANCEL_PENDING',
  CANCELLED: 'CANCELLED',
  REJECTED: 'REJECTED',
  EXPIRED: 'EXPIRED',
} as const satisfies NextStatus;

/**
 * Every listed transition: event, status before, status after. What is not here is a failure. A
 * status that leads to itself is old news and no error, because brokers repeat themselves (reply,
 * postback, ticker, reconciliation) and their words overtake each other. For EXECUTED the table
 * gives the status while units are left; an order without units left is FILLED whatever came
 * before. For MODIFIED, MODIFY_REJECTED and CANCEL_REJECTED it gives ACCEPTED where the order goes
 * back to work; with executions that is PARTIALLY_FILLED.
 */
const transitions: Readonly<Record<OrderEventType, NextStatus>> = {
  DENIED: { INITIALIZED: 'DENIED' },

  // Not from SUBMITTED: a second sender must fail here and send nothing.
  SUBMITTED: { INITIALIZED: 'SUBMITTED' },

  ACCEPTED: {
    // Filled, cancelled or rejected before accepted: the reply comes last and only brings the id.
    ...oldNews,
    SUBMITTED: 'ACCEPTED',
    UNKNOWN: 'ACCEPTED',
    // The books showed it too late.
    NOT_PLACED: 'ACCEPTED',
  },

  EXECUTED: {
    SUBMITTED: 'PARTIALLY_FILLED',
    ACCEPTED: 'PARTIALLY_FILLED',
    PARTIALLY_FILLED: 'PARTIALLY_FILLED',
    UNKNOWN: 'PARTIALLY_FILLED',
    NOT_PLACED: 'PARTIALLY_FILLED',
    MODIFY_PENDING: 'MODIFY_PENDING',
    CANCEL_PENDING: 'CANCEL_PENDING',
    // A trade of the exchange is a fact, even when the word that ended the order overtook it.
    CANCELLED: 'CANCELLED',
    REJECTED: 'REJECTED',
    EXPIRED: 'EXPIRED',
    // Only as a repetition or an overfill, which are looked at first.
    FILLED: 'FILLED',
  },

  REJECTED: {
    SUBMITTED: 'REJECTED',
    ACCEPTED: 'REJECTED',
    PARTIALLY_FILLED: 'REJECTED',
    MODIFY_PENDING: 'REJECTED',
    CANCEL_PENDING: 'REJECTED',
    UNKNOWN: 'REJECTED',
    NOT_PLACED: 'REJECTED',
    REJECTED: 'REJECTED',
    FILLED: 'FILLED',
  },

  TRIGGERED: {
    ...oldNews,
    SUBMITTED: 'ACCEPTED',
    UNKNOWN: 'ACCEPTED',
    NOT_PLACED: 'ACCEPTED',
  },

  // Not from MODIFY_PENDING: one change at a time, so that an answer has one question.
  MODIFY_REQUESTED: {
    ACCEPTED: 'MODIFY_PENDING',
    PARTIALLY_FILLED: 'MODIFY_PENDING',
  },

  MODIFIED: {
    // By another hand at the broker, or after the change was given up.
    ...oldNews,
    MODIFY_PENDING: 'ACCEPTED',
  },

  MODIFY_REJECTED: {
    ...oldNews,
    MODIFY_PENDING: 'ACCEPTED',
  },

  CANCEL_REJECTED: {
    ...oldNews,
    CANCEL_PENDING: 'ACCEPTED',
  },

  // It provably did not arrive: as if it had not been sent.
  NOT_TAKEN: {
    ...oldNews,
    SUBMITTED: 'INITIALIZED',
  },

  CANCEL_REQUESTED: {
    ACCEPTED: 'CANCEL_PENDING',
    PARTIALLY_FILLED: 'CANCEL_PENDING',
    // The cancel overtakes the change that is under way.
    MODIFY_PENDING: 'CANCEL_PENDING',
    CANCEL_PENDING: 'CANCEL_PENDING',
  },

  CANCELLED: {
    // By us, before it left.
    INITIALIZED: 'CANCELLED',
    SUBMITTED: 'CANCELLED',
    // Without a request of ours: by hand at the broker, or by the exchange.
    ACCEPTED: 'CANCELLED',
    PARTIALLY_FILLED: 'CANCELLED',
    MODIFY_PENDING: 'CANCELLED',
    CANCEL_PENDING: 'CANCELLED',
    UNKNOWN: 'CANCELLED',
    NOT_PLACED: 'CANCELLED',
    CANCELLED: 'CANCELLED',
    // The broker reports a lapsed order as cancelled.
    EXPIRED: 'EXPIRED',
    // The cancel came too late.
    FILLED: 'FILLED',
  },

  EXPIRED: {
    SUBMITTED: 'EXPIRED',
    ACCEPTED: 'EXPIRED',
    PARTIALLY_FILLED: 'EXPIRED',
    MODIFY_PENDING: 'EXPIRED',
    CANCEL_PENDING: 'EXPIRED',
    UNKNOWN: 'EXPIRED',
    NOT_PLACED: 'EXPIRED',
    EXPIRED: 'EXPIRED',
    CANCELLED: 'CANCELLED',
    FILLED: 'FILLED',
  },

  TIMED_OUT: {
    // The reply was lost, but a push had told before the call timed out.
    ...oldNews,
    SUBMITTED: 'UNKNOWN',
    UNKNOWN: 'UNKNOWN',
    NOT_PLACED: 'NOT_PLACED',
  },

  NOT_FOUND: {
    // A push overtook the read that did not find it yet.
    ...oldNews,
    UNKNOWN: 'NOT_PLACED',
    NOT_PLACED: 'NOT_PLACED',
  },
};

/**
 * The order after an event. The one place where orders change: total over every status and event.
 * Returns the very same object when the event brings nothing new, so `===` tells a repetition.
 */
export function transition(order: Order, event: OrderEvent): Result<Order, TransitionFailure> {
  const status = transitions[event.type][order.status];
  if (status === undefined) {
    return fail({ code: 'UNLISTED_TRANSITION', status: order.status, event: event.type });
  }
  switch (event.type) {
    case 'EXECUTED':
      return execute(order, event, status);
    case 'ACCEPTED':
      return accept(order, event.brokerOrderId, status);
    case 'DENIED':
    case 'NOT_FOUND':
    case 'REJECTED':
      return succeed(status === order.status ? order : { ...order, status, reason: event.reason });
    case 'TRIGGERED':
      return succeed(
        status === order.status && order.triggered ? order : { ...order, status, triggered: true },
      );
    case 'MODIFY_REQUESTED':
      return succeed({
        ...order,
        status,
        requestedTerms: event.terms,
        modificationCount: order.modificationCount + 1,
      });
    case 'MODIFIED':
      return isClosed(status) || event.revision < order.termsRevision
        ? succeed(order)
        : modify(order, event.terms, event.revision);
    case 'MODIFY_REJECTED':
      return succeed(
        isClosed(status) || order.requestedTerms === null
          ? order
          : settle({ ...order, requestedTerms: null, reason: event.reason }),
      );
    case 'CANCEL_REJECTED':
      return succeed(
        order.status === 'CANCEL_PENDING'
          ? settle({ ...order, status: 'ACCEPTED', reason: event.reason })
          : order,
      );
    default:
      return succeed(status === order.status ? order : { ...order, status });
  }
}

function accept(
  order: Order,
  brokerOrderId: string,
  status: OrderStatus,
): Result<Order, TransitionFailure> {
  if (order.brokerOrderId === null) {
    // It was placed after all.
    const reason = order.status === 'NOT_PLACED' ? null : order.reason;
    return succeed({ ...order, status, brokerOrderId, reason });
  }
  if (order.brokerOrderId !== brokerOrderId) {
    return fail({
      code: 'BROKER_ORDER_ID_CHANGED',
      known: order.brokerOrderId,
      received: brokerOrderId,
    });
  }
  return succeed(order);
}

function execute(
  order: Order,
  { tradeId, quantity, price, time }: Execution,
  statusWhileUnfilled: OrderStatus,
): Result<Order, TransitionFailure> {
  const received: Execution = { tradeId, quantity, price, time };
  const known = order.executions.get(tradeId);
  if (known !== undefined) {
    const same =
      known.quantity.equals(quantity) && known.price.equals(price) && known.time === time;
    return same ? succeed(order) : fail({ code: 'EXECUTION_CHANGED', known, received });
  }
  if (!isAmount(quantity) || !isAmount(price)) {
    return fail({ code: 'INVALID_EXECUTION', received });
  }
  const filledQuantity = order.filledQuantity.plus(quantity);
  if (filledQuantity.greaterThan(ceilingOf(order))) {
    return fail({
      code: 'OVERFILL',
      quantity: order.quantity,
      filledQuantity: order.filledQuantity,
      executedQuantity: quantity,
    });
  }
  const executions = new Map(order.executions).set(tradeId, received);
  const after: Order = {
    ...order,
    status: statusWhileUnfilled,
    filledQuantity,
    averagePrice: averagePriceOf(executions.values(), filledQuantity),
    triggered: order.triggered || isStop(order.type),
    executions,
  };
  // More than was ordered at first: the change to more units was taken, its word is still to come.
  const { requestedTerms } = order;
  const taken = requestedTerms !== null && filledQuantity.greaterThan(order.quantity);
  const termsRevision = order.termsRevision + 1;
  const grown = taken
    ? { ...after, ...requestedTerms, termsRevision, requestedTerms: null }
    : after;
  return succeed(isClosed(order.status) ? closeIfFilled(grown) : settle(grown));
}

function isAmount(amount: Decimal): boolean {
  return amount.isFinite() && amount.greaterThan(0);
}

/** Units that may have executed in all, by the terms known and those asked for. */
function ceilingOf({ quantity, requestedTerms }: Order): Decimal {
  return requestedTerms === null ? quantity : Decimal.max(quantity, requestedTerms.quantity);
}

function modify(
  order: Order,
  terms: ChangeableTerms,
  termsRevision: number,
): Result<Order, TransitionFailure> {
  if (terms.quantity.lessThan(order.filledQuantity)) {
    const { filledQuantity } = order;
    return fail({ code: 'QUANTITY_BELOW_FILLED', filledQuantity, quantity: terms.quantity });
  }
  const answered = order.requestedTerms !== null && sameTerms(order.requestedTerms, terms);
  // Of a change that is under way, the terms before it say nothing: the word may be old.
  if (!answered && sameTerms(order, terms)) {
    return succeed(termsRevision === order.termsRevision ? order : { ...order, termsRevision });
  }
  const requestedTerms = answered ? null : order.requestedTerms;
  // What is no stop any more waits for its trigger anew should it become one again.
  const triggered = order.triggered && !(isStop(order.type) && !isStop(terms.type));
  return succeed(settle({ ...order, ...terms, triggered, termsRevision, requestedTerms }));
}

function closeIfFilled(order: Order): Order {
  return order.filledQuantity.equals(ceilingOf(order)) ? { ...order, status: 'FILLED' } : order;
}

/** The status of an order that works on: by what it waits for and what has executed. */
function settle(order: Order): Order {
  if (order.filledQuantity.equals(ceilingOf(order))) return { ...order, status: 'FILLED' };
  if (order.status === 'CANCEL_PENDING') return order;
  if (order.requestedTerms !== null) return { ...order, status: 'MODIFY_PENDING' };
  return { ...order, status: order.filledQuantity.isZero() ? 'ACCEPTED' : 'PARTIALLY_FILLED' };
}

/** From all executions anew, so that no rounding of an earlier average is carried on. */
function averagePriceOf(executions: Iterable<Execution>, filledQuantity: Decimal): Decimal {
  let value = new Decimal(0);
  for (const execution of executions) {
    value = value.plus(execution.quantity.times(execution.price));
  }
  return value.dividedBy(filledQuantity);
}

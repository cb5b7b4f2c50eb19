import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeableTerms, Order } from './order.ts';
import { changeableTermsOf, initializeOrder, plainTerms, unfilledQuantityOf } from './order.ts';
import type { OrderEvent } from './order-event.ts';
import type { OrderStatus } from './status.ts';
import { isCancellable, isChangeable, isClosed, isInDoubt, isUnsent, isWorking } from './status.ts';
import type { TransitionFailure } from './transition.ts';
import { transition } from './transition.ts';

const ordered = 100;

function newOrder(): Order {
  return initializeOrder({
    ...plainTerms,
    clientOrderId: '0123456789ABCDEFGHJK',
    side: 'BUY',
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(ordered),
  });
}

const submitted: OrderEvent = { type: 'SUBMITTED' };
const timedOut: OrderEvent = { type: 'TIMED_OUT' };
const notFound: OrderEvent = { type: 'NOT_FOUND', reason: 'The books do not show it.' };
const cancelRequested: OrderEvent = { type: 'CANCEL_REQUESTED' };
const cancelled: OrderEvent = { type: 'CANCELLED' };
const expired: OrderEvent = { type: 'EXPIRED' };
const rejected: OrderEvent = { type: 'REJECTED', reason: 'Insufficient funds.' };

const cancelRejected: OrderEvent = { type: 'CANCEL_REJECTED', reason: 'It is being processed.' };
const modifyRejected: OrderEvent = { type: 'MODIFY_REJECTED', reason: 'It is being processed.' };
const triggered: OrderEvent = { type: 'TRIGGERED' };
const notTaken: OrderEvent = { type: 'NOT_TAKEN' };

/** Terms as first ordered, but for another number of units. */
function termsFor(quantity: number): ChangeableTerms {
  return { ...changeableTermsOf(newOrder()), quantity: new Decimal(quantity) };
}

function modifyRequested(quantity: number): OrderEvent {
  return { type: 'MODIFY_REQUESTED', terms: termsFor(quantity) };
}

function modified(quantity: number, revision = 0): OrderEvent {
  return { type: 'MODIFIED', terms: termsFor(quantity), revision };
}

function accepted(brokerOrderId = '151220000000000'): OrderEvent {
  return { type: 'ACCEPTED', brokerOrderId };
}

function executed(tradeId: string, quantity: number, price = 100): OrderEvent {
  return {
    type: 'EXECUTED',
    tradeId,
    quantity: new Decimal(quantity),
    price: new Decimal(price),
    time: 1_000,
  };
}

function after(...events: readonly OrderEvent[]): Order {
  return events.reduce((order, event) => {
    const next = transition(order, event);
    if (!next.ok) throw new Error(JSON.stringify(next.failure));
    return next.value;
  }, newOrder());
}

function failureOf(order: Order, event: OrderEvent): TransitionFailure {
  const next = transition(order, event);
  if (next.ok) throw new Error(`${event.type} was taken in ${order.status}`);
  return next.failure;
}

describe('an order', () => {
  it('is submitted, accepted, filled in parts and done, at the average of its executions', () => {
    const partly = after(submitted, accepted(), executed('t1', 40, 100));
    expect(partly.status).toBe('PARTIALLY_FILLED');
    expect(unfilledQuantityOf(partly).toFixed()).toBe('60');
    const done = after(submitted, accepted(), executed('t1', 40, 100), executed('t2', 60, 105));
    expect(done.status).toBe('FILLED');
    // (40 * 100 + 60 * 105) / 100.
    expect(done.averagePrice?.toFixed()).toBe('103');
    expect([...done.executions.keys()]).toEqual(['t1', 't2']);
  });

  it('may still execute all that it was asked to become, until the broker has answered', () => {
    const units = (quantity: number) =>
      unfilledQuantityOf(
        after(submitted, accepted(), executed('t1', 40, 100), modifyRequested(quantity)),
      );
    expect(units(150).toFixed()).toBe('110');
    // Asked to become smaller, it may fill by its old terms.
    expect(units(70).toFixed()).toBe('60');
  });

  it('is denied by us with the reason, and never sent after that', () => {
    const denied = after({ type: 'DENIED', reason: 'Trading is halted.' });
    expect(denied).toMatchObject({ status: 'DENIED', reason: 'Trading is halted.' });
    expect(failureOf(denied, submitted)).toEqual({
      code: 'UNLISTED_TRANSITION',
      status: 'DENIED',
      event: 'SUBMITTED',
    });
  });

  it('is rejected by the broker with the reason', () => {
    expect(after(submitted, rejected)).toMatchObject({
      status: 'REJECTED',
      reason: 'Insufficient funds.',
    });
  });

  it('cannot be submitted twice, so that of two senders one fails before it sends', () => {
    expect(failureOf(after(submitted), submitted)).toEqual({
      code: 'UNLISTED_TRANSITION',
      status: 'SUBMITTED',
      event: 'SUBMITTED',
    });
  });
});

describe('the real world, where', () => {
  it('an order is filled before it is accepted', () => {
    const order = after(submitted, executed('t1', ordered), accepted('B1'));
    expect(order).toMatchObject({ status: 'FILLED', brokerOrderId: 'B1' });
  });

  it('an order fills after it was cancelled', () => {
    expect(after(submitted, accepted(), cancelled, executed('t1', ordered)).status).toBe('FILLED');
    const partly = after(submitted, accepted(), cancelled, executed('t1', 30));
    expect(partly.status).toBe('CANCELLED');
    expect(partly.filledQuantity.toFixed()).toBe('30');
  });

  it('a fill crosses the cancel that was asked for', () => {
    const order = after(submitted, accepted(), cancelRequested, executed('t1', 30));
    expect(order.status).toBe('CANCEL_PENDING');
    expect(
      after(submitted, accepted(), cancelRequested, executed('t1', ordered), cancelled).status,
    ).toBe('FILLED');
  });

  it('the call times out and the order turns up, even after it was given up', () => {
    expect(after(submitted, timedOut).status).toBe('UNKNOWN');
    expect(after(submitted, timedOut, accepted()).status).toBe('ACCEPTED');
    expect(after(submitted, timedOut, notFound)).toMatchObject({
      status: 'NOT_PLACED',
      reason: 'The books do not show it.',
    });
    expect(after(submitted, timedOut, notFound, accepted()).reason).toBeNull();
    expect(after(submitted, timedOut, notFound, accepted()).status).toBe('ACCEPTED');
    expect(after(submitted, timedOut, notFound, executed('t1', ordered)).status).toBe('FILLED');
  });

  it('a push tells before the call times out', () => {
    expect(after(submitted, accepted(), timedOut).status).toBe('ACCEPTED');
  });

  it('a change to more units trades before its word comes', () => {
    const asked = after(submitted, accepted(), modifyRequested(150), executed('t1', ordered));
    expect(asked.status).toBe('MODIFY_PENDING');
    const grown = transition(asked, executed('t2', 25));
    expect(grown).toMatchObject({ ok: true, value: { status: 'PARTIALLY_FILLED' } });
    expect(grown.ok && grown.value.quantity.toFixed()).toBe('150');
    expect(failureOf(asked, executed('t2', 51)).code).toBe('OVERFILL');
    // The change was refused: what was ordered has executed.
    expect(transition(asked, modifyRejected)).toMatchObject({ value: { status: 'FILLED' } });
  });

  it('an old word about the terms comes while a change is under way, and answers nothing', () => {
    const asked = after(submitted, accepted(), modifyRequested(150), modified(ordered));
    expect(asked).toMatchObject({ status: 'MODIFY_PENDING', modificationCount: 1 });
    const order = after(submitted, accepted(), modifyRequested(150), modified(150));
    expect(order).toMatchObject({ status: 'ACCEPTED', requestedTerms: null });
  });

  it('words about its terms overtake each other, and the latest change holds', () => {
    const changed = after(submitted, accepted(), modified(150, 2), modified(120, 1));
    expect([changed.quantity.toFixed(), changed.termsRevision]).toEqual(['150', 2]);
    // Changed and changed back: the word in between comes last.
    const back = after(submitted, accepted(), modified(ordered, 2), modified(150, 1));
    expect(back.quantity.toNumber()).toBe(ordered);
    // More executed than was ordered at first, so the change was taken before its word came.
    const grown = after(
      submitted,
      accepted(),
      modifyRequested(150),
      executed('t1', ordered),
      executed('t2', 25),
      modified(ordered, 0),
    );
    expect(grown.quantity.toFixed()).toBe('150');
  });

  it('a triggered stop becomes a limit order, and, made a stop again, waits for its new trigger', () => {
    const limit: ChangeableTerms = { ...termsFor(100), type: 'LIMIT', price: new Decimal(101) };
    const stop: ChangeableTerms = { ...limit, type: 'SL', triggerPrice: new Decimal(101) };
    const events = (terms: ChangeableTerms, revision: number): OrderEvent => ({
      type: 'MODIFIED',
      terms,
      revision,
    });
    const woken = after(submitted, accepted(), events(stop, 1), triggered);
    expect(woken.triggered).toBe(true);
    const dearer = { ...stop, price: new Decimal(102) };
    expect(after(submitted, accepted(), events(stop, 1), triggered, events(dearer, 2))).toEqual({
      ...woken,
      ...dearer,
      termsRevision: 2,
    });
    const again = [events(stop, 1), triggered, events(limit, 2), events(stop, 3)];
    expect(after(submitted, accepted(), ...again).triggered).toBe(false);
  });

  it('a cancel is refused, and the order works on as before', () => {
    expect(after(submitted, accepted(), cancelRequested, cancelRejected)).toMatchObject({
      status: 'ACCEPTED',
      reason: 'It is being processed.',
    });
    const story = [submitted, accepted(), modifyRequested(150), cancelRequested, cancelRejected];
    expect(after(...story).status).toBe('MODIFY_PENDING');
  });

  it('a call that provably did not arrive is sent again, once it was not heard of', () => {
    expect(after(submitted, notTaken, submitted).status).toBe('SUBMITTED');
    expect(after(submitted, accepted(), notTaken).status).toBe('ACCEPTED');
    expect(failureOf(after(submitted, timedOut), notTaken).code).toBe('UNLISTED_TRANSITION');
  });

  it('everything is told twice: the very same order comes back', () => {
    const order = after(submitted, accepted(), executed('t1', 40));
    for (const repeated of [accepted(), executed('t1', 40)]) {
      const next = transition(order, repeated);
      expect(next.ok && next.value === order).toBe(true);
    }
  });

  it('a broker contradicts itself: the contradiction is named and the order stays', () => {
    const order = after(submitted, accepted('B1'), executed('t1', 40));
    expect(failureOf(order, accepted('B2'))).toEqual({
      code: 'BROKER_ORDER_ID_CHANGED',
      known: 'B1',
      received: 'B2',
    });
    expect(failureOf(order, executed('t1', 40, 101)).code).toBe('EXECUTION_CHANGED');
    expect(failureOf(order, executed('t2', 0)).code).toBe('INVALID_EXECUTION');
    expect(failureOf(order, executed('t2', 10, Infinity)).code).toBe('INVALID_EXECUTION');
    expect(failureOf(order, executed('t2', 10, NaN)).code).toBe('INVALID_EXECUTION');
    expect(failureOf(order, executed('t2', 61))).toEqual({
      code: 'OVERFILL',
      quantity: new Decimal(100),
      filledQuantity: new Decimal(40),
      executedQuantity: new Decimal(61),
    });
  });
});

// The reference: not a table of steps but a set of facts, from which the status is read off.
interface Facts {
  denied: boolean;
  submitted: boolean;
  timedOut: boolean;
  notFound: boolean;
  cancelRequested: boolean;
  triggered: boolean;
  /** Units by the terms that hold. */
  quantity: number;
  /** Units by the change that waits for its answer. */
  requested: number | null;
  /** Revision of the terms that hold. */
  revision: number;
  brokerOrderId: string | null;
  /** The first word that ended the order. */
  end: 'CANCELLED' | 'REJECTED' | 'EXPIRED' | null;
  trades: Map<string, number>;
}

function filledOf(facts: Facts): number {
  return [...facts.trades.values()].reduce((sum, quantity) => sum + quantity, 0);
}

/** Most units that may execute by what is known. */
function ceilingOf({ quantity, requested }: Facts): number {
  return Math.max(quantity, requested ?? 0);
}

function statusOf(facts: Facts): OrderStatus {
  if (facts.denied) return 'DENIED';
  if (!facts.submitted) return 'INITIALIZED';
  if (filledOf(facts) === ceilingOf(facts)) return 'FILLED';
  if (facts.end !== null) return facts.end;
  if (facts.cancelRequested) return 'CANCEL_PENDING';
  if (facts.requested !== null) return 'MODIFY_PENDING';
  if (facts.trades.size > 0) return 'PARTIALLY_FILLED';
  if (facts.brokerOrderId !== null || facts.triggered) return 'ACCEPTED';
  if (facts.notFound) return 'NOT_PLACED';
  return facts.timedOut ? 'UNKNOWN' : 'SUBMITTED';
}

/** Takes the event into the facts; false where it contradicts them. */
function learn(facts: Facts, event: OrderEvent): boolean {
  if (event.type === 'DENIED' || event.type === 'SUBMITTED') {
    if (facts.denied || facts.submitted) return false;
    facts[event.type === 'DENIED' ? 'denied' : 'submitted'] = true;
    return true;
  }
  if (event.type === 'CANCELLED' && !facts.denied && !facts.submitted) {
    // It never leaves, and what the broker says of it is taken as of one that it cancelled.
    facts.submitted = true;
    facts.end = 'CANCELLED';
    return true;
  }
  if (!facts.submitted) return false;
  const status = statusOf(facts);
  const filled = status === 'FILLED';
  const unanswered = ['SUBMITTED', 'UNKNOWN', 'NOT_PLACED'].includes(status);
  switch (event.type) {
    case 'ACCEPTED':
      facts.brokerOrderId ??= event.brokerOrderId;
      return facts.brokerOrderId === event.brokerOrderId;
    case 'EXECUTED': {
      const quantity = event.quantity.toNumber();
      const known = facts.trades.get(event.tradeId);
      if (known !== undefined) return known === quantity;
      if (filledOf(facts) + quantity > ceilingOf(facts)) return false;
      facts.trades.set(event.tradeId, quantity);
      if (facts.requested !== null && filledOf(facts) > facts.quantity) {
        facts.quantity = facts.requested;
        facts.requested = null;
        facts.revision += 1;
      }
      return true;
    }
    case 'REJECTED':
    case 'CANCELLED':
    case 'EXPIRED':
      if (filled) return true;
      facts.end ??= event.type;
      return (facts.end === 'REJECTED') === (event.type === 'REJECTED');
    case 'CANCEL_REQUESTED':
      if (!isWorking(status) || unanswered) return false;
      facts.cancelRequested = true;
      return true;
    case 'CANCEL_REJECTED':
      if (unanswered) return false;
      if (status === 'CANCEL_PENDING') facts.cancelRequested = false;
      return true;
    case 'MODIFY_REQUESTED':
      if (status !== 'ACCEPTED' && status !== 'PARTIALLY_FILLED') return false;
      facts.requested = event.terms.quantity.toNumber();
      return true;
    case 'MODIFY_REJECTED':
      if (unanswered) return false;
      if (isWorking(status)) facts.requested = null;
      return true;
    case 'MODIFIED': {
      if (unanswered) return false;
      if (isClosed(status) || event.revision < facts.revision) return true;
      const quantity = event.terms.quantity.toNumber();
      if (quantity < filledOf(facts)) return false;
      if (facts.requested === quantity) facts.requested = null;
      facts.quantity = quantity;
      facts.revision = event.revision;
      return true;
    }
    case 'TRIGGERED':
      facts.triggered = true;
      return true;
    case 'NOT_TAKEN':
      if (status === 'UNKNOWN' || status === 'NOT_PLACED') return false;
      if (status === 'SUBMITTED') facts.submitted = false;
      return true;
    case 'TIMED_OUT':
      facts.timedOut = true;
      return true;
    case 'NOT_FOUND':
      if (status === 'SUBMITTED') return false;
      facts.notFound = true;
      return true;
  }
}

const anyEvent = fc.oneof(
  fc.constantFrom<OrderEvent>(
    submitted,
    submitted,
    accepted('B1'),
    accepted('B1'),
    accepted('B2'),
    rejected,
    cancelRequested,
    cancelRejected,
    modifyRequested(150),
    modifyRequested(50),
    modifyRejected,
    modified(ordered),
    modified(150),
    modified(50, 1),
    modified(150, 1),
    modified(ordered, 2),
    modified(150, 3),
    triggered,
    notTaken,
    cancelled,
    expired,
    timedOut,
    notFound,
    { type: 'DENIED', reason: 'Trading is halted.' },
  ),
  fc
    .tuple(fc.constantFrom('t1', 't2', 't3', 't4'), fc.constantFrom(25, 50, 50, 100))
    .map(([tradeId, quantity]) => executed(tradeId, quantity)),
);

// Random stories alone would seldom get far: most begin with the order sent, or given up as lost.
const anyStory = fc
  .tuple(
    fc.constantFrom(
      [],
      [submitted],
      [submitted, timedOut],
      [submitted, timedOut, notFound],
      [submitted, accepted('B1')],
      [submitted, accepted('B1'), modifyRequested(150)],
    ),
    fc.array(anyEvent, { maxLength: 14 }),
  )
  .map(([beginning, events]) => [...beginning, ...events]);

describe('after any story, repeated and reordered as it may be,', () => {
  it('the order agrees with what is known of it, and a failure changes nothing', () => {
    fc.assert(
      fc.property(anyStory, (events) => {
        const facts: Facts = {
          denied: false,
          submitted: false,
          timedOut: false,
          notFound: false,
          cancelRequested: false,
          triggered: false,
          quantity: ordered,
          requested: null,
          revision: 0,
          brokerOrderId: null,
          end: null,
          trades: new Map(),
        };
        let order = newOrder();
        for (const event of events) {
          const taken = learn(facts, event);
          const next = transition(order, event);
          expect(next.ok, `${event.type} in ${order.status}`).toBe(taken);
          if (next.ok) order = next.value;
          expect(order.status).toBe(statusOf(facts));
          expect(order.quantity.toNumber()).toBe(facts.quantity);
          expect(order.requestedTerms?.quantity.toNumber() ?? null).toBe(facts.requested);
          expect(order.termsRevision).toBe(facts.revision);
          expect(order.triggered).toBe(facts.triggered);
          expect(order.brokerOrderId).toBe(facts.brokerOrderId);
          expect(order.filledQuantity.toNumber()).toBe(filledOf(facts));
          expect(order.averagePrice === null).toBe(facts.trades.size === 0);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('the broker words of one life lead to one end, in whatever order and however often they come', () => {
    const words = [accepted('B1'), executed('t1', 25), executed('t2', 75), timedOut, cancelled];
    const shuffled = fc
      .tuple(
        fc.shuffledSubarray(words, { minLength: words.length }),
        fc.array(fc.constantFrom(...words)),
      )
      .map(([once, again]) => [...once, ...again]);
    fc.assert(
      fc.property(shuffled, (story) => {
        const order = after(submitted, ...story);
        expect(order).toMatchObject({ status: 'FILLED', brokerOrderId: 'B1' });
        expect(order.filledQuantity.toNumber()).toBe(ordered);
      }),
    );
  });
});

describe('status predicates', () => {
  const statuses: OrderStatus[] = [
    'INITIALIZED',
    'DENIED',
    'SUBMITTED',
    'ACCEPTED',
    'PARTIALLY_FILLED',
    'FILLED',
    'MODIFY_PENDING',
    'CANCEL_PENDING',
    'CANCELLED',
    'REJECTED',
    'EXPIRED',
    'UNKNOWN',
    'NOT_PLACED',
  ];

  it('divide the statuses as their words say', () => {
    expect(statuses.filter(isClosed)).toEqual([
      'DENIED',
      'FILLED',
      'CANCELLED',
      'REJECTED',
      'EXPIRED',
      'NOT_PLACED',
    ]);
    expect(statuses.filter(isUnsent)).toEqual(['INITIALIZED', 'DENIED']);
    expect(statuses.filter(isInDoubt)).toEqual([
      'SUBMITTED',
      'MODIFY_PENDING',
      'CANCEL_PENDING',
      'UNKNOWN',
    ]);
  });

  it('call an order cancellable where asking for a cancel moves it, and while it is unsent', () => {
    for (const status of statuses) {
      const asked = transition({ ...newOrder(), status }, cancelRequested);
      const moves = asked.ok && asked.value.status !== status;
      expect(isCancellable(status), status).toBe(moves || status === 'INITIALIZED');
    }
  });

  it('call an order changeable where asking for a change moves it', () => {
    for (const status of statuses) {
      const order = { ...newOrder(), status };
      const asked = transition(order, {
        type: 'MODIFY_REQUESTED',
        terms: changeableTermsOf(order),
      });
      expect(isChangeable(status), status).toBe(asked.ok);
    }
  });
});

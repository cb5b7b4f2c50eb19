import type { SessionPhase } from '@nandax/core/calendar/session-plan.ts';
import type { BandDenial } from '@nandax/core/order/check-band.ts';
import type { SessionDenialCode } from '@nandax/core/order/check-session.ts';
import type { TermsDenialCode } from '@nandax/core/order/check-terms.ts';
import type { DenialCode } from '@nandax/core/risk/denial.ts';
import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import type { OrderRecord } from '../ports/orders.ts';

/** The order was written down and refused; it carries code and numbers in `denial`. */
export interface OrderDenied {
  readonly kind: 'ORDER_DENIED';
  /** The one that decided; the others of its request were denied for it. */
  readonly order: OrderRecord;
  readonly code: DenialCode | TermsDenialCode | SessionDenialCode | BandDenial['code'];
  readonly limit: string | null;
  readonly actual: string | null;
  /** Whose limit it was; null for rules that no one sets. */
  readonly scope: RiskScope | null;
  /** Of session codes: what the market was doing; null otherwise. */
  readonly phase: SessionPhase | null;
  /** The end of what stood in the way, ISO 8601 UTC; null: it ends at no time, or none that is known. */
  readonly until: string | null;
}

/** A denial as it is written down with its order. */
type WrittenDenial = Omit<OrderDenied, 'kind' | 'order'>;

/** As the door wrote it down: not every code has a phase and an end. */
type Written = Omit<WrittenDenial, 'phase' | 'until'> &
  Partial<Pick<WrittenDenial, 'phase' | 'until'>>;

/**
 * The denial of a request as it was written down, so that a repeated call gives the same answer;
 * null: it passed. An order that passed and was stopped later, for what became of another, is none.
 */
export function denialOf(orders: readonly OrderRecord[]): OrderDenied | null {
  if (orders.some(({ status }) => status !== 'DENIED')) return null;
  return orders.map(deniedOf).find(({ code }) => code !== 'OTHER_LEG') ?? null;
}

/** The denial of one order as the door wrote it down; the order has to be DENIED. */
export function deniedOf(order: OrderRecord): OrderDenied {
  const denial = writtenDenialOf(order);
  if (denial === null) throw new Error('the order was not denied');
  return { kind: 'ORDER_DENIED', order, ...denial };
}

/** Code and numbers of an order's denial; null: it was not denied. */
export function writtenDenialOf({ denial }: Pick<OrderRecord, 'denial'>): WrittenDenial | null {
  if (denial === null) return null;
  const { code, limit, actual, scope, phase = null, until = null } = denial as unknown as Written;
  return { code, limit, actual, scope, phase, until };
}

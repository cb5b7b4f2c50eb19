import type { SessionPhase } from '@nandax/core/calendar/session-plan.ts';
import type { SessionDenialCode } from '@nandax/core/order/check-session.ts';
import { checkShape } from '@nandax/core/order/check-shape.ts';
import type { TermsDenialCode } from '@nandax/core/order/check-terms.ts';
import type { AskedTerms } from '@nandax/core/order/order.ts';
import type { DenialCode } from '@nandax/core/risk/denial.ts';
import type { RiskScope } from '@nandax/core/risk/risk-limits.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { invalidInput, notFound } from '../failures.ts';
import type { OrderRecord } from '../ports/orders.ts';
import {
  placeKeyedRequest,
  type KeyedRequestFailure,
  type KeyedRequestPorts,
} from './keyed-request.ts';
import { standalone } from './pass-door.ts';

export interface PlaceOrderInput extends AskedTerms {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters; the same key and body give the same answer for ever. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
  /** Whether it must only take something off what is held, else it is denied; left out: it may open. */
  readonly reduceOnly?: boolean;
}

/** The order was written down and refused; it carries code and numbers in `denial`. */
export interface OrderDenied {
  readonly kind: 'ORDER_DENIED';
  readonly order: OrderRecord;
  readonly code: DenialCode | TermsDenialCode | SessionDenialCode;
  readonly limit: string | null;
  readonly actual: string | null;
  /** Whose limit it was; null for rules that no one sets. */
  readonly scope: RiskScope | null;
  /** Of session codes: what the market was doing; null otherwise. */
  readonly phase: SessionPhase | null;
  /** Of session codes: the end of what stood in the way, ISO 8601 UTC; null otherwise or not known. */
  readonly until: string | null;
}

export type PlaceOrderFailure = OrderDenied | KeyedRequestFailure;

/**
 * Places a person's order. One call makes at most one order, however often, by however many
 * callers at once, it is repeated with its key.
 */
export async function placeOrder(
  ports: KeyedRequestPorts,
  input: PlaceOrderInput,
): Promise<Result<OrderRecord, PlaceOrderFailure>> {
  const misshapen = checkShape(input);
  if (misshapen !== null) return fail(invalidInput(misshapen.field, misshapen.message));
  const { actor, idempotencyKey, portfolioId, instrumentId, reduceOnly = false } = input;
  const terms = termsOf(input);
  const placed = await placeKeyedRequest(ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind: 'SINGLE',
    body: { portfolioId, instrumentId, terms, reduceOnly },
    legs: async (rows) => {
      const instrument = await rows.runs.visibleInstrument(instrumentId, actor.userId);
      return instrument === null
        ? fail(notFound('Instrument', instrumentId))
        : succeed([{ ...standalone, instrument, terms, reduceOnly }]);
    },
  });
  if (!placed.ok) return placed;
  const [order] = placed.value;
  if (order === undefined) throw new Error('the door wrote no order');
  return order.status === 'DENIED' ? fail(denialOf(order)) : succeed(order);
}

/** A denial as it was written down, so that a repeated call gives the same answer. */
export function denialOf(order: OrderRecord): OrderDenied {
  const denial = order.denial as unknown as Omit<
    OrderDenied,
    'kind' | 'order' | 'phase' | 'until'
  > &
    Partial<Pick<OrderDenied, 'phase' | 'until'>>;
  const { code, limit, actual, scope, phase = null, until = null } = denial;
  return { kind: 'ORDER_DENIED', order, code, limit, actual, scope, phase, until };
}

function termsOf(input: PlaceOrderInput): AskedTerms {
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

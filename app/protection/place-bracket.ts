import { checkShape } from '@nandax/core/order/check-shape.ts';
import { termsOf } from '@nandax/core/order/order.ts';
import type { ProtectionPrices } from '@nandax/core/order/plan-protection.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import { placeKeyedRequest, type KeyedRequestPorts } from '../orders/keyed-request.ts';
import { denialOf } from '../orders/order-denied.ts';
import { standalone } from '../orders/pass-door.ts';
import type { PlaceOrderFailure, PlaceOrderInput } from '../orders/place-order.ts';
import type { OrderRecord } from '../ports/orders.ts';
import { checkProtectionPrices } from './protection-prices.ts';

export interface PlaceBracketInput
  extends Omit<PlaceOrderInput, 'autoSlice' | 'reduceOnly'>, ProtectionPrices {}

/**
 * Places an entry with a stop, and perhaps a target, for the units that it fills: one request. The
 * stop rests at the broker as soon as units are filled, and follows their quantity; nothing rests
 * for an entry that is refused, or for what of it does not fill.
 */
export async function placeBracket(
  ports: KeyedRequestPorts,
  input: PlaceBracketInput,
): Promise<Result<OrderRecord, PlaceOrderFailure>> {
  const { actor, idempotencyKey, portfolioId, instrumentId, stopPrice, targetPrice } = input;
  const misfit = misfitOf(input);
  if (misfit !== null) return fail(misfit);
  const terms = termsOf(input);
  const side = input.side === 'BUY' ? 'SELL' : 'BUY';
  const placed = await placeKeyedRequest<InvalidInput | NotFound>(ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind: 'BRACKET',
    body: { bracket: { portfolioId, instrumentId, terms, stopPrice, targetPrice } },
    legs: async (rows, { feedId }) => {
      const instrument = await rows.runs.visibleInstrument(instrumentId, actor.userId);
      if (instrument === null) return fail(notFound('Instrument', instrumentId));
      const quote = feedId === null ? null : await rows.feeds.quote(feedId, instrumentId);
      const reference = input.price ?? input.triggerPrice ?? quote?.lastPrice ?? null;
      const wrong = checkProtectionPrices(input, side, reference, instrument);
      const protection = { stopPrice, targetPrice };
      return wrong === null
        ? succeed([{ ...standalone, instrument, terms, protection }])
        : fail(wrong);
    },
  });
  if (!placed.ok) return placed;
  const [entry] = placed.value;
  if (entry === undefined) throw new Error('the door wrote no order');
  const denial = denialOf(placed.value);
  return denial === null ? succeed(entry) : fail(denial);
}

function misfitOf(input: PlaceBracketInput): InvalidInput | null {
  const misshapen = checkShape(input);
  if (misshapen !== null) return invalidInput(misshapen.field, misshapen.message);
  return input.variety === 'REGULAR'
    ? null
    : invalidInput('variety', 'The entry of a bracket is a REGULAR order.');
}

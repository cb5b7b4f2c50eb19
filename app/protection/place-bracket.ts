import { checkShape } from '@nandax/core/order/check-shape.ts';
import { termsOf } from '@nandax/core/order/order.ts';
import type { ProtectionPrices } from '@nandax/core/order/plan-protection.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { invalidInput, notFound, type InvalidInput, type NotFound } from '../failures.ts';
import type { AskedOrder } from '../orders/asked-orders.ts';
import { placeKeyedRequest, type KeyedRequestPorts } from '../orders/keyed-request.ts';
import { denialOf } from '../orders/order-denied.ts';
import { standalone, type LegAtDoor } from '../orders/pass-door.ts';
import type { PlaceOrderFailure, PlaceOrderInput } from '../orders/place-order.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { checkProtectionPrices } from './protection-prices.ts';

/** An entry and the prices at which what it fills is left. */
export interface AskedBracket
  extends Omit<AskedOrder, 'autoSlice' | 'reduceOnly'>, ProtectionPrices {}

export interface PlaceBracketInput
  extends Pick<PlaceOrderInput, 'actor' | 'idempotencyKey' | 'portfolioId'>, AskedBracket {}

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
  const misfit = misfitOfBracket(input);
  if (misfit !== null) return fail(misfit);
  const terms = termsOf(input);
  const placed = await placeKeyedRequest<InvalidInput | NotFound>(ports, {
    actor,
    idempotencyKey,
    portfolioId,
    kind: 'BRACKET',
    body: { bracket: { portfolioId, instrumentId, terms, stopPrice, targetPrice } },
    legs: (rows, { feedId }) => bracketAtDoor(rows, feedId, input, actor.userId),
  });
  if (!placed.ok) return placed;
  const [entry] = placed.value;
  if (entry === undefined) throw new Error('the door wrote no order');
  const denial = denialOf(placed.value);
  return denial === null ? succeed(entry) : fail(denial);
}

/** Why it makes no bracket, whatever the market is; null: it may be one. */
export function misfitOfBracket(bracket: AskedBracket): InvalidInput | null {
  const misshapen = checkShape(bracket);
  if (misshapen !== null) return invalidInput(misshapen.field, misshapen.message);
  return bracket.variety === 'REGULAR'
    ? null
    : invalidInput('variety', 'The entry of a bracket is a REGULAR order.');
}

/** The entry as the door takes it, of an instrument that the user may see; its prices fit the market. */
export async function bracketAtDoor(
  rows: StoreTransaction,
  feedId: string | null,
  bracket: AskedBracket,
  userId: string,
): Promise<Result<readonly LegAtDoor[], InvalidInput | NotFound>> {
  const { instrumentId, stopPrice, targetPrice } = bracket;
  const instrument = await rows.runs.visibleInstrument(instrumentId, userId);
  if (instrument === null) return fail(notFound('Instrument', instrumentId));
  const quote = feedId === null ? null : await rows.feeds.quote(feedId, instrumentId);
  const reference = bracket.price ?? bracket.triggerPrice ?? quote?.lastPrice ?? null;
  const side = bracket.side === 'BUY' ? 'SELL' : 'BUY';
  const wrong = checkProtectionPrices(bracket, side, reference, instrument);
  if (wrong !== null) return fail(wrong);
  const protection = { stopPrice, targetPrice };
  return succeed([{ ...standalone, instrument, terms: termsOf(bracket), protection }]);
}

import { averagePriceOf, netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Side } from '@nandax/core/order/order-terms.ts';
import type { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { illegalState, invalidInput, notFound } from '../failures.ts';
import type { IllegalState, InvalidInput } from '../failures.ts';
import { requestHashOf } from '../orders/keyed-request.ts';
import type { ModifyOrderFailure } from '../orders/modify-order.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import { loadDoorData } from '../orders/pass-door.ts';
import { missingTradeScope } from '../orders/trade-scope.ts';
import { portfolioTime } from '../portfolios/owned-paper-portfolio.ts';
import type { PositionPlace, ProtectionRecord } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord } from '../records.ts';
import { changePrices, type ChangedPrices, type ChangingPlace } from './change-prices.ts';
import { lapseChange } from './end-protection.ts';
import { followProtections } from './follow-position.ts';
import { heldByHand } from './protected-place.ts';
import { checkProtectionPrices, samePrices, stopAtPercent } from './protection-prices.ts';

type SetPorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>;

export interface SetProtectiveStopInput extends PositionPlace {
  readonly actor: AccountActor;
  /** Rupees; null where the percent is given. */
  readonly stopPrice: Decimal | null;
  /** Percent of the average price, above 0 and below 100; null where the price is given. */
  readonly stopPercent: Decimal | null;
  /** Rupees; null: none. */
  readonly targetPrice: Decimal | null;
}

export type SetProtectiveStopFailure = ModifyOrderFailure;

/**
 * Lets a stop rest at the broker for what is held by hand of a position; it follows the quantity
 * until the position is left. Setting it again changes its prices as `modifyProtection` does: where
 * the broker refuses, the old ones stand again.
 */
export async function setProtectiveStop(
  ports: SetPorts,
  input: SetProtectiveStopInput,
): Promise<Result<ProtectionRecord, SetProtectiveStopFailure>> {
  const { actor, portfolioId } = input;
  if ((input.stopPrice === null) === (input.stopPercent === null)) {
    return fail(invalidInput('stopPrice', 'A stop has a price or a percent, and not both.'));
  }
  const data = await loadDoorData(ports);
  const set = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(portfolioId);
    if (portfolio?.userId !== actor.userId) return fail(notFound('Portfolio', portfolioId));
    const missing = missingTradeScope(actor, portfolio);
    if (missing !== null) return fail(missing);
    if (portfolio.tradingState === 'HALTED') {
      return fail(illegalState('HALTED', 'Trading is halted; orders can only be cancelled.'));
    }
    const instrument = await rows.runs.visibleInstrument(input.instrumentId, actor.userId);
    if (instrument === null) return fail(notFound('Instrument', input.instrumentId));
    const asked = await askedOf(rows, input, instrument, portfolio.feedId);
    if (!asked.ok) return asked;
    const place = placeOf(input);
    const at = { rows, ports, data, portfolio, instrument, actor };
    const done = await put(at, place, asked.value);
    if (!done.ok) return done;
    const { protection, drafts } = done.value;
    const now = ports.clock.now();
    await rows.audit.append(
      [
        {
          chain: portfolio.userId,
          action: 'PROTECTIVE_STOP_SET',
          actor,
          entity: 'Protection',
          entityId: protection.id,
          after: snapshot({ ...place, ...asked.value }),
        },
      ],
      now,
    );
    await rows.events.append(portfolio.userId, [...drafts, portfolioEvent(portfolioId)], now);
    return succeed((await rows.protections.find(protection.id)) ?? protection);
  });
  if (set.ok) await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  return set;
}

/** Lets it rest, or changes the prices of what rests already. */
async function put(
  at: ChangingPlace,
  place: PositionPlace,
  asked: AskedStop,
): Promise<Result<ChangedPrices, SetProtectiveStopFailure>> {
  const { rows, ports, data, portfolio, actor } = at;
  const active = await rows.protections.touchedBy(place, null);
  const before = active.find(({ entryOrderId }) => entryOrderId === null) ?? null;
  if (before !== null && before.phase !== 'EXIT') {
    if (samePrices(before, asked)) {
      return succeed({
        protection: before,
        drafts: await followProtections(rows, ports, data, place, null),
      });
    }
    // Nobody names this key: whoever sets a stop again asks for another change.
    const key = { idempotencyKey: `set-${ports.ids.uuid()}`, requestHash: requestHashOf(asked) };
    const { stopPrice, targetPrice } = asked;
    return changePrices(at, before, { asked: { stopPrice, targetPrice }, ...key });
  }
  const now = ports.clock.now();
  const protection: ProtectionRecord = {
    id: ports.ids.uuid(),
    userId: actor.userId,
    ...place,
    feedId: portfolio.feedId,
    entryOrderId: null,
    createdAt: now,
    ...before,
    ...asked,
    status: 'ACTIVE',
    phase: 'STOP',
    watchedFrom: await portfolioTime(rows, portfolio, now),
    endReason: null,
    updatedAt: now,
  };
  if (before === null) {
    await rows.protections.insert(protection);
  } else {
    await rows.protections.save(protection);
    await lapseChange(rows, ports, before.id);
  }
  return succeed({ protection, drafts: await followProtections(rows, ports, data, place, null) });
}

function placeOf({ portfolioId, instrumentId, product }: PositionPlace): PositionPlace {
  return { portfolioId, instrumentId, product };
}

type AskedStop = Pick<ProtectionRecord, 'side' | 'stopPrice' | 'targetPrice'>;

/** Side and prices of what is asked for. */
async function askedOf(
  rows: StoreTransaction,
  input: SetProtectiveStopInput,
  instrument: InstrumentRecord,
  feedId: string | null,
): Promise<Result<AskedStop, IllegalState | InvalidInput>> {
  const { portfolioId, instrumentId, product, stopPrice, stopPercent, targetPrice } = input;
  const positions = await rows.portfolios.positions(portfolioId);
  const position = positions.find(
    (held) => held.instrumentId === instrumentId && held.product === product,
  );
  const average = position === undefined ? null : averagePriceOf(position);
  const side: Side =
    position !== undefined && netQuantityOf(position).isNegative() ? 'BUY' : 'SELL';
  if (average === null || (await heldByHand(rows, placeOf(input), side)).isZero()) {
    return fail(illegalState('FLAT', 'Nothing is held by hand there.'));
  }
  if (stopPercent !== null && (!stopPercent.greaterThan(0) || !stopPercent.lessThan(100))) {
    return fail(invalidInput('stopPercent', 'The percent is above 0 and below 100.'));
  }
  const stop =
    stopPercent === null ? stopPrice : stopAtPercent(average, stopPercent, side, instrument);
  if (stop === null) return fail(invalidInput('stopPrice', 'A stop has a price or a percent.'));
  const quote = feedId === null ? null : await rows.feeds.quote(feedId, instrumentId);
  const prices = { stopPrice: stop, targetPrice };
  const wrong = checkProtectionPrices(prices, side, quote?.lastPrice ?? null, instrument);
  return wrong === null ? succeed({ side, ...prices }) : fail(wrong);
}

import { averagePriceOf, netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Side } from '@nandax/core/order/order-terms.ts';
import type { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { snapshot } from '../events/snapshot.ts';
import { illegalState, invalidInput, notFound } from '../failures.ts';
import type { IllegalState, InvalidInput, NotFound } from '../failures.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import { loadDoorData } from '../orders/pass-door.ts';
import { missingTradeScope, type ScopeMissing } from '../orders/trade-scope.ts';
import { portfolioTime } from '../portfolios/owned-paper-portfolio.ts';
import type { PositionPlace, ProtectionRecord } from '../ports/protections.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { followProtections } from './follow-position.ts';
import { heldByHand } from './protected-place.ts';
import { checkProtectionPrices, stopAtPercent } from './protection-prices.ts';

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

export type SetProtectiveStopFailure = IllegalState | InvalidInput | NotFound | ScopeMissing;

/**
 * Lets a stop rest at the broker for what is held by hand of a position; it follows the quantity
 * until the position is left. Setting it again changes its prices.
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
    const asked = await askedOf(rows, input, portfolio.feedId);
    if (!asked.ok) return asked;
    const now = ports.clock.now();
    const place = placeOf(input);
    const active = await rows.protections.touchedBy(place, null);
    const before = active.find(({ entryOrderId }) => entryOrderId === null) ?? null;
    const protection: ProtectionRecord = {
      id: ports.ids.uuid(),
      userId: portfolio.userId,
      ...place,
      feedId: portfolio.feedId,
      entryOrderId: null,
      createdAt: now,
      ...before,
      ...asked.value,
      status: 'ACTIVE',
      phase: 'STOP',
      watchedFrom: await portfolioTime(rows, portfolio, now),
      endReason: null,
      updatedAt: now,
    };
    await (before === null
      ? rows.protections.insert(protection)
      : rows.protections.save(protection));
    const drafts = await followProtections(rows, ports, data, place, null);
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

function placeOf({ portfolioId, instrumentId, product }: PositionPlace): PositionPlace {
  return { portfolioId, instrumentId, product };
}

/** Side and prices of what is asked for. */
async function askedOf(
  rows: StoreTransaction,
  input: SetProtectiveStopInput,
  feedId: string | null,
): Promise<
  Result<
    Pick<ProtectionRecord, 'side' | 'stopPrice' | 'targetPrice'>,
    IllegalState | InvalidInput | NotFound
  >
> {
  const { actor, portfolioId, instrumentId, product, stopPrice, stopPercent, targetPrice } = input;
  const instrument = await rows.runs.visibleInstrument(instrumentId, actor.userId);
  if (instrument === null) return fail(notFound('Instrument', instrumentId));
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

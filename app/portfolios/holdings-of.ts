import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { holdingOf, type Holding } from '@nandax/core/portfolio/holding.ts';
import { isDelivery } from '@nandax/core/portfolio/settlement.ts';
import type { OpenLotView, PositionView } from '../views/portfolio.ts';

/** A holding of a portfolio, with what the market says of it. */
export interface PortfolioHolding extends Holding {
  readonly instrumentId: string;
  readonly product: PositionView['product'];
  /** Rupees; null: none yet. */
  readonly lastPrice: PositionView['lastPrice'];
  /** Rupees, of the day before; null: it was not held at a close. */
  readonly closePrice: PositionView['closePrice'];
}

/**
 * The shares for delivery that a portfolio carried into its market day, in the order of `positions`;
 * settlement follows the calendar of their exchange.
 */
export function holdingsOf(
  positions: readonly PositionView[],
  lots: readonly OpenLotView[],
  calendars: ReadonlyMap<PositionView['exchange'], TradingCalendar>,
): readonly PortfolioHolding[] {
  return positions.flatMap((position) => {
    const { instrumentId, product, book, lastPrice, closePrice, exchange } = position;
    if (!isDelivery(product) || book.day === null) return [];
    const previous = calendars.get(exchange)?.sessionBefore(book.day.date) ?? null;
    const own = lots.filter((lot) => lot.instrumentId === instrumentId && lot.product === product);
    const holding = holdingOf(book, own, previous?.date ?? null, position);
    return holding === null ? [] : [{ ...holding, instrumentId, product, lastPrice, closePrice }];
  });
}

import type { TimeFrame } from '../market/time-frame.ts';
import type { Product } from '../order/order-terms.ts';

/** The products that a strategy can trade: shares, delivered or within the day. */
export type StrategyProduct = Extract<Product, 'CNC' | 'MIS'>;

export const strategyProducts: readonly StrategyProduct[] = ['CNC', 'MIS'];

/** Whether the text names a product that a strategy can trade. */
export function isStrategyProduct(text: string): text is StrategyProduct {
  return (strategyProducts as readonly string[]).includes(text);
}

/**
 * Why a product cannot be traded on bars of this length, as a sentence; null: it can. Daily bars close
 * after the square-off, so that what is bought within the day could not leave in it.
 */
export function refusalOfBars(product: StrategyProduct, timeFrame: TimeFrame): string | null {
  if (product !== 'MIS' || timeFrame !== 'ONE_DAY') return null;
  return 'Daily bars close after the square-off; an intraday (MIS) strategy needs a shorter time frame.';
}

import type { Product } from '../order/order-terms.ts';

/** The products that a strategy can trade: shares, delivered or within the day. */
export type StrategyProduct = Extract<Product, 'CNC' | 'MIS'>;

export const strategyProducts: readonly StrategyProduct[] = ['CNC', 'MIS'];

/** Whether the text names a product that a strategy can trade. */
export function isStrategyProduct(text: string): text is StrategyProduct {
  return (strategyProducts as readonly string[]).includes(text);
}

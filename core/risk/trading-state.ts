/**
 * Whether orders pass, for the platform, a user or a portfolio.
 * - ACTIVE: all orders pass to the limits.
 * - REDUCING: only orders that make an open position smaller.
 * - HALTED: no order; cancels only.
 */
export type TradingState = 'ACTIVE' | 'REDUCING' | 'HALTED';

const severity: Readonly<Record<TradingState, number>> = { ACTIVE: 0, REDUCING: 1, HALTED: 2 };

/** The state that rules where several apply; ACTIVE where none does. */
export function strictestState(states: Iterable<TradingState>): TradingState {
  let strictest: TradingState = 'ACTIVE';
  for (const state of states) {
    if (severity[state] > severity[strictest]) strictest = state;
  }
  return strictest;
}

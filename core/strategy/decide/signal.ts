import type { Side } from '../../order/order-terms.ts';
import type { Holding } from './holding.ts';

/** What a signal does to the position. */
export type SignalAction = 'ENTER_LONG' | 'EXIT_LONG' | 'ENTER_SHORT' | 'EXIT_SHORT';

/** Why a signal was given, in the order in which exits are looked for; entries are by RULE. */
export const signalReasons = [
  'STOP_LOSS',
  'TRAILING_STOP',
  'BREAK_EVEN',
  'TAKE_PROFIT',
  'TIME_STOP',
  'RULE',
  /** The other leg of the pair is not held. */
  'PAIR_LEG',
  'SQUARE_OFF',
] as const;
/** One of the reasons. */
export type SignalReason = (typeof signalReasons)[number];

/** An order the strategy wants sent now, at the market. */
export interface Signal {
  /** Index in the strategy's instrument list; a pair's other leg is the last. */
  readonly instrument: number;
  readonly action: SignalAction;
  readonly side: Side;
  /** Units, a multiple of the lot size for an entry. An exit may leave a part of the position. */
  readonly quantity: number;
  readonly reason: SignalReason;
  /** The reason in words and numbers, for people. */
  readonly text: string;
}

/** The signal that leaves a holding, or `quantity` units of it. */
export function exitSignal(
  instrument: number,
  holding: Holding,
  reason: SignalReason,
  text: string,
  quantity = Math.abs(holding.quantity),
): Signal {
  const isLong = holding.quantity > 0;
  const action = isLong ? 'EXIT_LONG' : 'EXIT_SHORT';
  return { instrument, action, side: isLong ? 'SELL' : 'BUY', quantity, reason, text };
}

/** An entry rule that was true and yet gave no signal. */
export interface PassedEntry {
  /** Index in the strategy's instrument list. */
  readonly instrument: number;
  readonly cause:
    | 'BOTH_ENTRIES'
    | 'ENTRIES_CLOSED'
    | 'MAX_POSITIONS'
    | 'LESS_THAN_ONE_LOT'
    /** The distance at risk has no value, or is not above zero. */
    | 'NO_RISK_DISTANCE'
    /** The other leg of the pair cannot be entered. */
    | 'PAIR_LEG';
  /** The cause in words and numbers, for people. */
  readonly text: string;
}

/** All that a strategy wants at one bar time. */
export interface Decision {
  readonly signals: readonly Signal[];
  readonly passedEntries: readonly PassedEntry[];
}

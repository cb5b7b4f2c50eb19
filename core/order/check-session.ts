import { dayNumberOf, wordsOfTime } from '../calendar/exchange-time.ts';
import {
  afterMarketOpensAt,
  phaseOfMarket,
  phasesOfDay,
  takesOrders,
  takesOrdersAgainAt,
  type MarketHours,
  type SessionPhase,
} from '../calendar/session-plan.ts';
import { isStop } from './order-terms.ts';
import type { AskedTerms } from './order.ts';

/** Why the hours of the market refuse an order; closed. */
export type SessionDenialCode =
  /** Nothing is taken in this phase. */
  | 'MARKET_CLOSED'
  /** This phase takes orders, but none of this type, validity or variety. */
  | 'NOT_TAKEN_IN_PHASE'
  /** From the square-off time on nothing intraday is opened. */
  | 'INTRADAY_CUT_OFF'
  /** After-market orders are taken in their own hours only. */
  | 'AFTER_MARKET_HOURS';

/** A refusal with what decided: the phase, and until when it holds. */
export interface SessionDenial {
  readonly code: SessionDenialCode;
  readonly limit: null;
  readonly actual: null;
  /** What the market was doing. */
  readonly phase: SessionPhase;
  /**
   * The end of what stands in the way: when orders are taken again (AFTER_MARKET_HOURS: after-market
   * ones; NOT_TAKEN_IN_PHASE: when the phase ends). Null: not known.
   */
  readonly until: Date | null;
}

/** The market clock that an order comes in by. */
export interface ClockAtDoor {
  /** Epoch ms. */
  readonly time: number;
  /**
   * True for recorded history: where it shows no trading, the clock jumps to the next trading, so that
   * the whole evening is one instant.
   */
  readonly jumps: boolean;
  /** True before recorded history begins to play. */
  readonly beforeStart: boolean;
}

/** An order as the hours of the market see it. */
export interface OrderInSession {
  readonly terms: AskedTerms;
  /** Whether it opens or enlarges a position. */
  readonly opens: boolean;
  /** Whether it is a change of an order that was taken before. */
  readonly changes: boolean;
}

/**
 * Whether the market takes an order now (domain: sessions, MIS square-off, AMO windows). Null: it
 * does.
 *
 * While the clock of recorded history stands between two days it takes after-market orders, as all of
 * the evening is that instant; before the history begins, plain orders too: they wait for its open.
 */
export function checkSession(
  hours: MarketHours,
  { time, jumps, beforeStart }: ClockAtDoor,
  { terms, opens, changes }: OrderInSession,
): SessionDenial | null {
  const { phase, until, takesAfterMarket } = phaseOfMarket(hours, time);
  const deny = (code: SessionDenialCode, end: number | null): SessionDenial => ({
    code,
    limit: null,
    actual: null,
    phase,
    until: end === null ? null : new Date(end),
  });
  const isAfterMarket = terms.variety === 'AMO';
  if (phase === 'CLOSED') {
    const taken = isAfterMarket
      ? jumps || takesAfterMarket || changes
      : beforeStart && terms.variety === 'REGULAR';
    if (taken) return null;
    return isAfterMarket
      ? deny('AFTER_MARKET_HOURS', afterMarketOpensAt(hours, time))
      : deny('MARKET_CLOSED', takesOrdersAgainAt(hours, jumps ? jumpsFrom(hours, time) : time));
  }
  if (isAfterMarket && !changes && !takesAfterMarket) {
    return deny('AFTER_MARKET_HOURS', afterMarketOpensAt(hours, time));
  }
  if (!takesOrders(phase)) return deny('MARKET_CLOSED', takesOrdersAgainAt(hours, time));
  if (!isTakenIn(phase, terms)) return deny('NOT_TAKEN_IN_PHASE', until);
  const { session } = hours.calendar.dayAt(time);
  const isIntraday = terms.product === 'MIS' || terms.variety === 'CO';
  const cutOff = session !== null && time >= session.squareOff;
  return isIntraday && opens && cutOff && !isAfterMarket
    ? deny('INTRADAY_CUT_OFF', takesOrdersAgainAt(hours, session.close))
    : null;
}

/** A clock that jumps shows no more of a day once its trading has ended. */
function jumpsFrom({ calendar, ...hours }: MarketHours, time: number): number {
  const { session } = calendar.dayAt(time);
  if (session === null || time < session.close) return time;
  return phasesOfDay({ calendar, ...hours }, dayNumberOf(time)).at(-1)?.until ?? time;
}

/** Outside continuous trading only plain orders gather, at the end of a call limit orders alone. */
function isTakenIn(phase: SessionPhase, terms: AskedTerms): boolean {
  if (phase === 'CONTINUOUS') return true;
  const { type, validity, variety, disclosedQuantity } = terms;
  const limitOnly = phase === 'PRE_OPEN_LIMIT' || phase === 'AUCTION_LIMIT';
  return (
    !isStop(type) &&
    validity === 'DAY' &&
    (variety === 'REGULAR' || variety === 'AMO') &&
    disclosedQuantity === null &&
    !(limitOnly && type === 'MARKET')
  );
}

const doing: Readonly<Record<SessionPhase, string>> = {
  CLOSED: 'The market is closed',
  PRE_OPEN: 'Orders gather for the opening price',
  PRE_OPEN_LIMIT: 'Limit orders alone gather for the opening price',
  PRE_OPEN_MATCHING: 'The opening price is being found',
  CONTINUOUS: 'The market is trading',
  AUCTION_REFERENCE: 'The reference price of the closing auction is being found',
  AUCTION: 'Orders gather for the closing price',
  AUCTION_LIMIT: 'Limit orders alone gather for the closing price',
  AUCTION_MATCHING: 'The closing price is being found',
  POST_CLOSE: 'Orders trade at the closing price',
};

/** A sentence for people: what the market does, and when the order could be taken. */
export function describeSessionDenial({ code, phase, until }: SessionDenial): string {
  const end = until === null ? 'an hour that is not known' : wordsOfTime(until);
  switch (code) {
    case 'MARKET_CLOSED':
      return `${doing[phase]}; orders are taken again from ${end}.`;
    case 'NOT_TAKEN_IN_PHASE':
      return `${doing[phase]} until ${end}; an order of this type, validity or variety is not taken then.`;
    case 'INTRADAY_CUT_OFF':
      return `Intraday positions are being squared off; new ones are taken again from ${end}.`;
    case 'AFTER_MARKET_HOURS':
      return `${doing[phase]}; after-market orders are taken from ${end}.`;
  }
}

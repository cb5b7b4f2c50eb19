import { dayNumberOf } from '../calendar/exchange-time.ts';
import { phaseOfMarket, phasesOfDay, type MarketHours } from '../calendar/session-plan.ts';
import { isStop, type OrderType, type Validity } from '../order/order-terms.ts';

/** How an order comes into the exchange's book. */
export interface BookEntry {
  /** Epoch ms from which on it meets prices. */
  readonly eligibleFrom: number;
  /** Whether it gathers for the opening price, at which all that gathered trades. */
  readonly gathers: boolean;
}

/** What the book's hours read of an order. */
export interface EnteredTerms {
  readonly type: OrderType;
  readonly validity: Validity;
}

/**
 * When an order that was taken at `time` (epoch ms) comes into the book (domain: AMO windows): at
 * once while the market takes orders; outside of its hours with the next session, plain orders with
 * its pre-open, stops and immediate orders with its continuous trading.
 */
export function bookEntryOf(hours: MarketHours, time: number, terms: EnteredTerms): BookEntry {
  const { phase } = phaseOfMarket(hours, time);
  if (phase !== 'CLOSED') return { eligibleFrom: time, gathers: gathersFor(phase, terms) };
  const { session } = hours.calendar.dayAt(time);
  const isOver = session !== null && time >= session.open;
  const next = hours.calendar.nextSession(isOver ? Math.max(time, session.close) : time);
  if (next === null) return { eligibleFrom: time, gathers: false };
  const [first] = phasesOfDay(hours, dayNumberOf(next.open));
  return first !== undefined && gathersFor(first.phase, terms)
    ? { eligibleFrom: first.from, gathers: true }
    : { eligibleFrom: next.open, gathers: false };
}

function gathersFor(phase: string, { type, validity }: EnteredTerms): boolean {
  const opens = phase === 'PRE_OPEN' || phase === 'PRE_OPEN_LIMIT';
  return opens && !isStop(type) && validity !== 'IOC';
}

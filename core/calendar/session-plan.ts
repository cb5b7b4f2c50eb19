import { ReferenceReader, type ReferenceDataFailure } from '../charges/reference-reader.ts';
import { nearestDated, type Dated } from '../charges/nearest-dated.ts';
import { fail, succeed, type Result } from '../result.ts';
import { dayNumberOf, instantOf, minuteOfDay } from './exchange-time.ts';
import type { TradingCalendar } from './trading-calendar.ts';

/**
 * What a market is doing.
 * - CLOSED: nothing is taken.
 * - PRE_OPEN: limit and market orders gather for the opening price.
 * - PRE_OPEN_LIMIT: only limit orders still do.
 * - PRE_OPEN_MATCHING: the opening price is found; nothing is taken until continuous trading.
 * - CONTINUOUS: orders trade as they come.
 * - AUCTION_REFERENCE: the closing auction's reference price is found; nothing is taken.
 * - AUCTION: limit and market orders gather for the closing price.
 * - AUCTION_LIMIT: only limit orders still do.
 * - AUCTION_MATCHING: the closing price is found.
 * - POST_CLOSE: orders trade at the closing price.
 */
export type SessionPhase =
  | 'CLOSED'
  | 'PRE_OPEN'
  | 'PRE_OPEN_LIMIT'
  | 'PRE_OPEN_MATCHING'
  | 'CONTINUOUS'
  | 'AUCTION_REFERENCE'
  | 'AUCTION'
  | 'AUCTION_LIMIT'
  | 'AUCTION_MATCHING'
  | 'POST_CLOSE';

const readablePhases = [
  'PRE_OPEN',
  'PRE_OPEN_LIMIT',
  'PRE_OPEN_MATCHING',
  'CONTINUOUS',
  'AUCTION_REFERENCE',
  'AUCTION',
  'AUCTION_LIMIT',
  'AUCTION_MATCHING',
  'POST_CLOSE',
] as const satisfies readonly SessionPhase[];

/** A phase and its minutes of the exchange day; `toMinute` is not in it. */
export interface PlannedPhase {
  readonly phase: SessionPhase;
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** An ordinary day of one segment over a range of dates (domain: sessions). */
export interface SessionPlan extends Dated {
  /** As the calendar names it, e.g. EQUITY_CLOSING_AUCTION. */
  readonly segment: string;
  /** In the order of the day, one after the other. */
  readonly phases: readonly PlannedPhase[];
  /** When a broker takes after-market orders: from a minute of one day to one of the next. */
  readonly afterMarket: { readonly fromMinute: number; readonly toMinute: number };
  readonly source: string;
}

/** What a market is doing at an instant. */
export interface PhaseOfMarket {
  readonly phase: SessionPhase;
  /** Epoch ms at which the phase ends; null while CLOSED. */
  readonly until: number | null;
  /** Whether a broker takes after-market orders now, for the next session. */
  readonly takesAfterMarket: boolean;
  /** False: no plan or no row of the calendar covers the day, the nearest one answered. */
  readonly covered: boolean;
}

/** A phase on the clock: from an instant (epoch ms, in it) to another (not in it). */
export interface DatedPhase {
  readonly phase: SessionPhase;
  readonly from: number;
  readonly until: number;
}

/** The hours of one market, an exchange and segment: its calendar and the plans of its days. */
export interface MarketHours {
  readonly calendar: TradingCalendar;
  /** Of this segment alone; at least one. */
  readonly plans: readonly SessionPlan[];
}

/** The phases of an exchange day in their order, by the plan in force; none on a day without trading. */
export function phasesOfDay(hours: MarketHours, dayNumber: number): readonly DatedPhase[] {
  const { session, plan } = planOf(hours, dayNumber);
  const phases = session === null ? [] : phasesOf(plan, session.open, session.close);
  return phases.map(({ phase, fromMinute, toMinute }) => ({
    phase,
    from: instantOf(dayNumber, fromMinute),
    until: instantOf(dayNumber, toMinute),
  }));
}

/**
 * What the market is doing at `time` (epoch ms), by the plan in force. A day whose continuous hours
 * differ from the plan's (a muhurat session) has these hours and nothing else.
 */
export function phaseOfMarket(hours: MarketHours, time: number): PhaseOfMarket {
  const dayNumber = dayNumberOf(time);
  const { session, plan, covered } = planOf(hours, dayNumber);
  const minute = minuteOfDay(time);
  const now = phasesOfDay(hours, dayNumber).find(({ from, until }) => time >= from && time < until);
  const { fromMinute, toMinute } = plan.afterMarket;
  return {
    phase: now?.phase ?? 'CLOSED',
    until: now?.until ?? null,
    // A closed day is one long evening.
    takesAfterMarket: session === null || minute >= fromMinute || minute < toMinute,
    covered,
  };
}

/** Whether new orders are taken in a phase at all. */
export function takesOrders(phase: SessionPhase): boolean {
  return phase !== 'CLOSED' && phase !== 'AUCTION_REFERENCE' && !phase.endsWith('_MATCHING');
}

/** When (epoch ms) orders are taken again after `time`; null: not within a year. */
export function takesOrdersAgainAt(hours: MarketHours, time: number): number | null {
  const first = dayNumberOf(time);
  for (let dayNumber = first; dayNumber <= first + 366; dayNumber += 1) {
    const next = phasesOfDay(hours, dayNumber).find(
      ({ phase, from }) => takesOrders(phase) && from > time,
    );
    if (next !== undefined) return next.from;
  }
  return null;
}

/** When (epoch ms) brokers next begin to take after-market orders: at `time` or after it. */
export function afterMarketOpensAt(hours: MarketHours, time: number): number {
  const dayNumber = dayNumberOf(time);
  const opens = instantOf(dayNumber, planOf(hours, dayNumber).plan.afterMarket.fromMinute);
  if (opens >= time) return opens;
  return instantOf(dayNumber + 1, planOf(hours, dayNumber + 1).plan.afterMarket.fromMinute);
}

function planOf({ calendar, plans }: MarketHours, dayNumber: number) {
  const { date, session, covered } = calendar.day(dayNumber);
  const found = nearestDated(plans, date);
  if (found === null) throw new RangeError('a market has at least one plan');
  return { session, plan: found.row, covered: covered && found.covered };
}

function phasesOf(plan: SessionPlan, open: number, close: number): readonly PlannedPhase[] {
  const [fromMinute, toMinute] = [minuteOfDay(open), minuteOfDay(close)];
  const usual = plan.phases.find(({ phase }) => phase === 'CONTINUOUS');
  if (usual?.fromMinute === fromMinute && usual.toMinute === toMinute) return plan.phases;
  return [{ phase: 'CONTINUOUS', fromMinute, toMinute }];
}

/**
 * Reads session plans from parsed JSON: a list as in `data/reference/session-plans.json`. Fails with
 * every field that is missing or misshapen, and where phases overlap.
 */
export function readSessionPlans(
  json: unknown,
): Result<readonly SessionPlan[], readonly ReferenceDataFailure[]> {
  const reader = new ReferenceReader(json);
  const plans = reader.items().map((plan): SessionPlan => {
    const phases = plan.field('phases').items().map(readPhase);
    if (phases.some(({ fromMinute }, index) => fromMinute < (phases[index - 1]?.toMinute ?? 0))) {
      plan.field('phases').refuse('phases that follow one another');
    }
    const afterMarket = plan.field('afterMarket');
    return {
      segment: plan.field('segment').text(),
      ...plan.period(),
      phases,
      afterMarket: {
        fromMinute: readMinute(afterMarket.field('fromMinute')),
        toMinute: readMinute(afterMarket.field('toMinute')),
      },
      source: plan.field('source').text(),
    };
  });
  return reader.failures.length === 0 ? succeed(plans) : fail(reader.failures);
}

function readPhase(place: ReferenceReader): PlannedPhase {
  const phase = place.field('phase').oneOf(...readablePhases);
  const fromMinute = readMinute(place.field('fromMinute'));
  const toMinute = readMinute(place.field('toMinute'));
  if (toMinute <= fromMinute) place.field('toMinute').refuse(`a minute after ${fromMinute}`);
  return { phase, fromMinute, toMinute };
}

function readMinute(place: ReferenceReader): number {
  const { value } = place;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_440) {
    return value;
  }
  place.refuse('a minute of the day, 0 to 1440');
  return 0;
}

import { dayNumberOf, instantOf, minuteMs } from '../calendar/exchange-time.ts';

/**
 * The calendar periods in which a broker counts what one account sends; the day is the exchange's.
 * READS is a second too, in which it counts questions apart from orders (domain 1.4).
 */
export const trafficSpans = ['DAY', 'MINUTE', 'SECOND', 'READS'] as const;

export type TrafficSpan = (typeof trafficSpans)[number];

/** What a broker takes of one account in a period. */
export interface SpanLimit {
  /** Calls in a second and in a minute, orders in a day, questions in a second. */
  readonly most: number;
  /** Of these, how many only exits may use. */
  readonly keptForExits: number;
}

/** What a broker takes of one account. */
export interface TrafficLimits extends Readonly<Record<TrafficSpan, SpanLimit>> {
  /** No call leaves in the last milliseconds of a second: it would arrive and count in the next. */
  readonly marginMs: number;
}

/** EXIT: what makes positions smaller, takes an order back or asks about such; it goes before an ENTRY. */
export type TrafficClass = 'EXIT' | 'ENTRY';

/** A call that wants to leave. */
export interface TrafficCall {
  readonly class: TrafficClass;
  /** Orders that the day counts: the legs of an iceberg, 0 for a change or a cancel. */
  readonly orders: number;
}

/** What left in one period. */
export interface SpanCount {
  /** Number of the period since the epoch. */
  readonly number: number;
  readonly entries: number;
  readonly exits: number;
  /** Exits that the period before held: entries leave them their places. */
  readonly awaitedExits: number;
  /** Exits that this period held. */
  readonly heldExits: number;
}

/** What left of one account in the periods under way. */
export type TrafficCounts = Readonly<Record<TrafficSpan, SpanCount>>;

export type TrafficVerdict =
  /** It leaves now, and is counted. */
  | { readonly kind: 'GO' }
  /** It waits until an instant, epoch milliseconds; nothing of it is counted. */
  | { readonly kind: 'HELD'; readonly until: number }
  /**
   * The day has no room for it any more: it would be entry `actual` of the `limit` that exits leave,
   * or, of an exit, order `actual` of `limit`.
   */
  | { readonly kind: 'DAY_FULL'; readonly limit: number; readonly actual: number };

/**
 * Decides whether a call leaves at `now` (epoch milliseconds), and what is counted afterwards. An
 * entry leaves exits what is kept for them and what those need that were held before; an exit may
 * use all. Workers whose clocks differ by less than a period count in the later one.
 */
export function takeTraffic(
  before: TrafficCounts | null,
  call: TrafficCall,
  limits: TrafficLimits,
  now: number,
): { readonly verdict: TrafficVerdict; readonly counts: TrafficCounts } {
  const counts = countsAt(before, now);
  const day = usedBy(call.class, counts.DAY, limits.DAY);
  if (call.orders > 0 && day.used + call.orders > day.limit) {
    const verdict = { kind: 'DAY_FULL', limit: day.limit, actual: day.used + call.orders } as const;
    return { verdict, counts };
  }
  for (const span of ['MINUTE', 'SECOND'] as const) {
    const { used, limit } = usedBy(call.class, counts[span], limits[span]);
    if (used < limit) continue;
    const until = endOf(span, counts[span].number);
    return { verdict: { kind: 'HELD', until }, counts: withHeld(counts, span, call.class) };
  }
  const early = heldByClock(counts.SECOND.number, limits, now);
  if (early !== null) return { verdict: early, counts };
  return {
    verdict: { kind: 'GO' },
    counts: {
      ...counts,
      DAY: added(counts.DAY, call.class, call.orders),
      MINUTE: added(counts.MINUTE, call.class, 1),
      SECOND: added(counts.SECOND, call.class, 1),
    },
  };
}

/** As `takeTraffic`, for a question: it changes nothing, so that neither minute nor day counts it. */
export function takeRead(
  before: TrafficCounts | null,
  of: TrafficClass,
  limits: TrafficLimits,
  now: number,
): {
  readonly verdict: Exclude<TrafficVerdict, { readonly kind: 'DAY_FULL' }>;
  readonly counts: TrafficCounts;
} {
  const counts = countsAt(before, now);
  const { used, limit } = usedBy(of, counts.READS, limits.READS);
  if (used >= limit) {
    const until = endOf('READS', counts.READS.number);
    return { verdict: { kind: 'HELD', until }, counts: withHeld(counts, 'READS', of) };
  }
  const early = heldByClock(counts.READS.number, limits, now);
  if (early !== null) return { verdict: early, counts };
  return { verdict: { kind: 'GO' }, counts: { ...counts, READS: added(counts.READS, of, 1) } };
}

/** Until when a call waits that would not arrive in the second it is counted in; null: it need not. */
function heldByClock(
  second: number,
  { marginMs }: TrafficLimits,
  now: number,
): { readonly kind: 'HELD'; readonly until: number } | null {
  const leavesUntil = endOf('SECOND', second) - marginMs;
  if (now < leavesUntil && windowOf('SECOND', now) >= second) return null;
  const until = now >= leavesUntil ? endOf('SECOND', second) : startOf('SECOND', second);
  return { kind: 'HELD', until };
}

/** The counts without the orders of a call that was let go and did not leave after all. */
export function giveBackOrders(
  counts: TrafficCounts,
  { class: of, orders }: TrafficCall,
): TrafficCounts {
  return { ...counts, DAY: added(counts.DAY, of, -orders) };
}

/** Whether what was let go at an instant would still arrive in its second when it leaves at `now`. */
export function stillLeaves(letGoAt: number, limits: TrafficLimits, now: number): boolean {
  const second = windowOf('SECOND', letGoAt);
  return windowOf('SECOND', now) === second && now < endOf('SECOND', second) - limits.marginMs;
}

/** What of a period's limit a class has used: exits may use all, entries what exits leave. */
function usedBy(
  of: TrafficClass,
  { entries, exits, awaitedExits }: SpanCount,
  { most, keptForExits }: SpanLimit,
): { readonly used: number; readonly limit: number } {
  if (of === 'EXIT') return { used: entries + exits, limit: most };
  return { used: entries, limit: most - Math.max(exits, keptForExits, awaitedExits) };
}

function countsAt(before: TrafficCounts | null, now: number): TrafficCounts {
  const at = (span: TrafficSpan): SpanCount => {
    const number = windowOf(span, now);
    const last = before?.[span];
    // A clock that is wrong by more holds nobody up.
    if (last?.number === number || last?.number === number + 1) return last;
    const awaitedExits = last?.number === number - 1 ? last.heldExits : 0;
    return { number, entries: 0, exits: 0, awaitedExits, heldExits: 0 };
  };
  return { DAY: at('DAY'), MINUTE: at('MINUTE'), SECOND: at('SECOND'), READS: at('READS') };
}

function added(count: SpanCount, of: TrafficClass, more: number): SpanCount {
  return of === 'EXIT'
    ? { ...count, exits: count.exits + more }
    : { ...count, entries: count.entries + more };
}

function withHeld(counts: TrafficCounts, span: TrafficSpan, of: TrafficClass): TrafficCounts {
  if (of === 'ENTRY') return counts;
  return { ...counts, [span]: { ...counts[span], heldExits: counts[span].heldExits + 1 } };
}

const lengthMs = { READS: 1_000, SECOND: 1_000, MINUTE: minuteMs } as const;

function windowOf(span: TrafficSpan, time: number): number {
  return span === 'DAY' ? dayNumberOf(time) : Math.floor(time / lengthMs[span]);
}

function startOf(span: TrafficSpan, number: number): number {
  return span === 'DAY' ? instantOf(number, 0) : number * lengthMs[span];
}

function endOf(span: TrafficSpan, number: number): number {
  return startOf(span, number + 1);
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  stillLeaves,
  takeRead,
  takeTraffic,
  type TrafficCall,
  type TrafficCounts,
  type TrafficLimits,
} from './traffic.ts';

const limits: TrafficLimits = {
  SECOND: { most: 10, keptForExits: 0 },
  MINUTE: { most: 400, keptForExits: 40 },
  DAY: { most: 5_000, keptForExits: 250 },
  READS: { most: 10, keptForExits: 3 },
  marginMs: 150,
};
const entry: TrafficCall = { class: 'ENTRY', orders: 1 };
const exit: TrafficCall = { class: 'EXIT', orders: 1 };
const cancel: TrafficCall = { class: 'EXIT', orders: 0 };

/** 10:00:00 in India on a Tuesday. */
const tenOClock = Date.parse('2026-12-01T10:00:00+05:30');

/** An account's counts, with calls made one after the other. */
class Account {
  counts: TrafficCounts | null = null;

  constructor(private readonly own: TrafficLimits = limits) {}

  call(call: TrafficCall, at: number): ReturnType<typeof takeTraffic>['verdict'] {
    const { verdict, counts } = takeTraffic(this.counts, call, this.own, at);
    this.counts = counts;
    return verdict;
  }

  calls(times: number, call: TrafficCall, at: number): void {
    for (let time = 0; time < times; time += 1) this.call(call, at);
  }
}

test('the eleventh order of a second is held, and leaves in the next one', () => {
  const account = new Account();
  for (let order = 1; order <= 10; order += 1) {
    expect(account.call(entry, tenOClock + 100 + order)).toEqual({ kind: 'GO' });
  }
  expect(account.call(entry, tenOClock + 700)).toEqual({ kind: 'HELD', until: tenOClock + 1_000 });
  expect(account.call(entry, tenOClock + 1_000)).toEqual({ kind: 'GO' });
});

test('exits that a full second held find their places in the next one, though entries come first', () => {
  const account = new Account();
  account.calls(10, entry, tenOClock);
  for (let order = 0; order < 3; order += 1) {
    expect(account.call(exit, tenOClock + 10)).toMatchObject({ kind: 'HELD' });
  }
  const next = tenOClock + 1_000;
  const entries = Array.from({ length: 10 }, () => account.call(entry, next).kind);
  expect(entries.filter((kind) => kind === 'GO')).toHaveLength(7);
  for (let order = 0; order < 3; order += 1) {
    expect(account.call(exit, next + 5)).toEqual({ kind: 'GO' });
  }
});

test('a minute that entries have filled still takes exits and cancels', () => {
  const account = new Account();
  // 360 entries in 36 seconds; the other 40 of the 400 are kept.
  for (let second = 0; second < 36; second += 1) {
    account.calls(10, entry, tenOClock + second * 1_000);
  }
  const later = tenOClock + 40_000;
  expect(account.call(entry, later)).toEqual({ kind: 'HELD', until: tenOClock + 60_000 });
  expect(account.call(exit, later)).toEqual({ kind: 'GO' });
  expect(account.call(cancel, later)).toEqual({ kind: 'GO' });
});

test('at the cap of the day entries end with the numbers, while positions can still be left', () => {
  const account = new Account({ ...limits, DAY: { most: 20, keptForExits: 5 } });
  account.calls(10, entry, tenOClock);
  account.calls(5, entry, tenOClock + 1_000);
  expect(account.call(entry, tenOClock + 2_000)).toEqual({
    kind: 'DAY_FULL',
    limit: 15,
    actual: 16,
  });
  for (let order = 0; order < 5; order += 1) {
    expect(account.call(exit, tenOClock + 2_000)).toEqual({ kind: 'GO' });
  }
  // After the cap one cannot even exit, but cancels do not count (domain 1.4).
  expect(account.call(exit, tenOClock + 3_000)).toEqual({
    kind: 'DAY_FULL',
    limit: 20,
    actual: 21,
  });
  expect(account.call(cancel, tenOClock + 3_000)).toEqual({ kind: 'GO' });
});

test('an iceberg is one call of its second and each of its legs an order of the day', () => {
  const account = new Account({ ...limits, DAY: { most: 20, keptForExits: 0 } });
  const iceberg: TrafficCall = { class: 'ENTRY', orders: 8 };
  expect(account.call(iceberg, tenOClock)).toEqual({ kind: 'GO' });
  expect(account.call(iceberg, tenOClock)).toEqual({ kind: 'GO' });
  expect(account.counts?.SECOND.entries).toBe(2);
  expect(account.call(iceberg, tenOClock)).toEqual({ kind: 'DAY_FULL', limit: 20, actual: 24 });
});

test('the day of the count is the one of the exchange', () => {
  const account = new Account({ ...limits, DAY: { most: 1, keptForExits: 0 } });
  const beforeMidnight = Date.parse('2026-12-01T23:59:58+05:30');
  expect(account.call(entry, beforeMidnight)).toEqual({ kind: 'GO' });
  expect(account.call(entry, beforeMidnight + 1_000).kind).toBe('DAY_FULL');
  expect(account.call(entry, beforeMidnight + 2_000)).toEqual({ kind: 'GO' });
});

test('questions have a second of their own, of which some is kept for those about exits', () => {
  let counts: TrafficCounts | null = null;
  const ask = (of: TrafficCall['class'], at: number) => {
    const taken = takeRead(counts, of, limits, at);
    counts = taken.counts;
    return taken.verdict;
  };
  for (let read = 0; read < 7; read += 1) {
    expect(ask('ENTRY', tenOClock + read)).toEqual({ kind: 'GO' });
  }
  expect(ask('ENTRY', tenOClock + 10)).toEqual({ kind: 'HELD', until: tenOClock + 1_000 });
  for (let read = 0; read < 3; read += 1) {
    expect(ask('EXIT', tenOClock + 20)).toEqual({ kind: 'GO' });
  }
  expect(ask('EXIT', tenOClock + 30)).toEqual({ kind: 'HELD', until: tenOClock + 1_000 });
  // Orders have their second for themselves.
  expect(takeTraffic(counts, entry, limits, tenOClock + 40).verdict).toEqual({ kind: 'GO' });
  // The question about an exit that was held finds its place before seven others.
  const next = tenOClock + 1_000;
  for (let read = 0; read < 7; read += 1) expect(ask('ENTRY', next)).toEqual({ kind: 'GO' });
  expect(ask('ENTRY', next)).toMatchObject({ kind: 'HELD' });
  expect(ask('EXIT', next)).toEqual({ kind: 'GO' });
  expect(ask('EXIT', next + 900)).toEqual({ kind: 'HELD', until: next + 1_000 });
});

test('nothing leaves so late in a second that it would arrive in the next', () => {
  const account = new Account();
  const late = tenOClock + 860;
  expect(account.call(exit, late)).toEqual({ kind: 'HELD', until: tenOClock + 1_000 });
  expect(stillLeaves(tenOClock + 800, limits, tenOClock + 840)).toBe(true);
  expect(stillLeaves(tenOClock + 800, limits, late)).toBe(false);
  expect(stillLeaves(tenOClock + 800, limits, tenOClock + 1_010)).toBe(false);
});

test('a clock behind counts in the second of the one ahead, and one far off holds nobody up', () => {
  const account = new Account();
  account.calls(10, entry, tenOClock + 1_000);
  expect(account.call(entry, tenOClock + 990 - 200)).toEqual({
    kind: 'HELD',
    until: tenOClock + 2_000,
  });
  expect(account.call(entry, tenOClock - 3_600_000)).toEqual({ kind: 'GO' });
});

/** Milliseconds after ten at which something wants to leave, and what. */
const wish = fc.record({
  at: fc.integer({ min: 0, max: 8_000 }),
  call: fc.constantFrom(entry, entry, entry, exit, cancel),
});

interface Left {
  readonly call: TrafficCall;
  readonly at: number;
}

/** Plays a day on a simulated clock: what is held comes again when it was told to, in any order. */
function play(wishes: readonly Left[], own: TrafficLimits, draws: Iterator<number>): Left[] {
  const account = new Account(own);
  const left: Left[] = [];
  let waiting = [...wishes];
  while (waiting.length > 0) {
    const now = Math.min(...waiting.map(({ at }) => at));
    const ready = waiting.filter(({ at }) => at === now);
    const next = ready[Number(draws.next().value) % ready.length];
    if (next === undefined) throw new Error('nothing is ready');
    waiting = waiting.filter((other) => other !== next);
    const verdict = account.call(next.call, now);
    if (verdict.kind === 'GO') left.push({ ...next, at: now });
    if (verdict.kind !== 'HELD') continue;
    expect(verdict.until).toBeGreaterThan(now);
    waiting.push({ ...next, at: verdict.until });
  }
  return left;
}

test('whatever comes when, no period takes more than its limit and all that is held leaves', () => {
  const tight: TrafficLimits = {
    SECOND: { most: 4, keptForExits: 1 },
    MINUTE: { most: 30, keptForExits: 6 },
    DAY: { most: 1_000, keptForExits: 0 },
    READS: { most: 10, keptForExits: 0 },
    marginMs: 150,
  };
  const wishes = fc.array(wish, { maxLength: 80 });
  fc.assert(
    fc.property(wishes, fc.infiniteStream(fc.nat()), (list, draws) => {
      const asked = list.map(({ at, call }) => ({ call, at: tenOClock + at }));
      const left = play(asked, tight, draws);
      expect(left).toHaveLength(asked.length);
      for (const [length, most, kept] of [
        [1_000, 4, 1],
        [60_000, 30, 6],
      ] as const) {
        const windows = new Map<number, { all: number; entries: number }>();
        for (const { call, at } of left) {
          const key = Math.floor(at / length);
          const count = windows.get(key) ?? { all: 0, entries: 0 };
          windows.set(key, {
            all: count.all + 1,
            entries: count.entries + (call.class === 'ENTRY' ? 1 : 0),
          });
        }
        for (const { all, entries } of windows.values()) {
          expect(all).toBeLessThanOrEqual(most);
          expect(entries).toBeLessThanOrEqual(most - kept);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('exits of one moment wait no longer than they need among themselves, however many entries wait', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 30 }),
      fc.infiniteStream(fc.nat()),
      (entries, exits, draws) => {
        const asked = [
          ...Array.from({ length: entries }, () => ({ call: entry, at: tenOClock })),
          ...Array.from({ length: exits }, () => ({ call: exit, at: tenOClock + 1 })),
        ];
        const last = Math.max(
          ...play(asked, limits, draws)
            .filter(({ call }) => call.class === 'EXIT')
            .map(({ at }) => at),
        );
        // The first second may be full of entries; from the next on exits go first.
        const seconds = Math.ceil(exits / 10);
        expect(last).toBeLessThan(tenOClock + (seconds + 1) * 1_000);
      },
    ),
    { numRuns: 200 },
  );
});

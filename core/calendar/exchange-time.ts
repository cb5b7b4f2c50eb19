/**
 * Exchange time is Asia/Kolkata: a fixed +05:30 without daylight saving, so plain arithmetic is
 * exact and the host's time zone never matters. Instants are epoch milliseconds UTC; an exchange
 * day is a day number (days since 1970-01-01 on the exchange's own calendar).
 */
const offsetMs = 330 * 60_000;
const dayMs = 86_400_000;

/** Milliseconds in one minute. */
export const minuteMs = 60_000;

/** The exchange day (days since 1970-01-01 IST) in which `time` (epoch ms) falls. */
export function dayNumberOf(time: number): number {
  return Math.floor((time + offsetMs) / dayMs);
}

/** The minute of the exchange day, 0 to 1439, in which `time` (epoch ms) falls. */
export function minuteOfDay(time: number): number {
  return Math.floor((time + offsetMs - dayNumberOf(time) * dayMs) / minuteMs);
}

/** Epoch ms of `minute` (of the day, IST) on exchange day `dayNumber`. */
export function instantOf(dayNumber: number, minute: number): number {
  return dayNumber * dayMs + minute * minuteMs - offsetMs;
}

/** Day of the week of an exchange day: 0 is Sunday, 6 is Saturday. */
export function weekdayOf(dayNumber: number): number {
  // 1970-01-01 was a Thursday.
  return (((dayNumber + 4) % 7) + 7) % 7;
}

/** The date of an exchange day as `YYYY-MM-DD`. */
export function dateOfDayNumber(dayNumber: number): string {
  return new Date(dayNumber * dayMs).toISOString().slice(0, 10);
}

/** The exchange date, `YYYY-MM-DD`, on which `time` (epoch ms) falls. */
export function exchangeDateOf(time: number): string {
  return dateOfDayNumber(dayNumberOf(time));
}

/** The day number of a `YYYY-MM-DD` date, or null where the text is no such date. */
export function dayNumberOfDate(date: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (parts === null) return null;
  const dayNumber = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / dayMs;
  // Date.UTC rolls 30 February over into March; only a date that survives the way back exists.
  return dateOfDayNumber(dayNumber) === date ? dayNumber : null;
}

/** `time` (epoch ms) as RFC 3339 in exchange time, e.g. `2019-07-09T09:15:00+05:30`. */
export function formatExchangeTime(time: number): string {
  return `${new Date(time + offsetMs).toISOString().slice(0, 19)}+05:30`;
}

/** `2019-07-09 15:20`: an instant in exchange time, as people read it; with seconds where there are any. */
export function wordsOfTime(time: Date): string {
  const text = formatExchangeTime(time.getTime()).slice(0, 19).replace('T', ' ');
  return text.endsWith(':00') ? text.slice(0, -3) : text;
}

const exchangeTimeText = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2}):(\d{2})(\+05:?30)?$/;

/**
 * Epoch ms of `YYYY-MM-DD HH:MM:SS` in exchange time (`T` or a space between; the offset `+0530` or
 * `+05:30` present or absent as `offset` demands), or null where the text is no such time.
 */
export function parseExchangeTime(text: string, offset: 'required' | 'absent'): number | null {
  const parts = exchangeTimeText.exec(text);
  if (parts === null || (parts[5] === undefined) !== (offset === 'absent')) return null;
  const dayNumber = dayNumberOfDate(parts[1] ?? '');
  const [hours, minutes, seconds] = [Number(parts[2]), Number(parts[3]), Number(parts[4])];
  if (dayNumber === null || hours > 23 || minutes > 59 || seconds > 59) return null;
  return instantOf(dayNumber, hours * 60 + minutes) + seconds * 1000;
}

/** Instants as exchange time (IST, +05:30 all year), the same on the server and in every browser. */

const offset = 330 * 60_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date whose UTC fields read as the exchange's wall clock. */
function exchangeDate(instant: string): Date {
  return new Date(Date.parse(instant) + offset);
}

const two = (value: number) => String(value).padStart(2, '0');

/** "9 Jul 2019". */
export function formatDate(instant: string): string {
  const date = exchangeDate(instant);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** The last day of a range that ends before `instant`. */
export function formatLastDate(instant: string): string {
  return formatDate(new Date(Date.parse(instant) - 1).toISOString());
}

/** "09:15", with seconds "09:15:30". */
export function formatTime(instant: string, seconds = false): string {
  const date = exchangeDate(instant);
  const minutes = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return seconds ? `${minutes}:${two(date.getUTCSeconds())}` : minutes;
}

/** "9 Jul 2019, 09:15". */
export function formatDateTime(instant: string, seconds = false): string {
  return `${formatDate(instant)}, ${formatTime(instant, seconds)}`;
}

/**
 * Epoch seconds for a chart that draws UTC: shifted, so that its axis reads exchange time and its
 * day boundaries are those of the exchange.
 */
export function chartTime(instant: string): number {
  return Math.floor((Date.parse(instant) + offset) / 1000);
}

/** The value of a `datetime-local` field, read as exchange time; undefined when empty. */
export function instantOfField(value: string): string | undefined {
  return value === '' ? undefined : `${value.length === 16 ? `${value}:00` : value}+05:30`;
}

/** An instant as the value of a `datetime-local` field in exchange time. */
export function fieldOfInstant(instant: string | null): string {
  return instant === null ? '' : exchangeDate(instant).toISOString().slice(0, 16);
}

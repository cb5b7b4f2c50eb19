/** Said of a run on some of whose days no rate card was in force. */
export const nearestRateCardServed =
  'No rate card covers the period; charges are those of the nearest one.';

/** Of a backtest that held shares for delivery. */
export function dividendsLeftOut(count: number): string {
  return `${count} ${count === 1 ? 'dividend' : 'dividends'} of its shares had their ex-date in the period and are not counted.`;
}

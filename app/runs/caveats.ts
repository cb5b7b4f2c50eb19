/** Said of a run on some of whose days no rate card was in force. */
export const nearestRateCardServed =
  'No rate card covers the period; charges are those of the nearest one.';

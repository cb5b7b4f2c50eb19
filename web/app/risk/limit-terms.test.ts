import { expect, it } from 'vitest';

import { formatLimit, minuteOfTime, timeOfMinute } from './limit-terms.ts';

it('writes each limit in its unit', () => {
  expect(formatLimit('MAX_DAILY_LOSS', '150000.00')).toBe('₹1,50,000.00');
  expect(formatLimit('MAX_ORDERS_PER_DAY', '1200')).toBe('1,200');
  expect(formatLimit('MAX_PRICE_DEVIATION', '2.5')).toBe('2.50 %');
});

it('writes and reads minutes of the day as a clock shows them', () => {
  expect(timeOfMinute(555)).toBe('09:15');
  expect(timeOfMinute(null)).toBe('');
  expect(minuteOfTime('15:20')).toBe(920);
  expect(minuteOfTime('')).toBeNull();
  expect(minuteOfTime('noon')).toBeUndefined();
});

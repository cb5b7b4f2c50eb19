import { expect, test } from 'vitest';

import {
  chartTime,
  fieldOfInstant,
  formatDateTime,
  formatLastDate,
  instantOfField,
} from './time.ts';

test('an instant reads as exchange time, five and a half hours ahead of UTC', () => {
  expect(formatDateTime('2019-07-09T03:45:00.000Z')).toBe('9 Jul 2019, 09:15');
});

test('late evening in UTC is the next day at the exchange', () => {
  expect(formatDateTime('2019-12-31T18:30:05Z', true)).toBe('1 Jan 2020, 00:00:05');
});

test('a form field and an instant are two spellings of the same moment', () => {
  const instant = instantOfField('2019-07-09T09:15');
  expect(instant).toBe('2019-07-09T09:15:00+05:30');
  expect(fieldOfInstant(instant ?? null)).toBe('2019-07-09T09:15');
});

test('a chart that draws UTC shows exchange time', () => {
  expect(new Date(chartTime('2019-07-09T03:45:00Z') * 1000).toISOString()).toContain('T09:15:00');
});

test('a range that ends before a midnight ends with the day before it', () => {
  expect(formatLastDate('2019-07-11T18:30:00Z')).toBe('11 Jul 2019');
  expect(formatLastDate('2019-07-11T18:30:01Z')).toBe('12 Jul 2019');
});

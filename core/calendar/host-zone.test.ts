import { expect, test } from 'vitest';

test('runs in the host zone that its project names', () => {
  // Guards the zones of vitest.config.ts: if they did not arrive, every zone would be tested as one.
  const offsets: Record<string, number> = { UTC: 0, 'America/New_York': 240, 'Asia/Kolkata': -330 };
  const zone = process.env['TZ'] ?? '';
  expect(new Date('2019-07-09T00:00:00Z').getTimezoneOffset()).toBe(offsets[zone]);
});

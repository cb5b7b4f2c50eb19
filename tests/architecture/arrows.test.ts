import { expect, test } from 'vitest';
import { fault } from './arrows.ts';

const faultOf = (file: string, specifier: string) => fault({ file, specifier });

test('core and app are pure', () => {
  expect(faultOf('core/market/candles.ts', '../result.ts')).toBeNull();
  expect(faultOf('core/market/candles.ts', 'decimal.js')).toBeNull();
  expect(faultOf('core/market/candles.ts', 'node:fs')).toMatch(/pure/);
  expect(faultOf('core/market/candles.ts', '../../app/jobs.ts')).toMatch(/nothing but itself/);
  expect(faultOf('app/orders/place-order.ts', '@nandax/adapters/env/environment.ts')).toMatch(
    /core only/,
  );
});

test('adapters see the ports of app, not its use-cases', () => {
  expect(faultOf('adapters/bus/redis-bus.ts', '@nandax/app/ports/bus.ts')).toBeNull();
  expect(faultOf('adapters/bus/redis-bus.ts', '@nandax/app/orders/place-order.ts')).not.toBeNull();
});

test('only compose.ts joins app with adapters', () => {
  const store = '@nandax/adapters/prisma/trading/store.ts';
  expect(faultOf('worker/compose.ts', store)).toBeNull();
  expect(faultOf('worker/feed/feed-owner.ts', store)).toMatch(/compose/);
  expect(faultOf('worker/main.ts', '@nandax/adapters/env/environment.ts')).toBeNull();
});

test('api, worker and web do not see each other', () => {
  expect(faultOf('api/main.ts', '../worker/compose.ts')).not.toBeNull();
  expect(faultOf('web/app/root.tsx', '../../core/result.ts')).not.toBeNull();
  expect(faultOf('web/app/root.tsx', '#app/theme.ts')).toBeNull();
});

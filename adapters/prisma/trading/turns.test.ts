import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('work of one key waits for what came before it, also where that fails; other keys do not', async () => {
  const turns = new Turns();
  const told: string[] = [];
  let fail: (reason: Error) => void = () => undefined;
  const first = turns.take('a', () => {
    told.push('first');
    return new Promise<void>((_, reject) => (fail = reject));
  });
  const second = turns.take('a', () => Promise.resolve(told.push('second')));
  await turns.take('b', () => Promise.resolve(told.push('other')));
  expect(told).toEqual(['first', 'other']);

  fail(new Error('It broke.'));
  await expect(first).rejects.toThrow('It broke.');
  expect(await second).toBe(3);
  expect(await turns.take('a', () => Promise.resolve('anew'))).toBe('anew');
});

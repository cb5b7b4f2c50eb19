import { expect, test } from 'vitest';
import { playWithCrashes, undisturbed } from '../kit/crash-story.ts';

test('twenty kills of the worker change no trade: queue and bus on PostgreSQL', async () => {
  const { kills, killsBetweenSubmittedAndFill, disturbed } = await playWithCrashes(undefined);

  expect(kills).toBe(20);
  expect(killsBetweenSubmittedAndFill).toBeGreaterThanOrEqual(4);
  // tests/trading/paper-run.test.ts proves that an undisturbed run equals the derivation.
  expect(disturbed).toEqual(undisturbed());
}, 600_000);

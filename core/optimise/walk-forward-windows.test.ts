import { expect, it } from 'vitest';
import { walkForwardWindows } from './walk-forward-windows.ts';

it('rolls windows of one length over the bars', () => {
  expect(walkForwardWindows(10, { kind: 'ROLLING', inSample: 4, outOfSample: 2 })).toEqual([
    { inSample: { from: 0, to: 4 }, outOfSample: { from: 4, to: 6 } },
    { inSample: { from: 2, to: 6 }, outOfSample: { from: 6, to: 8 } },
    { inSample: { from: 4, to: 8 }, outOfSample: { from: 8, to: 10 } },
  ]);
});

it('anchors windows at the first bar, the last one as long as the data', () => {
  expect(walkForwardWindows(9, { kind: 'ANCHORED', inSample: 4, outOfSample: 3 })).toEqual([
    { inSample: { from: 0, to: 4 }, outOfSample: { from: 4, to: 7 } },
    { inSample: { from: 0, to: 7 }, outOfSample: { from: 7, to: 9 } },
  ]);
});

it('has none where no bar is left out of sample', () => {
  expect(walkForwardWindows(4, { kind: 'ROLLING', inSample: 4, outOfSample: 2 })).toEqual([]);
});

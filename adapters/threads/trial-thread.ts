import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { BarsTrials } from '@nandax/core/optimise/over-bars/bars-trials.ts';
import { walkForward } from '@nandax/core/optimise/over-bars/walk-forward.ts';
import { threadInput } from './start-thread.ts';
import type { TrialRequest, TrialThreadData } from './thread-trials.ts';

// On Linux 0 is the calling thread alone: whatever else the process does goes first.
if (process.platform === 'linux') setPriority(0, 10);

const trials = new BarsTrials(threadInput() as TrialThreadData);

parentPort?.on('message', (request: TrialRequest) => {
  if (request.kind === 'walk-forward') {
    const { windows, best } = request;
    parentPort?.postMessage(walkForward(trials, windows, (window) => best[window] ?? null));
    return;
  }
  const start = performance.now();
  const outcomes = trials.try(request.points, request.stretch);
  parentPort?.postMessage({ outcomes, milliseconds: performance.now() - start });
});

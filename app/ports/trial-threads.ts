import type { BarsProblem } from '@nandax/core/optimise/over-bars/bars-problem.ts';
import type { WalkForwardResult } from '@nandax/core/optimise/over-bars/walk-forward.ts';
import type { Point } from '@nandax/core/optimise/search-space.ts';
import type { Trial, TrialOutcome } from '@nandax/core/optimise/trial.ts';
import type { Stretch, WalkForwardWindow } from '@nandax/core/optimise/walk-forward-windows.ts';

/** Threads that try parameters over the bars of one problem, which they share. */
export interface TrialPool {
  /** How many sets of trials are worked on at the same time. */
  readonly threads: number;
  /** Tries points on a stretch, in a thread that is free or will be; rejects where a thread dies. */
  try(
    stretch: Stretch,
    points: readonly Point[],
  ): Promise<{
    readonly outcomes: readonly TrialOutcome[];
    /** How long the thread worked. */
    readonly milliseconds: number;
  }>;
  /** Trades the best of each window (null: none) out of its sample. */
  walkForward(
    windows: readonly WalkForwardWindow[],
    best: readonly (Trial | null)[],
  ): Promise<WalkForwardResult>;
  /** Ends the threads at once; what they were asked for rejects. */
  close(): Promise<void>;
}

/** Starts threads. */
export interface TrialThreads {
  /** One thread for each core where `threads` is left out. */
  start(problem: BarsProblem, threads?: number): TrialPool;
  /** Ends all threads. */
  close(): Promise<void>;
}

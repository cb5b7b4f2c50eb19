import type { Condition, Sizing, StrategyDocument } from '../strategy-document.ts';

/** The rules of one side as far as they could be read. */
interface SideDraft {
  entry: Condition | null;
  exit: Condition | null;
}

/** A strategy as far as it could be read: what is missing or unreadable is null. */
export interface StrategyDraft extends Omit<
  { -readonly [K in keyof StrategyDocument]: StrategyDocument[K] },
  'sizing' | 'long' | 'short'
> {
  sizing: Sizing | null;
  long: SideDraft | null;
  short: SideDraft | null;
}

/** A draft of which nothing was read yet. */
export function emptyDraft(): StrategyDraft {
  return {
    parameters: [],
    product: 'MIS',
    sizing: null,
    maxPositions: null,
    stopLoss: null,
    trailingStop: null,
    breakEvenAt: null,
    timeStopBars: null,
    takeProfits: [],
    session: { noEntryBefore: null, noEntryAfter: null, squareOffAt: null },
    pair: null,
    long: null,
    short: null,
  };
}

/**
 * Tells of a mistake. `at` is the part of the draft that is to blame, by identity; the reader knows
 * where it stood.
 */
export type Report = (
  at: object,
  message: string,
  expected: string,
  suggestion?: string | null,
) => void;

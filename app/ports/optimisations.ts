import type { WholeFillModel } from '@nandax/core/exchange/fill-model.ts';
import type { AimDirection, StatisticName } from '@nandax/core/optimise/aim.ts';
import type { SearchKind } from '@nandax/core/optimise/study.ts';
import type { WalkForwardKind } from '@nandax/core/optimise/walk-forward-windows.ts';
import type { Decimal } from 'decimal.js';
import type { Json } from './events.ts';

export type OptimisationStatus = 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

/** The best trial over the whole range. */
export interface BestFound {
  readonly number: number;
  readonly parameters: Readonly<Record<string, number>>;
  /** Of the aim. */
  readonly value: number;
}

/** A search of a strategy version's parameters; the trials are kept apart. */
export interface OptimisationRecord {
  readonly id: string;
  readonly userId: string;
  readonly strategyVersionId: string;
  readonly datasetId: string;
  readonly status: OptimisationStatus;
  /** Rupees. */
  readonly initialCapital: Decimal;
  /** How orders of trials fill, as far as whole bars can tell. */
  readonly fillModel: WholeFillModel;
  readonly rangeFrom: Date;
  readonly rangeTo: Date;
  readonly aim: StatisticName;
  readonly direction: AimDirection;
  readonly search: SearchKind;
  readonly seed: number;
  /** Most trials of one search. */
  readonly trialLimit: number;
  /** Conditions over the parameters. */
  readonly constraints: readonly string[];
  /** Null: nothing is walked forward. */
  readonly walkForward: WalkForwardKind | null;
  /** Bars of the strategy's time frame; null with `walkForward`. */
  readonly inSampleBars: number | null;
  readonly outOfSampleBars: number | null;
  /** Of all searches together. */
  readonly trialsDone: number;
  /** Null: not known before it runs. */
  readonly trialsPlanned: number | null;
  /** Null: nothing found yet. */
  readonly best: BestFound | null;
  readonly failureReason: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/** What a search leaves beside its trials. */
export interface OptimisationResult {
  readonly best: BestFound | null;
  /** `WalkedForward` as JSON; null: nothing was walked forward. */
  readonly walked: Json;
  /** Packed columns of time and equity out of sample; null with `walked`. */
  readonly equity: Uint8Array<ArrayBuffer> | null;
  readonly caveats: readonly string[];
}

/** Optimisations within a transaction. */
export interface OptimisationRows {
  insert(optimisation: OptimisationRecord): Promise<void>;
  /** The optimisation under a row lock. */
  lock(id: string): Promise<OptimisationRecord | null>;
  setStatus(
    id: string,
    status: OptimisationStatus,
    change: Partial<
      Pick<OptimisationRecord, 'failureReason' | 'startedAt' | 'endedAt' | 'trialsPlanned'>
    >,
  ): Promise<void>;
  /** Keeps trials as they came; false where the optimisation is no longer RUNNING, and nothing is kept. */
  addTrials(
    id: string,
    part: {
      readonly id: string;
      readonly packed: Uint8Array<ArrayBuffer>;
      /** Trials of the whole so far. */
      readonly trialsDone: number;
      readonly best: BestFound | null;
    },
  ): Promise<boolean>;
  /** All packs of trials that were kept, in no order. */
  packedTrials(id: string): Promise<readonly Uint8Array[]>;
  complete(id: string, result: OptimisationResult, endedAt: Date): Promise<void>;
}

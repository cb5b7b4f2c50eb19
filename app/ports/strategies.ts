import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import type { InstrumentName } from '@nandax/core/strategy/strategy-document.ts';
import type { StrategyView } from '../views/strategy.ts';
import type { AuditRows } from './audit.ts';
import type { Json } from './events.ts';
import type { TierRows } from './tiers.ts';

export type StrategyType = StrategyView['type'];
export type StrategyStatus = StrategyView['status'];

export interface NewStrategy {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly type: StrategyType;
  readonly createdAt: Date;
}

/** The rules of a strategy at one time; never changed once written. */
export interface NewStrategyVersion {
  readonly id: string;
  readonly strategyId: string;
  readonly number: number;
  readonly timeFrame: TimeFrame;
  readonly document: string;
  readonly configuration: Json;
  /** In the strategy's order. */
  readonly instrumentIds: readonly string[];
  /** The instruments that the rules name. */
  readonly references: readonly StrategyReference[];
  readonly createdAt: Date;
}

/** An instrument that rules name, `EXCHANGE:SYMBOL` as they write it. */
export interface StrategyReference {
  readonly name: string;
  readonly instrumentId: string;
}

/** An instrument by the name that rules give it. */
export interface NamedInstrument {
  readonly exchange: string;
  readonly symbol: string;
  readonly instrumentId: string;
  readonly tradable: boolean;
}

/** A strategy under its lock, with its newest version. */
export interface LockedStrategy {
  readonly id: string;
  readonly name: string;
  readonly type: StrategyType;
  readonly status: StrategyStatus;
  readonly version: Omit<NewStrategyVersion, 'references'>;
}

/** Strategies within a transaction. */
export interface StrategyRows {
  insert(strategy: NewStrategy): Promise<void>;
  insertVersion(version: NewStrategyVersion): Promise<void>;
  /** The strategy under a row lock; null where it is not this user's, or was deleted. */
  lock(strategyId: string, userId: string): Promise<LockedStrategy | null>;
  save(
    strategyId: string,
    change: {
      readonly name: string;
      readonly type: StrategyType;
      readonly status: StrategyStatus;
    },
    at: Date,
  ): Promise<void>;
  markDeleted(strategyId: string, at: Date): Promise<void>;
  /** Of these ids, those that this user may see. */
  visibleInstruments(ids: readonly string[], userId: string): Promise<readonly string[]>;
  /** Of these instruments, those that this user may see; the user's own before one that all share. */
  namedInstruments(
    names: readonly InstrumentName[],
    userId: string,
  ): Promise<readonly NamedInstrument[]>;
  /** Agents of the strategy with a run under way or paused. */
  activeAgents(strategyId: string): Promise<number>;
}

export interface StrategyTransaction {
  readonly strategies: StrategyRows;
  readonly tiers: TierRows;
  readonly audit: AuditRows;
}

export interface StrategyStore {
  transaction<T>(work: (rows: StrategyTransaction) => Promise<T>): Promise<T>;
}

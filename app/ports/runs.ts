import type { Json } from './events.ts';
import type { DecisionTrigger } from '../jobs.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import type {
  AgentRecord,
  InstrumentRecord,
  RunRecord,
  RunStatus,
  StrategyVersionRecord,
} from '../records.ts';
import type { BiasReportView, SignalView } from '../views/strategy.ts';
import type { TradeRecord } from './portfolios.ts';

export interface AgentDecisionRecord {
  readonly id: string;
  readonly runId: string;
  readonly trigger: DecisionTrigger | 'STOP';
  readonly timeFrame: TimeFrame;
  /** Close of the bar, market time. */
  readonly barTime: Date;
  /** Signals by instrument. */
  readonly signals: Json;
  /** Values of the rules' expressions by instrument. */
  readonly inputs: Json;
  /** What the next decision has to know of each holding, as `HoldingMemory`, by what is traded. */
  readonly memory: Json;
  readonly reason: string;
  readonly createdAt: Date;
}

/** A signal as a decision keeps it. */
export type DecidedSignal = Pick<
  SignalView,
  'instrumentId' | 'action' | 'side' | 'reason' | 'text'
>;

/** What a finished backtest leaves. */
export interface RunResult {
  readonly rangeFrom: Date | null;
  readonly rangeTo: Date | null;
  readonly statistics: Json;
  /** Packed columns of time and equity. */
  readonly equity: Uint8Array<ArrayBuffer>;
  /** Packed column of what the capital would be worth in its instruments. */
  readonly benchmark: Uint8Array<ArrayBuffer>;
  readonly caveats: readonly string[];
  readonly trades: readonly TradeRecord[];
}

/** Agents, runs and decisions within a transaction. */
export interface RunRows {
  findInstrument(instrumentId: string): Promise<InstrumentRecord | null>;
  /** Those of the ids that exist, in no order. */
  findInstruments(instrumentIds: readonly string[]): Promise<readonly InstrumentRecord[]>;
  /** An instrument that is shared or the user's own. */
  visibleInstrument(instrumentId: string, userId: string): Promise<InstrumentRecord | null>;
  /** As above, for many; those that the user may not see are absent. */
  visibleInstruments(
    instrumentIds: readonly string[],
    userId: string,
  ): Promise<readonly InstrumentRecord[]>;
  findVersion(strategyVersionId: string): Promise<StrategyVersionRecord | null>;
  /** The newest version of a strategy of this user that is not deleted. */
  latestVersion(strategyId: string, userId: string): Promise<StrategyVersionRecord | null>;
  /** A version of a strategy of this user. */
  versionOfUser(strategyVersionId: string, userId: string): Promise<StrategyVersionRecord | null>;
  /** Whether a dataset is shared or the user's own, and which instruments and range it holds. */
  dataset(datasetId: string, userId: string): Promise<DatasetSummary | null>;
  ownsPortfolio(portfolioId: string, userId: string): Promise<boolean>;

  findRun(runId: string): Promise<RunRecord | null>;
  /** The run under a row lock. */
  lockRun(runId: string): Promise<RunRecord | null>;
  insertRun(run: RunRecord): Promise<void>;
  /** Sets a run's status; `endedAt` with the final ones. */
  setRunStatus(
    runId: string,
    status: RunStatus,
    change: Partial<Pick<RunRecord, 'failureReason' | 'startedAt' | 'endedAt' | 'rangeTo'>>,
  ): Promise<void>;
  /** False where the run is no longer RUNNING. */
  setRunProgress(runId: string, percent: number): Promise<boolean>;
  completeRun(runId: string, result: RunResult, endedAt: Date): Promise<void>;
  /** False where the run is not there any more. */
  saveBiasReport(runId: string, report: BiasReportView): Promise<boolean>;
  /** Runs on a feed that decide on its bars. */
  runningOnFeed(feedId: string): Promise<readonly RunRecord[]>;
  /** Runs on a feed that are running or paused. */
  liveOnFeed(feedId: string): Promise<readonly RunRecord[]>;

  findAgent(agentId: string, userId: string): Promise<AgentRecord | null>;
  /** Agents that run or are paused though their users' accounts are deleted. */
  startedAgentsOfClosedAccounts(): Promise<
    readonly { readonly userId: string; readonly agentId: string }[]
  >;
  insertAgent(agent: AgentRecord): Promise<void>;
  /** The agent under a row lock; null where it is not this user's. */
  lockAgent(agentId: string, userId: string): Promise<AgentRecord | null>;
  saveAgent(
    agentId: string,
    change: Pick<AgentRecord, 'status' | 'statusReason' | 'currentRunId'>,
    at: Date,
  ): Promise<void>;

  /** What a decision asked for; none where there is no such decision. */
  signalsOfDecision(decisionId: string): Promise<readonly DecidedSignal[]>;
  /** What the run's latest decision left to the next one; null: it has decided nothing yet. */
  latestMemory(runId: string): Promise<Json | null>;
  /** False where the decision of that run, trigger and bar exists already. */
  insertDecision(decision: AgentDecisionRecord): Promise<boolean>;
}

export interface DatasetSummary {
  readonly id: string;
  readonly kind: 'CANDLES' | 'TICKS';
  readonly instrumentIds: readonly string[];
  /** Where its first exchange day begins and its last one ends; null where it is empty. */
  readonly from: Date | null;
  readonly to: Date | null;
}

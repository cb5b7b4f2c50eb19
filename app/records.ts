import type { Decimal } from 'decimal.js';
import type { WholeFillModel } from '@nandax/core/exchange/fill-model.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';

/**
 * The rows that use-cases work on, as the database keeps them. Instants are `Date` in UTC; market
 * instants are those of the feed. Money, prices and quantities are exact.
 */
export interface InstrumentRecord {
  readonly id: string;
  readonly exchange: string;
  readonly tradingSymbol: string;
  readonly type: string;
  /** Of the calendar and of the session plans it trades by, e.g. EQUITY_CLOSING_AUCTION. */
  readonly segment: string;
  readonly tickSize: Decimal;
  readonly lotSize: number;
  /** How many times its price one of quantity is worth; 1 where quantity counts units. */
  readonly multiplier: Decimal;
  /** Rupees; null: it is no option, or its strike is not known. */
  readonly strikePrice: Decimal | null;
  readonly freezeQuantity: number | null;
  readonly tradable: boolean;
}

export interface StrategyVersionRecord {
  readonly id: string;
  readonly strategyId: string;
  readonly timeFrame: TimeFrame;
  readonly document: string;
  /** Those that the rules decide on, in the strategy's order. */
  readonly instruments: readonly InstrumentRecord[];
  /** Those that the rules name beside them, by the name they give, `EXCHANGE:SYMBOL`. */
  readonly references: readonly { readonly name: string; readonly instrument: InstrumentRecord }[];
}

export type RunKind = 'BACKTEST' | 'PAPER' | 'LIVE';
export type RunStatus = 'QUEUED' | 'RUNNING' | 'PAUSED' | 'COMPLETED' | 'STOPPED' | 'FAILED';

/** Those in which a run has ended. */
export const finalRunStatuses: readonly RunStatus[] = ['COMPLETED', 'STOPPED', 'FAILED'];

export interface RunRecord {
  readonly id: string;
  readonly userId: string;
  readonly kind: RunKind;
  readonly status: RunStatus;
  readonly strategyVersionId: string;
  readonly agentId: string | null;
  readonly portfolioId: string | null;
  readonly feedId: string | null;
  readonly datasetId: string | null;
  readonly initialCapital: Decimal;
  /** How its orders fill at the simulated exchange. */
  readonly fillModel: WholeFillModel;
  readonly rangeFrom: Date | null;
  readonly rangeTo: Date | null;
  readonly failureReason: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

export type AgentType = 'AI_POWERED' | 'RULE_BASED' | 'HYBRID';
export type AgentStatus = 'IDLE' | 'RUNNING' | 'PAUSED' | 'STOPPED' | 'ERROR';

export interface AgentRecord {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly type: AgentType;
  readonly status: AgentStatus;
  readonly statusReason: string | null;
  readonly strategyId: string;
  readonly portfolioId: string;
  readonly currentRunId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type ReplayState = 'READY' | 'RUNNING' | 'PAUSED' | 'FINISHED' | 'STOPPED' | 'ERROR';

export interface ReplaySessionRecord {
  /** The same id as its feed. */
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly datasetId: string;
  readonly datasetKind: 'CANDLES' | 'TICKS';
  readonly instrumentIds: readonly string[];
  readonly rangeFrom: Date;
  readonly rangeTo: Date;
  /** Multiple of real time; null: as fast as possible. */
  readonly speed: number | null;
  readonly seed: number;
  /** How orders fill on it. */
  readonly fillModel: WholeFillModel;
  readonly state: ReplayState;
  readonly stateReason: string | null;
  /** End of the last minute delivered and settled. */
  readonly cursor: Date | null;
  readonly droppedTicks: number;
  readonly createdAt: Date;
}

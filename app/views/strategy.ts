import type { BiasReport } from '@nandax/core/bias/bias-report.ts';
import type { AccruedCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { WholeFillModel } from '@nandax/core/exchange/fill-model.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import type { StudyTrial } from '@nandax/core/optimise/study.ts';
import type { Trade } from '@nandax/core/portfolio/trade.ts';
import type { Decimal } from 'decimal.js';
import type { WalkedForward } from '../optimisations/walked-forward.ts';
import type { DecisionTrigger } from '../jobs.ts';
import type { Json } from '../ports/events.ts';
import type { OptimisationRecord } from '../ports/optimisations.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { AgentRecord, RunKind, RunStatus } from '../records.ts';
import type { View } from './view.ts';

export interface StrategyView extends View<'Strategy'> {
  readonly name: string;
  readonly type: 'MOMENTUM' | 'MEAN_REVERSION' | 'ARBITRAGE' | 'SCALPING' | 'SWING' | 'CUSTOM';
  readonly status: 'DRAFT' | 'ACTIVE' | 'ARCHIVED';
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Out of sight, kept for the runs that are bound to it. */
  readonly deleted: boolean;
}

export interface StrategyVersionView extends View<'StrategyVersion'> {
  readonly strategyId: string;
  readonly number: number;
  readonly timeFrame: TimeFrame;
  readonly document: string;
  readonly configuration: Json;
  readonly createdAt: Date;
}

export interface RunView extends View<'Run'> {
  readonly kind: RunKind;
  readonly status: RunStatus;
  readonly strategyVersionId: string;
  readonly agentId: string | null;
  readonly portfolioId: string | null;
  readonly feedId: string | null;
  readonly datasetId: string | null;
  readonly initialCapital: Decimal;
  readonly fillModel: WholeFillModel;
  readonly rangeFrom: Date | null;
  readonly rangeTo: Date | null;
  readonly progress: Decimal;
  readonly failureReason: string | null;
  readonly caveats: readonly string[];
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

export interface OptimisationView
  extends View<'Optimisation'>, Omit<OptimisationRecord, 'id' | 'userId'> {
  readonly caveats: readonly string[];
}

/** What an optimisation found, its record aside. */
export interface OptimisationMaterial {
  /** In the order of stretch and number. */
  readonly trials: readonly StudyTrial[];
  /** Null: nothing was walked forward, or not yet. */
  readonly walked: WalkedForward | null;
  /** Epoch ms and rupees, out of sample; null with `walked`. */
  readonly equity: { readonly time: Float64Array; readonly equity: Float64Array } | null;
}

export interface AgentView extends View<'Agent'>, Omit<AgentRecord, 'id' | 'userId'> {
  readonly deleted: boolean;
}

/** Something a decision wants done. */
export interface SignalView {
  readonly instrumentId: string;
  readonly action: 'ENTER_LONG' | 'EXIT_LONG' | 'ENTER_SHORT' | 'EXIT_SHORT';
  readonly side: 'BUY' | 'SELL';
  readonly quantity: Decimal;
  readonly reason: string;
  readonly text: string;
}

/** A number a decision looked at; null: not enough bars yet. */
export interface DecisionInputView {
  readonly instrumentId: string;
  readonly expression: string;
  readonly value: number | null;
}

export interface AgentDecisionView extends View<'AgentDecision'> {
  readonly runId: string;
  readonly trigger: DecisionTrigger | 'STOP';
  readonly timeFrame: TimeFrame;
  readonly barTime: Date;
  readonly signals: readonly SignalView[];
  readonly inputs: readonly DecisionInputView[];
  readonly reason: string;
  readonly createdAt: Date;
}

/** What a strategy or an agent has made so far, over closed trades. */
export interface PerformanceView {
  readonly totalTrades: number;
  readonly winningTrades: number;
  /** Rupees after accrued charges. */
  readonly totalPnl: Decimal;
}

/** An execution of a run, as far as its figures need it. */
export interface RunFill {
  readonly instrumentId: string;
  readonly exchange: string;
  /** Of the instrument. */
  readonly type: string;
  readonly side: OrderRecord['side'];
  readonly product: OrderRecord['product'];
  readonly quantity: Decimal;
  readonly price: Decimal;
  /** Of the instrument. */
  readonly multiplier: Decimal;
  /** Epoch ms, market time. */
  readonly time: number;
  readonly charges: AccruedCharges;
}

/** Whether the result of a run deserves trust. */
export interface BiasReportView extends BiasReport {
  /** How it was examined, where that differs from how it ran, one sentence each. */
  readonly basis: readonly string[];
}

/** What a run's figures are made of: a stored result, or what it has traded so far. */
export interface RunMaterial {
  readonly stored: {
    /** As app/runs/run-figures.ts stores them. */
    readonly statistics: Json;
    /** Epoch ms and rupees. */
    readonly equity: { readonly time: Float64Array; readonly equity: Float64Array };
    /** What the capital would be worth in its instruments at the same times; null: not kept. */
    readonly benchmark: Float64Array | null;
  } | null;
  /** In the order they happened; empty where there is a stored result. */
  readonly fills: readonly RunFill[];
  /** Its exits that no order of its own made, as if orders had, without charges. */
  readonly metExits: readonly RunFill[];
  /** Closed, in the order they were left. */
  readonly trades: readonly Trade[];
}

export interface RunOwner {
  readonly strategyId: string;
  readonly agentId: string | null;
}

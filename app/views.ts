import type { WholeFillModel } from '@nandax/core/exchange/fill-model.ts';
import type { Decimal } from 'decimal.js';
import type { AccruedCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import type { DayBook } from '@nandax/core/portfolio/day-book.ts';
import type { InstrumentMark } from '@nandax/core/portfolio/result-parts.ts';
import type { Trade } from '@nandax/core/portfolio/trade.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';
import type { Actor } from './actor.ts';
import type { DecisionTrigger, QueueName } from './jobs.ts';
import type { ApiScope } from './ports/api-keys.ts';
import type { BrokerName } from './ports/brokers.ts';
import type { AuditAction } from './ports/audit.ts';
import type { Json } from './ports/events.ts';
import type { JobFailureStatus } from './ports/job-failures.ts';
import type { GttRecord } from './ports/gtts.ts';
import type { FindingRecord } from './ports/readings.ts';
import type { OrderRecord, OrderRequestRecord } from './ports/orders.ts';
import type { ProtectionRecord } from './ports/protections.ts';
import type { EffectiveLimits, LimitUse } from '@nandax/core/risk/limit-uses.ts';
import type { RiskLimits, RiskScope } from '@nandax/core/risk/risk-limits.ts';
import type { RiskLockKind } from '@nandax/core/risk/scope-usage.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import type { LedgerTransaction, TradeRecord } from './ports/portfolios.ts';
import type { UnfinishedInScope } from './ports/risk.ts';
import type { TierLimitName } from './ports/tiers.ts';
import type { AgentRecord, ReplayState, RunKind, RunStatus } from './records.ts';

/**
 * What screens are made of: rows as they are shown, apart from the records that use-cases decide
 * on. Each names its entity and its owner; an owner of null means shared by all. Units are those of
 * the records.
 */
interface View<Entity extends string> {
  readonly entity: Entity;
  readonly id: string;
  readonly ownerId: string;
}

interface SharedView<Entity extends string> extends Omit<View<Entity>, 'ownerId'> {
  readonly ownerId: string | null;
}

export interface UserView extends View<'User'> {
  readonly email: string;
  readonly displayName: string;
  readonly role: 'USER' | 'PREMIUM' | 'ADMIN';
  readonly tier: 'FREE' | 'BASIC' | 'PRO' | 'ENTERPRISE';
  /** Whether a letter is sent when someone logs in. */
  readonly loginLetters: boolean;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
}

/** A login of a user, in a browser or by a program. */
export interface SessionView extends View<'Session'> {
  readonly kind: 'WEB' | 'PROGRAM';
  readonly secondFactor: boolean;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

export interface ApiKeyView extends View<'ApiKey'> {
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly ApiScope[];
  readonly allowedIps: readonly string[];
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastIpAddress: string | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** A user as an administrator sees them. */
export interface ManagedAccountView extends View<'ManagedAccount'> {
  readonly email: string;
  readonly displayName: string;
  readonly role: UserView['role'];
  readonly tier: UserView['tier'];
  readonly secondFactor: boolean;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
  readonly suspendedAt: Date | null;
  readonly suspensionReason: string | null;
  readonly deletedAt: Date | null;
  readonly erasedAt: Date | null;
}

/** A job that used up its attempts. */
export interface JobFailureView extends View<'JobFailure'> {
  readonly queue: QueueName;
  readonly jobId: string;
  readonly name: string;
  /** What the job was about, e.g. `{ "orderId": … }`. */
  readonly payload: Readonly<Record<string, Json>>;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: Date;
  readonly status: JobFailureStatus;
  readonly decidedAt: Date | null;
}

/** A result limit that was reached. */
export interface RiskLockView extends View<'RiskLock'> {
  readonly scope: RiskScope;
  readonly scopeId: string;
  readonly kind: RiskLockKind;
  readonly limit: Decimal;
  readonly actual: Decimal;
  readonly holds: boolean;
  readonly lockedAt: Date;
  readonly endsAt: Date | null;
  readonly releasedAt: Date | null;
}

/**
 * The limits of a scope. Its id is that of its agent, strategy, portfolio or user; the platform's is
 * the installation's.
 */
export interface RiskLimitsView extends View<'RiskLimits'>, RiskLimits {
  readonly scope: RiskScope;
  /** Of portfolio, strategy or agent; null: a user or the platform. */
  readonly name: string | null;
  /** The strictest that was set for the scope itself; wider ones may be stricter. */
  readonly tradingState: TradingState;
}

/** What is used of a scope's limits on one feed. */
export interface RiskUsageView {
  /** Null: the scope is on no feed. */
  readonly feedId: string | null;
  readonly marketTime: Date | null;
  readonly uses: readonly LimitUse[];
}

/** What an order in a portfolio (of an agent) has to keep, of all scopes together. */
export interface EffectiveLimitsView extends EffectiveLimits {
  readonly tradingState: TradingState;
}

/** A kill switch that was pulled and not released, and what there is still to be ended. */
export interface KillSwitchView extends UnfinishedInScope {
  readonly state: TradingState;
  readonly reason: string | null;
  /** When it was pulled, or found all flat and halted. */
  readonly changedAt: Date;
}

/** How much of a tier's limit a user has used. */
export interface TierUsageView {
  readonly limit: TierLimitName;
  /** Null: no limit. */
  readonly allowed: number | null;
  /** Null: it is not counted up, but looked at each time. */
  readonly used: number | null;
}

/** Without its key, which only checks signatures. */
export interface PasskeyView extends View<'Passkey'> {
  readonly name: string;
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface SecondFactorView {
  /** Whether an authenticator app is set up. */
  readonly totp: boolean;
  readonly recoveryCodesLeft: number;
}

/** Without its secrets, which no view carries. */
export interface BrokerAccountView extends View<'BrokerAccount'> {
  readonly broker: BrokerName;
  readonly label: string;
  /** The last 4 characters of the API key. */
  readonly apiKeyEnding: string;
  readonly createdAt: Date;
  readonly deleted: boolean;
}

export interface InstrumentView extends SharedView<'Instrument'> {
  readonly exchange: 'NSE' | 'BSE' | 'NFO' | 'BFO' | 'CDS' | 'BCD' | 'MCX';
  /** Of the calendar and of the session plans. */
  readonly segment: string;
  readonly tradingSymbol: string;
  readonly name: string;
  readonly type:
    'EQUITY' | 'EXCHANGE_TRADED_FUND' | 'INDEX' | 'FUTURE' | 'CALL_OPTION' | 'PUT_OPTION';
  readonly tickSize: Decimal;
  readonly lotSize: number;
  readonly multiplier: Decimal;
  readonly strikePrice: Decimal | null;
  readonly tradable: boolean;
}

export interface DatasetView extends SharedView<'Dataset'> {
  readonly name: string;
  readonly kind: 'CANDLES' | 'TICKS';
  readonly interval: 'MINUTE' | 'DAY' | null;
  readonly adjustment: 'UNADJUSTED' | 'ADJUSTED';
  readonly source: string;
  readonly createdAt: Date;
}

export interface ReplaySessionView extends View<'ReplaySession'> {
  readonly name: string;
  readonly datasetId: string;
  readonly rangeFrom: Date;
  readonly rangeTo: Date;
  readonly speed: Decimal | null;
  readonly seed: number;
  readonly fillModel: WholeFillModel;
  readonly state: ReplayState;
  readonly stateReason: string | null;
  readonly cursor: Date | null;
  readonly droppedTicks: number;
  readonly createdAt: Date;
}

export interface QuoteView {
  readonly instrumentId: string;
  readonly lastPrice: Decimal;
  readonly volume: Decimal | null;
  readonly time: Date;
}

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
  readonly tree: StrategyDocument;
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

export interface OrderView
  extends
    View<'Order'>,
    Omit<
      OrderRecord,
      'id' | 'userId' | 'requestKind' | 'executions' | 'intent' | 'requestedTerms'
    > {
  readonly agentId: string | null;
}

export interface GttView
  extends View<'Gtt'>, Omit<GttRecord, 'id' | 'userId' | 'idempotencyKey' | 'requestHash'> {}

/** Where the broker's books and ours differed. */
export interface ReconciliationFindingView
  extends
    View<'ReconciliationFinding'>,
    Omit<FindingRecord, 'id' | 'userId' | 'subject' | 'ours' | 'brokers'> {
  readonly ourStatus: string | null;
  readonly brokerStatus: string | null;
  readonly ourQuantity: Decimal | null;
  readonly brokerQuantity: Decimal | null;
  readonly ourAmount: Decimal | null;
  readonly brokerAmount: Decimal | null;
}

/** How the books of a portfolio's account were last read; instants of the wall clock. */
export interface AccountReadingView {
  readonly readAt: Date | null;
  readonly agreedAt: Date | null;
  readonly failedAt: Date | null;
  readonly failureReason: string | null;
}

/** What somebody asked for under one key; its orders are read by it. */
export interface OrderRequestView
  extends View<'OrderRequest'>, Omit<OrderRequestRecord, 'id' | 'userId' | 'requestHash'> {}
export interface ProtectionView
  extends View<'Protection'>, Omit<ProtectionRecord, 'id' | 'userId'> {}

export interface OrderEventView {
  readonly number: number;
  readonly type: string;
  readonly statusAfter: OrderRecord['status'];
  readonly createdAt: Date;
}

/** Charges by component, rupees, at most 6 decimals. */
export interface ChargesView extends AccruedCharges {
  readonly depositoryParticipantCharge: Decimal;
}

export interface FillView extends View<'Fill'> {
  readonly orderId: string;
  readonly tradeId: string;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly executedAt: Date;
  readonly charges: ChargesView;
}

export interface TradeView
  extends View<'Trade'>, Omit<TradeRecord, 'id' | 'userId' | 'product' | 'charges'> {
  readonly product: OrderView['product'];
  readonly charges: ChargesView;
}

export interface PositionView {
  readonly instrumentId: string;
  readonly product: OrderView['product'];
  /** Of the instrument. */
  readonly multiplier: Decimal;
  readonly buyQuantity: Decimal;
  readonly buyValue: Decimal;
  readonly sellQuantity: Decimal;
  readonly sellValue: Decimal;
  /** FIFO, before charges. */
  readonly realisedPnl: Decimal;
  /** Blocked for what is held, rupees. */
  readonly margin: Decimal;
  /** On the portfolio's feed; null before the first tick. */
  readonly lastPrice: Decimal | null;
  /** Price at the close of the day before the market's; null: it was not held at a close. */
  readonly closePrice: Decimal | null;
  /** The same by days, as of the market's day. */
  readonly book: DayBook;
  /** Of the instrument. */
  readonly exchange: InstrumentView['exchange'];
}

/** An open trade, as far as what is held and what it cost is concerned. */
export interface OpenLotView {
  readonly instrumentId: string;
  readonly product: OrderView['product'];
  readonly quantity: Decimal;
  /** Rupees. */
  readonly price: Decimal;
}

export interface PortfolioView extends View<'Portfolio'> {
  readonly name: string;
  readonly kind: 'PAPER' | 'LIVE';
  /** Of a live one; null: paper. */
  readonly brokerConnectionId: string | null;
  readonly initialCapital: Decimal;
  readonly feedId: string | null;
  readonly createdAt: Date;
  /** Wall clock of its last reset; null: never. */
  readonly epochStartedAt: Date | null;
  readonly deleted: boolean;
}

/** Sums over a portfolio's ledger and its contract notes, rupees. */
export interface PortfolioFiguresView {
  readonly cash: Decimal;
  /** Blocked for positions. */
  readonly margin: Decimal;
  /** At cost. */
  readonly securities: Decimal;
  /** Gains of open futures that were paid already, negative; they are in cash. */
  readonly settlement: Decimal;
  /** FIFO, before charges. */
  readonly realisedPnl: Decimal;
  /** Of all contract notes. */
  readonly notedCharges: ChargesView;
  readonly tradingState: TradingState;
  /** The feed's market clock; null without a feed or before its start. */
  readonly marketTime: Date | null;
}

export interface LedgerEntryView extends View<'LedgerEntry'> {
  readonly transactionId: string;
  readonly kind: LedgerTransaction['kind'];
  readonly account: LedgerTransaction['lines'][number]['account'];
  readonly amount: Decimal;
  readonly description: string;
  readonly postedAt: Date;
  readonly createdAt: Date;
}

export interface ContractNoteView extends View<'ContractNote'> {
  readonly portfolioId: string;
  /** Exchange day, `YYYY-MM-DD`. */
  readonly tradingDay: string;
  readonly segment: string;
  readonly charges: ChargesView;
  readonly covered: boolean;
  readonly rateCardId: string;
  readonly createdAt: Date;
}

export interface NotificationView extends View<'Notification'> {
  readonly level: 'INFORMATION' | 'WARNING' | 'ERROR';
  readonly title: string;
  readonly body: string;
  readonly readAt: Date | null;
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

/** What a run's figures are made of: a stored result, or what it has traded so far. */
export interface RunMaterial {
  readonly stored: {
    /** As app/runs/run-figures.ts stores them. */
    readonly statistics: Json;
    /** Epoch ms and rupees. */
    readonly equity: { readonly time: Float64Array; readonly equity: Float64Array };
  } | null;
  /** In the order they happened; empty where there is a stored result. */
  readonly fills: readonly RunFill[];
  /** Closed, in the order they were left. */
  readonly trades: readonly Trade[];
}

/** An execution of a portfolio, as far as its results need it. */
export interface PortfolioFill extends RunFill {
  /** Null: placed by hand. */
  readonly runId: string | null;
}

/** What a corporate action gave to a lot of a portfolio. */
export interface PortfolioEntitlement {
  /** Market time, epoch ms. */
  readonly time: number;
  readonly runId: string | null;
  readonly instrumentId: string;
  /** That came, negative when they went. */
  readonly units: Decimal;
  /** Rupees received. */
  readonly cash: Decimal;
}

/** The equity of a portfolio as it was written down, and what led to it. Times are epoch ms. */
export interface WrittenEquity {
  /** Market time. */
  readonly time: number;
  readonly equity: Decimal;
  /** Rupees paid in less paid out since the snapshot before. */
  readonly flow: Decimal;
  /** By instrument. */
  readonly marks: ReadonlyMap<string, InstrumentMark>;
}

/** What the performance of a portfolio on its feed since its last reset is made of. */
export interface PortfolioMaterial {
  /** In the order of time. */
  readonly written: readonly WrittenEquity[];
  /** In the order they happened. */
  readonly fills: readonly PortfolioFill[];
  readonly notes: readonly ContractNoteView[];
  /** Closed, in the order they were left. */
  readonly trades: readonly (Trade & Pick<PortfolioFill, 'runId' | 'instrumentId'>)[];
  /** What corporate actions gave to its lots, in the order of time. */
  readonly entitlements: readonly PortfolioEntitlement[];
  /** Whose runs have traded in it. */
  readonly owners: ReadonlyMap<string, RunOwner>;
}

export interface RunOwner {
  readonly strategyId: string;
  readonly agentId: string | null;
}

/** A row of the audit trail; its owner is the chain, which is a user or the installation. */
export interface AuditEventView extends View<'AuditEvent'> {
  readonly position: bigint;
  readonly occurredAt: Date;
  readonly action: AuditAction;
  readonly actorKind: Actor['kind'];
  readonly actorUserId: string | null;
  readonly actorId: string | null;
  /** The entity that was acted on, and its id. */
  readonly subject: string | null;
  readonly subjectId: string | null;
  /** Canonical JSON of `{ before, after }`. */
  readonly detail: string;
  /** Sealed, and under whose key. */
  readonly personal: string | null;
  readonly personalOf: string | null;
  readonly previousHash: string;
  readonly hash: string;
}

/** Anything with a global id. */
export type NodeView =
  | UserView
  | SessionView
  | ApiKeyView
  | ManagedAccountView
  | JobFailureView
  | RiskLockView
  | RiskLimitsView
  | PasskeyView
  | BrokerAccountView
  | InstrumentView
  | DatasetView
  | ReplaySessionView
  | StrategyView
  | StrategyVersionView
  | RunView
  | AgentView
  | AgentDecisionView
  | OrderView
  | GttView
  | ReconciliationFindingView
  | OrderRequestView
  | ProtectionView
  | FillView
  | TradeView
  | PortfolioView
  | LedgerEntryView
  | ContractNoteView
  | NotificationView
  | AuditEventView;

export type EntityName = NodeView['entity'];

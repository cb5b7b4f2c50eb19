import type { EventTopic } from './events.ts';
import type { TierLimits } from './tiers.ts';
import type {
  ApiKeyView,
  BrokerAccountView,
  AuditEventView,
  JobFailureView,
  ManagedAccountView,
  NotificationView,
  PasskeyView,
  SessionView,
  SecondFactorView,
  TierUsageView,
  UserView,
} from '../views/account.ts';
import type { DatasetView, InstrumentView, QuoteView, ReplaySessionView } from '../views/market.ts';
import type {
  ChargesView,
  FillView,
  GttView,
  OrderEventView,
  OrderRequestView,
  OrderView,
  ProtectionView,
} from '../views/order.ts';
import type {
  ContractNoteView,
  LedgerEntryView,
  OpenLotView,
  PortfolioFiguresView,
  PortfolioMaterial,
  PortfolioView,
  PositionView,
  TradeView,
} from '../views/portfolio.ts';
import type {
  EffectiveLimitsView,
  AccountReadingView,
  ReconciliationFindingView,
  KillSwitchView,
  RiskLimitsView,
  RiskLockView,
  RiskUsageView,
} from '../views/risk.ts';
import type {
  AgentDecisionView,
  AgentView,
  OptimisationMaterial,
  OptimisationView,
  BiasReportView,
  PerformanceView,
  RunMaterial,
  RunView,
  StrategyVersionView,
  StrategyView,
} from '../views/strategy.ts';

/** Many keys in, what was found out; a key without an answer is absent. One query a call. */
export type BatchRead<Value> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

/**
 * Reads for screens, each for many keys at once. They answer for any owner: whoever asks checks
 * `ownerId` before showing anything.
 */
export interface BatchReads {
  readonly user: BatchRead<UserView>;
  readonly session: BatchRead<SessionView>;
  readonly apiKey: BatchRead<ApiKeyView>;
  readonly managedAccount: BatchRead<ManagedAccountView>;
  readonly jobFailure: BatchRead<JobFailureView>;
  readonly riskLock: BatchRead<RiskLockView>;
  readonly riskLimits: BatchRead<RiskLimitsView>;
  /** On each feed of the scope's portfolios, the newest first, twenty at most. */
  readonly usageOfRiskLimits: BatchRead<readonly RiskUsageView[]>;
  /** Absent: none holds. */
  readonly killSwitchOfRiskLimits: BatchRead<KillSwitchView>;
  readonly effectiveLimitsOfPortfolio: BatchRead<EffectiveLimitsView>;
  /** In its portfolio, with the limits of the agent and its strategy. */
  readonly effectiveLimitsOfAgent: BatchRead<EffectiveLimitsView>;
  /** Every limit of the user's tier. */
  readonly tierUsageOfUser: BatchRead<readonly TierUsageView[]>;
  readonly passkey: BatchRead<PasskeyView>;
  readonly brokerAccount: BatchRead<BrokerAccountView>;
  /** Operations a minute that a tier allows. */
  readonly requestsPerMinuteOfTier: BatchRead<number>;
  readonly instrument: BatchRead<InstrumentView>;
  readonly dataset: BatchRead<DatasetView>;
  readonly replaySession: BatchRead<ReplaySessionView>;
  readonly strategy: BatchRead<StrategyView>;
  readonly strategyVersion: BatchRead<StrategyVersionView>;
  readonly run: BatchRead<RunView>;
  readonly optimisation: BatchRead<OptimisationView>;
  readonly agent: BatchRead<AgentView>;
  readonly agentDecision: BatchRead<AgentDecisionView>;
  readonly order: BatchRead<OrderView>;
  readonly gtt: BatchRead<GttView>;
  readonly reconciliationFinding: BatchRead<ReconciliationFindingView>;
  /** Absent: its broker was never read. */
  readonly readingOfPortfolio: BatchRead<AccountReadingView>;
  readonly orderRequest: BatchRead<OrderRequestView>;
  readonly protection: BatchRead<ProtectionView>;
  readonly fill: BatchRead<FillView>;
  readonly trade: BatchRead<TradeView>;
  readonly portfolio: BatchRead<PortfolioView>;
  readonly ledgerEntry: BatchRead<LedgerEntryView>;
  readonly contractNote: BatchRead<ContractNoteView>;
  readonly notification: BatchRead<NotificationView>;
  readonly auditEvent: BatchRead<AuditEventView>;

  readonly secondFactorOfUser: BatchRead<SecondFactorView>;
  /** Oldest first. */
  readonly passkeysOfUser: BatchRead<readonly PasskeyView[]>;
  /** The personal data of rows of the audit trail, as JSON; absent: none, or their user was erased. */
  readonly personalOfAuditEvent: BatchRead<string>;
  /** In the order the version names them. */
  readonly instrumentsOfVersion: BatchRead<readonly InstrumentView[]>;
  readonly namedInstrumentsOfVersion: BatchRead<readonly InstrumentView[]>;
  readonly instrumentsOfReplay: BatchRead<readonly InstrumentView[]>;
  /** By trading symbol. */
  readonly instrumentsOfDataset: BatchRead<readonly InstrumentView[]>;
  /** Open of the first record and end of the last. */
  readonly rangeOfDataset: BatchRead<{ readonly from: Date; readonly to: Date }>;
  readonly quotesOfFeed: BatchRead<readonly QuoteView[]>;
  readonly currentVersionOfStrategy: BatchRead<StrategyVersionView>;
  /** Closed trades of all paper and live runs; absent where there are none. */
  readonly performanceOfStrategy: BatchRead<PerformanceView>;
  readonly performanceOfAgent: BatchRead<PerformanceView>;
  readonly lastRunOfAgent: BatchRead<RunView>;
  readonly ordersOfDecision: BatchRead<readonly OrderView[]>;
  /** By leg number. */
  readonly ordersOfRequest: BatchRead<readonly OrderView[]>;
  /** In the order they happened. */
  readonly eventsOfOrder: BatchRead<readonly OrderEventView[]>;
  readonly fillsOfOrder: BatchRead<readonly FillView[]>;
  /** Everything that traded, flat positions included, by symbol. */
  readonly positionsOfPortfolio: BatchRead<readonly PositionView[]>;
  /** Open trades of long delivery positions, oldest first. */
  readonly deliveryLotsOfPortfolio: BatchRead<readonly OpenLotView[]>;
  readonly figuresOfPortfolio: BatchRead<PortfolioFiguresView>;
  /** Charges of fills of days without a contract note yet. */
  readonly accruedChargesOfPortfolio: BatchRead<ChargesView>;
  /** What the performance of a portfolio is made of; absent while no equity is written down. */
  readonly materialOfPortfolio: BatchRead<PortfolioMaterial>;
  /** Trials of an optimisation and what walking forward gave. */
  readonly materialOfOptimisation: BatchRead<OptimisationMaterial>;
  /** What statistics and equity of a run are made of. */
  readonly materialOfRun: BatchRead<RunMaterial>;
  /** All trades of a run, open ones too, in the order of their entries. */
  readonly everyTradeOfRun: BatchRead<readonly TradeView[]>;
  /** By `<strategy's id> <number>`. */
  readonly numberedVersion: BatchRead<StrategyVersionView>;
  /** Whether runs deserve trust, as far as that was looked into. */
  readonly biasReportOfRun: BatchRead<BiasReportView>;
}

/** What each list holds. Newest first, except instruments and datasets (by name). */
export interface ListViews {
  /** Those that were not ended. */
  readonly brokerAccountsOfUser: BrokerAccountView;
  /** Shared instruments and the user's own; filter: text within symbol or name. */
  readonly instrumentsOfUser: InstrumentView;
  /** Shared datasets and the user's own. */
  readonly datasetsOfUser: DatasetView;
  readonly replaySessionsOfUser: ReplaySessionView;
  /** Filter: status. */
  readonly strategiesOfUser: StrategyView;
  /** Filter: kind. */
  readonly runsOfUser: RunView;
  /** Filter: status. */
  readonly agentsOfUser: AgentView;
  readonly portfoliosOfUser: PortfolioView;
  /** Filter: status. */
  readonly ordersOfUser: OrderView;
  /** Filter: status. */
  readonly tradesOfUser: TradeView;
  /** Of the user and of their portfolios, strategies and agents. */
  readonly riskLocksOfUser: RiskLockView;
  /** Filter: status. */
  readonly gttsOfUser: GttView;
  /** Newest first. Filter: OPEN or ENDED. */
  readonly findingsOfUser: ReconciliationFindingView;
  /** Of the installation, whatever the parent. */
  readonly riskLocksOfPlatform: RiskLockView;
  /** Of the user and of their portfolios, strategies and agents. Filter: scope. */
  readonly riskLimitsOfUser: RiskLimitsView;
  /** The installation's, whatever the parent. */
  readonly riskLimitsOfPlatform: RiskLimitsView;
  /** Filter: status. */
  readonly protectionsOfUser: ProtectionView;
  readonly notificationsOfUser: NotificationView;
  /** Those that have not ended, newest first. */
  readonly sessionsOfUser: SessionView;
  /** Revoked and expired ones, too. */
  readonly apiKeysOfUser: ApiKeyView;
  /** Every account, whoever asks. Filter: `<status>:<part of email or name>`, either empty. */
  readonly accounts: ManagedAccountView;
  /** Every one, whoever asks, the latest failure first. Filter: status. */
  readonly jobFailures: JobFailureView;
  /** By position, the newest first. Filter: action. */
  readonly auditEventsOfUser: AuditEventView;
  /** Of every chain, whatever the parent. Filter: action. */
  readonly auditEventsOfAll: AuditEventView;
  readonly versionsOfStrategy: StrategyVersionView;
  /** Filter: kind. */
  readonly runsOfStrategy: RunView;
  readonly optimisationsOfUser: OptimisationView;
  readonly optimisationsOfStrategy: OptimisationView;
  readonly agentsOfStrategy: AgentView;
  readonly runsOfAgent: RunView;
  readonly decisionsOfAgent: AgentDecisionView;
  readonly tradesOfAgent: TradeView;
  readonly decisionsOfRun: AgentDecisionView;
  readonly ordersOfRun: OrderView;
  readonly tradesOfRun: TradeView;
  /** Filter: status. */
  readonly ordersOfPortfolio: OrderView;
  /** Filter: status. */
  readonly tradesOfPortfolio: TradeView;
  readonly ledgerOfPortfolio: LedgerEntryView;
  readonly contractNotesOfPortfolio: ContractNoteView;
}

export type ListName = keyof ListViews;

/** A place in a list: the sort key of one of its rows. */
export interface ListPosition {
  readonly key: string;
  readonly id: string;
}

/** Which rows of a list: `first` of those behind `after`. */
export interface ListWindow {
  readonly first: number;
  readonly after: ListPosition | null;
  /** What the list's doc line says; null: everything. */
  readonly filter: string | null;
}

export interface ListPage<View> {
  readonly rows: readonly { readonly position: ListPosition; readonly view: View }[];
  readonly hasMore: boolean;
}

/** Pages of lists, for many parents (the list's `Of`) in one query. */
export interface ListReads {
  page<L extends ListName>(
    list: L,
    parentIds: readonly string[],
    window: ListWindow,
  ): Promise<ReadonlyMap<string, ListPage<ListViews[L]>>>;
  /** Rows of the whole list, for each parent. */
  count(
    list: ListName,
    parentIds: readonly string[],
    filter: string | null,
  ): Promise<ReadonlyMap<string, number>>;
}

/** An event of a user's log, with its subject as it was after the event. */
export interface EventView {
  readonly sequence: bigint;
  readonly occurredAt: Date;
  readonly topic: EventTopic;
  readonly type: string;
  readonly subject: EventSubject;
  /** What the agent decided, where the event is a decision. */
  readonly decision: AgentDecisionView | null;
}

/** What the events of each topic are about. */
export interface EventSubjects {
  readonly ORDER: OrderView;
  readonly TRADE: TradeView;
  readonly AGENT: AgentView;
  readonly PORTFOLIO: PortfolioView;
  readonly RUN: RunView;
  readonly REPLAY: ReplaySessionView;
  readonly NOTIFICATION: NotificationView;
  readonly GTT: GttView;
  readonly OPTIMISATION: OptimisationView;
}

export type EventSubject = EventSubjects[EventTopic];

/** Where a user's event log begins and ends. */
export interface EventLogBounds {
  /** Sequence of the oldest event still kept; `last + 1` of an empty log. */
  readonly first: bigint;
  /** Sequence of the newest event; 0 before the first. */
  readonly last: bigint;
}

export interface EventReads {
  bounds(userId: string): Promise<EventLogBounds>;
  /** Up to `limit` events after `sequence`, in order. */
  after(userId: string, sequence: bigint, limit: number): Promise<readonly EventView[]>;
}

/** The read side: views for screens, never for decisions. */
export interface Reads {
  readonly batches: BatchReads;
  readonly lists: ListReads;
  readonly events: EventReads;
  /** What each tier allows, the smallest first. */
  tierLimits(): Promise<readonly (TierLimits & { readonly tier: UserView['tier'] })[]>;
  /** Whether the database answers. */
  ping(): Promise<void>;
}

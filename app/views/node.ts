import type {
  ApiKeyView,
  AuditEventView,
  BrokerAccountView,
  JobFailureView,
  ManagedAccountView,
  NotificationView,
  PasskeyView,
  SessionView,
  UserView,
} from './account.ts';
import type { DatasetView, InstrumentView, ReplaySessionView } from './market.ts';
import type { FillView, GttView, OrderRequestView, OrderView, ProtectionView } from './order.ts';
import type { ContractNoteView, LedgerEntryView, PortfolioView, TradeView } from './portfolio.ts';
import type { ReconciliationFindingView, RiskLimitsView, RiskLockView } from './risk.ts';
import type {
  AgentDecisionView,
  AgentView,
  OptimisationView,
  RunView,
  StrategyVersionView,
  StrategyView,
} from './strategy.ts';

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
  | OptimisationView
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

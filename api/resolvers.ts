import type { NonEmptyArray } from 'type-graphql';
import { ChangeEmailMutation } from './modules/account/change-email.ts';
import { ChangePasswordMutation } from './modules/account/change-password.ts';
import { ConfirmEmailChangeMutation } from './modules/account/confirm-email-change.ts';
import { ConfirmRegistrationMutation } from './modules/account/confirm-registration.ts';
import { DeleteAccountMutation } from './modules/account/delete-account.ts';
import { InstallationQuery } from './modules/account/installation.ts';
import { LoginMutation } from './modules/account/login.ts';
import { LogoutMutation } from './modules/account/logout.ts';
import { RegisterMutation } from './modules/account/register.ts';
import { RequestPasswordResetMutation } from './modules/account/request-password-reset.ts';
import { ResetPasswordMutation } from './modules/account/reset-password.ts';
import { RestoreAccountMutation } from './modules/account/restore-account.ts';
import { UpdateAccountSettingsMutation } from './modules/account/update-account-settings.ts';
import { UpdateProfileMutation } from './modules/account/update-profile.ts';
import { EventSequenceQuery } from './modules/account/event-sequence.ts';
import { ViewerQuery } from './modules/account/viewer.ts';
import { ApiKeysQuery } from './modules/api-key/api-keys.ts';
import { CreateApiKeyMutation } from './modules/api-key/create-api-key.ts';
import { RevokeApiKeyMutation } from './modules/api-key/revoke-api-key.ts';
import { LogOutEverywhereMutation } from './modules/session/log-out-everywhere.ts';
import { RefreshTokensMutation } from './modules/session/refresh-tokens.ts';
import { RevokeSessionMutation } from './modules/session/revoke-session.ts';
import { SessionFields } from './modules/session/session.ts';
import { SessionsQuery } from './modules/session/sessions.ts';
import { AccountQuery } from './modules/administration/account-query.ts';
import { AccountsQuery } from './modules/administration/accounts.ts';
import { AuditedAccountField } from './modules/administration/audited-account.ts';
import { ManagedAccountFields } from './modules/administration/managed-account.ts';
import { ChangeRoleMutation } from './modules/administration/change-role.ts';
import { ChangeTierMutation } from './modules/administration/change-tier.ts';
import { FailedJobMutations } from './modules/administration/decide-on-failed-job.ts';
import { JobFailuresQuery } from './modules/administration/job-failures.ts';
import { ReinstateAccountMutation } from './modules/administration/reinstate-account.ts';
import { SuspendAccountMutation } from './modules/administration/suspend-account.ts';
import { KillSwitchMutations } from './modules/risk/kill-switch.ts';
import { SetRiskLimitsMutation } from './modules/risk/set-risk-limits.ts';
import { AcknowledgeFindingMutation } from './modules/reconciliation/acknowledge-finding.ts';
import { AccountReadingFields } from './modules/reconciliation/account-reading.ts';
import { ReconciliationFindingFields } from './modules/reconciliation/reconciliation-finding.ts';
import { ReconciliationFindingsQuery } from './modules/reconciliation/reconciliation-findings.ts';
import { ReleaseRiskLockMutation } from './modules/risk/release-risk-lock.ts';
import {
  AgentLimitsField,
  EffectiveRiskLimitsFields,
  PortfolioLimitsField,
} from './modules/risk/effective-limits.ts';
import { RiskLimitsFields } from './modules/risk/risk-limits.ts';
import { RiskLimitsQuery } from './modules/risk/risk-limits-query.ts';
import { RiskLimitUseFields, RiskUsageFields } from './modules/risk/risk-usage.ts';
import { RiskLockFields } from './modules/risk/risk-lock.ts';
import { RiskLocksQuery } from './modules/risk/risk-locks.ts';
import { SetTierLimitsMutation } from './modules/tier/set-tier-limits.ts';
import { TierLimitsQuery } from './modules/tier/tier-limits.ts';
import { TierUsageFields } from './modules/tier/tier-usage.ts';
import { AgentFields, AgentDecisionFields } from './modules/agent/agent-fields.ts';
import { AgentQuery } from './modules/agent/agent-query.ts';
import { AgentUpdatesSubscription } from './modules/agent/agent-updates.ts';
import { AgentsQuery } from './modules/agent/agents.ts';
import { CreateAgentMutation } from './modules/agent/create-agent.ts';
import { PauseAgentMutation } from './modules/agent/pause-agent.ts';
import { ResumeAgentMutation } from './modules/agent/resume-agent.ts';
import { StartAgentMutation } from './modules/agent/start-agent.ts';
import { StopAgentMutation } from './modules/agent/stop-agent.ts';
import { BrokerConnectionsQuery } from './modules/broker/broker-connections.ts';
import { ConnectBrokerMutation } from './modules/broker/connect-broker.ts';
import { DisconnectBrokerMutation } from './modules/broker/disconnect-broker.ts';
import { AuditEventFields } from './modules/audit/audit-event-fields.ts';
import { AuditEventsQuery } from './modules/audit/audit-events.ts';
import { AuditTrailQuery } from './modules/audit/audit-trail.ts';
import { ChargeBreakdownFields } from './modules/charges/charge-breakdown.ts';
import { CandlesQuery } from './modules/dataset/candles.ts';
import { DatasetFields } from './modules/dataset/dataset.ts';
import { DatasetsQuery } from './modules/dataset/datasets.ts';
import { ImportHistoryMutation } from './modules/dataset/import-history.ts';
import { InstrumentFields } from './modules/instrument/instrument.ts';
import { MarketSessionField } from './modules/instrument/market-session.ts';
import { InstrumentsQuery } from './modules/instrument/instruments.ts';
import { LettersQuery } from './modules/letter/letters.ts';
import { NodeQuery } from './modules/node/node-query.ts';
import { MarkNotificationReadMutation } from './modules/notification/mark-notification-read.ts';
import { NotificationsSubscription } from './modules/notification/notification-updates.ts';
import { NotificationsQuery } from './modules/notification/notifications.ts';
import { GttFields, GttLegFields } from './modules/gtt/gtt.ts';
import { GttsQuery } from './modules/gtt/gtts.ts';
import { GttUpdatesSubscription } from './modules/gtt/gtt-updates.ts';
import { PlaceGttMutation } from './modules/gtt/place-gtt.ts';
import { ModifyGttMutation } from './modules/gtt/modify-gtt.ts';
import { CancelGttMutation } from './modules/gtt/cancel-gtt.ts';
import { ModifyProtectionMutation } from './modules/protection/modify-protection.ts';
import { PlaceBracketMutation } from './modules/protection/place-bracket.ts';
import { ProtectionFields } from './modules/protection/protection.ts';
import { ProtectionsQuery } from './modules/protection/protections.ts';
import { ProtectionMutations } from './modules/protection/set-protective-stop.ts';
import { OrderFields } from './modules/order/order-fields.ts';
import {
  OrderRequestFields,
  OrderRequestOfOrder,
  OrderRequestQuery,
} from './modules/order/order-request.ts';
import { OrderQuery } from './modules/order/order-query.ts';
import { OrderUpdatesSubscription } from './modules/order/order-updates.ts';
import { OrdersQuery } from './modules/order/orders.ts';
import { CancelAllOrdersMutation } from './modules/order/cancel-all-orders.ts';
import { CancelOrderMutation } from './modules/order/cancel-order.ts';
import { ModifyOrderMutation } from './modules/order/modify-order.ts';
import {
  GttPreviewFields,
  PreviewedGttLegFields,
  PreviewGttQuery,
} from './modules/gtt/preview-gtt.ts';
import { PreviewBracketQuery } from './modules/protection/preview-bracket.ts';
import { OrderPreviewFields, PreviewedOrderFields } from './modules/order/order-preview.ts';
import { PlaceBasketMutation } from './modules/order/place-basket.ts';
import { CloseTradeMutation } from './modules/order/close-trade.ts';
import { ExitAllPositionsMutation } from './modules/order/exit-all-positions.ts';
import { ExitPositionMutation } from './modules/order/exit-position.ts';
import { PlaceOrderMutation } from './modules/order/place-order.ts';
import { PreviewOrderQuery } from './modules/order/preview-order.ts';
import { CreatePortfolioMutation } from './modules/portfolio/create-portfolio.ts';
import { HoldingFields, PortfolioHoldings } from './modules/portfolio/holdings.ts';
import { MoveCapitalMutations } from './modules/portfolio/move-capital.ts';
import { RenamePortfolioMutation } from './modules/portfolio/rename-portfolio.ts';
import { ResetPortfolioMutation } from './modules/portfolio/reset-portfolio.ts';
import { OrderMarginFields, PortfolioFunds } from './modules/portfolio/funds.ts';
import { PortfolioFields, PositionFields } from './modules/portfolio/portfolio-fields.ts';
import {
  AttributionFields,
  AttributionKeyFields,
  CorrelationFields,
  PortfolioPerformanceField,
  PortfolioPerformanceFields,
} from './modules/portfolio/portfolio-performance-fields.ts';
import { PortfolioQuery } from './modules/portfolio/portfolio-query.ts';
import { PortfolioUpdatesSubscription } from './modules/portfolio/portfolio-updates.ts';
import { PositionFiguresFields, PositionViewFields } from './modules/portfolio/position-views.ts';
import { PortfoliosQuery } from './modules/portfolio/portfolios.ts';
import { CreateReplayMutation } from './modules/replay/create-replay.ts';
import { PauseReplayMutation } from './modules/replay/pause-replay.ts';
import { ReplaySessionQuery } from './modules/replay/replay-session-query.ts';
import { QuoteFields, ReplaySessionFields } from './modules/replay/replay-session.ts';
import { ReplaySessionsQuery } from './modules/replay/replay-sessions.ts';
import { ReplayUpdatesSubscription } from './modules/replay/replay-updates.ts';
import { RestartReplayMutation } from './modules/replay/restart-replay.ts';
import { SetReplaySpeedMutation } from './modules/replay/set-replay-speed.ts';
import { StartReplayMutation } from './modules/replay/start-replay.ts';
import { StopReplayMutation } from './modules/replay/stop-replay.ts';
import { TicksSubscription } from './modules/replay/ticks.ts';
import { CancelOptimisationMutation } from './modules/optimisation/cancel-optimisation.ts';
import {
  OptimisationFields,
  WalkForwardResultFields,
} from './modules/optimisation/optimisation-fields.ts';
import { OptimisationUpdatesSubscription } from './modules/optimisation/optimisation-updates.ts';
import { OptimisationQueries } from './modules/optimisation/optimisations.ts';
import { StartOptimisationMutation } from './modules/optimisation/start-optimisation.ts';
import { CancelBacktestMutation } from './modules/run/cancel-backtest.ts';
import { RunBacktestMutation } from './modules/run/run-backtest.ts';
import {
  RunFields,
  BacktestRunFields,
  PaperRunFields,
  LiveRunFields,
} from './modules/run/run-fields.ts';
import {
  BiasReportFields,
  LookAheadCheckFields,
  ParameterSensitivityFields,
  SampleFiguresFields,
} from './modules/run/bias-report.ts';
import {
  CompareRunsQuery,
  ComparedRunFields,
  RunComparisonFields,
  RunCorrelationFields,
} from './modules/run/compare-runs.ts';
import { StrategyPresetsQuery } from './modules/strategy/strategy-presets.ts';
import {
  StrategyVersionChange,
  StrategyVersionChangesFields,
} from './modules/strategy/version-changes.ts';
import { RunBenchmarkFields } from './modules/run/run-benchmark.ts';
import { RunStatisticsFields } from './modules/run/run-statistics.ts';
import { RunQuery } from './modules/run/run-query.ts';
import { RunUpdatesSubscription } from './modules/run/run-updates.ts';
import { RunsQuery } from './modules/run/runs.ts';
import { BeginPasskeyChallengeMutation } from './modules/second-factor/begin-passkey-challenge.ts';
import { BeginPasskeyLoginMutation } from './modules/second-factor/begin-passkey-login.ts';
import { BeginPasskeyRegistrationMutation } from './modules/second-factor/begin-passkey-registration.ts';
import { BeginTotpEnrolmentMutation } from './modules/second-factor/begin-totp-enrolment.ts';
import { ConfirmTotpMutation } from './modules/second-factor/confirm-totp.ts';
import { DisableTotpMutation } from './modules/second-factor/disable-totp.ts';
import { FinishPasskeyLoginMutation } from './modules/second-factor/finish-passkey-login.ts';
import { FinishPasskeyRegistrationMutation } from './modules/second-factor/finish-passkey-registration.ts';
import { RemovePasskeyMutation } from './modules/second-factor/remove-passkey.ts';
import { RenewRecoveryCodesMutation } from './modules/second-factor/renew-recovery-codes.ts';
import { SecondFactorFields } from './modules/second-factor/second-factor-fields.ts';
import { VerifySecondFactorMutation } from './modules/second-factor/verify-second-factor.ts';
import { CheckRulesQuery } from './modules/strategy/check-rules.ts';
import { CreateStrategyMutation } from './modules/strategy/create-strategy.ts';
import { DeleteStrategyMutation } from './modules/strategy/delete-strategy.ts';
import { StrategiesQuery } from './modules/strategy/strategies.ts';
import {
  StrategyFields,
  StrategyVersionFields,
  StrategyPerformanceFields,
} from './modules/strategy/strategy-fields.ts';
import { StrategyQuery } from './modules/strategy/strategy-query.ts';
import { UpdateStrategyMutation } from './modules/strategy/update-strategy.ts';
import { TradeFields } from './modules/trade/trade-fields.ts';
import { TradeUpdatesSubscription } from './modules/trade/trade-updates.ts';
import { TradesQuery } from './modules/trade/trades.ts';
import { NodeFields } from './relay/node.ts';

/** Every resolver of the contract: one class a query, mutation and subscription, one a type. */
export const resolvers: NonEmptyArray<NewableFunction> = [
  NodeFields,
  ChangeEmailMutation,
  ChangePasswordMutation,
  ConfirmEmailChangeMutation,
  ConfirmRegistrationMutation,
  DeleteAccountMutation,
  EventSequenceQuery,
  InstallationQuery,
  LoginMutation,
  LogoutMutation,
  RegisterMutation,
  RequestPasswordResetMutation,
  ResetPasswordMutation,
  RestoreAccountMutation,
  UpdateAccountSettingsMutation,
  UpdateProfileMutation,
  ViewerQuery,
  RefreshTokensMutation,
  LogOutEverywhereMutation,
  SessionsQuery,
  SessionFields,
  RevokeSessionMutation,
  AccountQuery,
  AccountsQuery,
  AuditedAccountField,
  ManagedAccountFields,
  ChangeRoleMutation,
  ChangeTierMutation,
  ReinstateAccountMutation,
  FailedJobMutations,
  JobFailuresQuery,
  SuspendAccountMutation,
  TierUsageFields,
  TierLimitsQuery,
  SetTierLimitsMutation,
  SetRiskLimitsMutation,
  AcknowledgeFindingMutation,
  AccountReadingFields,
  ReconciliationFindingFields,
  ReconciliationFindingsQuery,
  ReleaseRiskLockMutation,
  AgentLimitsField,
  EffectiveRiskLimitsFields,
  PortfolioLimitsField,
  RiskLimitsFields,
  RiskLimitsQuery,
  RiskLimitUseFields,
  RiskUsageFields,
  RiskLockFields,
  RiskLocksQuery,
  KillSwitchMutations,
  ApiKeysQuery,
  CreateApiKeyMutation,
  RevokeApiKeyMutation,
  AgentFields,
  AgentDecisionFields,
  AgentQuery,
  AgentUpdatesSubscription,
  AgentsQuery,
  CreateAgentMutation,
  PauseAgentMutation,
  ResumeAgentMutation,
  StartAgentMutation,
  StopAgentMutation,
  BrokerConnectionsQuery,
  ConnectBrokerMutation,
  DisconnectBrokerMutation,
  AuditEventFields,
  AuditEventsQuery,
  AuditTrailQuery,
  ChargeBreakdownFields,
  CandlesQuery,
  DatasetFields,
  DatasetsQuery,
  ImportHistoryMutation,
  InstrumentFields,
  MarketSessionField,
  InstrumentsQuery,
  LettersQuery,
  NodeQuery,
  MarkNotificationReadMutation,
  NotificationsSubscription,
  NotificationsQuery,
  ModifyProtectionMutation,
  PlaceBracketMutation,
  ProtectionFields,
  ProtectionsQuery,
  ProtectionMutations,
  GttFields,
  GttLegFields,
  GttsQuery,
  GttUpdatesSubscription,
  PlaceGttMutation,
  ModifyGttMutation,
  CancelGttMutation,
  OrderFields,
  OrderQuery,
  OrderRequestFields,
  OrderRequestOfOrder,
  OrderRequestQuery,
  OrderUpdatesSubscription,
  OrdersQuery,
  OrderPreviewFields,
  PreviewBracketQuery,
  PreviewGttQuery,
  GttPreviewFields,
  PreviewedGttLegFields,
  PlaceBasketMutation,
  PreviewedOrderFields,
  PreviewOrderQuery,
  PlaceOrderMutation,
  ExitPositionMutation,
  ExitAllPositionsMutation,
  CloseTradeMutation,
  ModifyOrderMutation,
  CancelOrderMutation,
  CancelAllOrdersMutation,
  CreatePortfolioMutation,
  MoveCapitalMutations,
  RenamePortfolioMutation,
  ResetPortfolioMutation,
  PortfolioFields,
  PortfolioFunds,
  PortfolioHoldings,
  HoldingFields,
  PositionFiguresFields,
  PositionViewFields,
  OrderMarginFields,
  PortfolioPerformanceField,
  PortfolioPerformanceFields,
  AttributionFields,
  AttributionKeyFields,
  CorrelationFields,
  PositionFields,
  PortfolioQuery,
  PortfolioUpdatesSubscription,
  PortfoliosQuery,
  CreateReplayMutation,
  PauseReplayMutation,
  ReplaySessionQuery,
  QuoteFields,
  ReplaySessionFields,
  ReplaySessionsQuery,
  ReplayUpdatesSubscription,
  RestartReplayMutation,
  SetReplaySpeedMutation,
  StartReplayMutation,
  StopReplayMutation,
  TicksSubscription,
  CancelBacktestMutation,
  StartOptimisationMutation,
  CancelOptimisationMutation,
  OptimisationFields,
  WalkForwardResultFields,
  OptimisationQueries,
  OptimisationUpdatesSubscription,
  RunBacktestMutation,
  RunFields,
  BacktestRunFields,
  PaperRunFields,
  LiveRunFields,
  BiasReportFields,
  LookAheadCheckFields,
  ParameterSensitivityFields,
  SampleFiguresFields,
  RunBenchmarkFields,
  RunStatisticsFields,
  CompareRunsQuery,
  ComparedRunFields,
  RunComparisonFields,
  RunCorrelationFields,
  StrategyPresetsQuery,
  StrategyVersionChange,
  StrategyVersionChangesFields,
  RunQuery,
  RunUpdatesSubscription,
  RunsQuery,
  BeginPasskeyChallengeMutation,
  BeginPasskeyLoginMutation,
  BeginPasskeyRegistrationMutation,
  BeginTotpEnrolmentMutation,
  ConfirmTotpMutation,
  DisableTotpMutation,
  FinishPasskeyLoginMutation,
  FinishPasskeyRegistrationMutation,
  RemovePasskeyMutation,
  RenewRecoveryCodesMutation,
  SecondFactorFields,
  VerifySecondFactorMutation,
  CheckRulesQuery,
  CreateStrategyMutation,
  DeleteStrategyMutation,
  StrategiesQuery,
  StrategyFields,
  StrategyVersionFields,
  StrategyPerformanceFields,
  StrategyQuery,
  UpdateStrategyMutation,
  TradeFields,
  TradeUpdatesSubscription,
  TradesQuery,
];

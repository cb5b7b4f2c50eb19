-- CreateEnum
CREATE TYPE "UserRole" AS ENUM ('USER', 'PREMIUM', 'ADMIN');

-- CreateEnum
CREATE TYPE "SubscriptionTier" AS ENUM ('FREE', 'BASIC', 'PRO', 'ENTERPRISE');

-- CreateEnum
CREATE TYPE "Exchange" AS ENUM ('NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'BCD', 'MCX');

-- CreateEnum
CREATE TYPE "InstrumentType" AS ENUM ('EQUITY', 'EXCHANGE_TRADED_FUND', 'INDEX', 'FUTURE', 'CALL_OPTION', 'PUT_OPTION');

-- CreateEnum
CREATE TYPE "DatasetKind" AS ENUM ('CANDLES', 'TICKS');

-- CreateEnum
CREATE TYPE "CandleInterval" AS ENUM ('MINUTE', 'DAY');

-- CreateEnum
CREATE TYPE "PriceAdjustment" AS ENUM ('UNADJUSTED', 'ADJUSTED');

-- CreateEnum
CREATE TYPE "FeedKind" AS ENUM ('REPLAY', 'LIVE');

-- CreateEnum
CREATE TYPE "ReplayState" AS ENUM ('READY', 'RUNNING', 'PAUSED', 'FINISHED', 'STOPPED', 'ERROR');

-- CreateEnum
CREATE TYPE "StrategyType" AS ENUM ('MOMENTUM', 'MEAN_REVERSION', 'ARBITRAGE', 'SCALPING', 'SWING', 'CUSTOM');

-- CreateEnum
CREATE TYPE "StrategyStatus" AS ENUM ('DRAFT', 'ACTIVE', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "TimeFrame" AS ENUM ('ONE_MINUTE', 'THREE_MINUTES', 'FIVE_MINUTES', 'TEN_MINUTES', 'FIFTEEN_MINUTES', 'THIRTY_MINUTES', 'ONE_HOUR', 'ONE_DAY');

-- CreateEnum
CREATE TYPE "RunKind" AS ENUM ('BACKTEST', 'PAPER', 'LIVE');

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('QUEUED', 'RUNNING', 'PAUSED', 'COMPLETED', 'STOPPED', 'FAILED');

-- CreateEnum
CREATE TYPE "AgentType" AS ENUM ('AI_POWERED', 'RULE_BASED', 'HYBRID');

-- CreateEnum
CREATE TYPE "AgentStatus" AS ENUM ('IDLE', 'RUNNING', 'PAUSED', 'STOPPED', 'ERROR');

-- CreateEnum
CREATE TYPE "DecisionTrigger" AS ENUM ('BAR', 'SQUARE_OFF', 'STOP');

-- CreateEnum
CREATE TYPE "OrderSource" AS ENUM ('USER', 'API_KEY', 'AGENT', 'WEBHOOK', 'SQUARE_OFF', 'KILL_SWITCH');

-- CreateEnum
CREATE TYPE "OrderRequestKind" AS ENUM ('SINGLE', 'SLICED', 'BASKET', 'BRACKET');

-- CreateEnum
CREATE TYPE "OrderSide" AS ENUM ('BUY', 'SELL');

-- CreateEnum
CREATE TYPE "OrderType" AS ENUM ('MARKET', 'LIMIT', 'SL', 'SL_M');

-- CreateEnum
CREATE TYPE "ProductType" AS ENUM ('CNC', 'MIS', 'NRML', 'MTF');

-- CreateEnum
CREATE TYPE "OrderValidity" AS ENUM ('DAY', 'IOC', 'TTL');

-- CreateEnum
CREATE TYPE "OrderStatus" AS ENUM ('INITIALIZED', 'DENIED', 'SUBMITTED', 'ACCEPTED', 'PARTIALLY_FILLED', 'FILLED', 'CANCEL_PENDING', 'CANCELLED', 'REJECTED', 'EXPIRED', 'UNKNOWN', 'NOT_PLACED');

-- CreateEnum
CREATE TYPE "PortfolioKind" AS ENUM ('PAPER', 'LIVE');

-- CreateEnum
CREATE TYPE "TradeStatus" AS ENUM ('OPEN', 'CLOSED');

-- CreateEnum
CREATE TYPE "TradeDirection" AS ENUM ('LONG', 'SHORT');

-- CreateEnum
CREATE TYPE "LedgerAccount" AS ENUM ('CASH', 'SECURITIES', 'REALISED_PNL', 'CHARGES', 'CAPITAL');

-- CreateEnum
CREATE TYPE "LedgerEntryKind" AS ENUM ('DEPOSIT', 'FILL', 'CHARGES');

-- CreateEnum
CREATE TYPE "RiskScope" AS ENUM ('PLATFORM', 'USER', 'PORTFOLIO', 'STRATEGY', 'AGENT');

-- CreateEnum
CREATE TYPE "TradingStateValue" AS ENUM ('ACTIVE', 'REDUCING', 'HALTED');

-- CreateEnum
CREATE TYPE "SimulatedOrderStatus" AS ENUM ('OPEN', 'COMPLETE', 'CANCELLED', 'REJECTED');

-- CreateEnum
CREATE TYPE "NotificationLevel" AS ENUM ('INFORMATION', 'WARNING', 'ERROR');

-- CreateEnum
CREATE TYPE "EventTopic" AS ENUM ('ORDER', 'TRADE', 'AGENT', 'PORTFOLIO', 'RUN', 'REPLAY', 'NOTIFICATION');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "role" "UserRole" NOT NULL DEFAULT 'USER',
    "tier" "SubscriptionTier" NOT NULL DEFAULT 'FREE',
    "lastLoginAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "userAgent" TEXT,
    "ipAddress" TEXT,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Instrument" (
    "id" UUID NOT NULL,
    "ownerId" UUID,
    "exchange" "Exchange" NOT NULL,
    "tradingSymbol" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "InstrumentType" NOT NULL,
    "instrumentToken" INTEGER,
    "tickSize" DECIMAL(20,4) NOT NULL,
    "lotSize" INTEGER NOT NULL,
    "freezeQuantity" INTEGER,
    "tradable" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Instrument_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dataset" (
    "id" UUID NOT NULL,
    "ownerId" UUID,
    "name" TEXT NOT NULL,
    "kind" "DatasetKind" NOT NULL,
    "source" TEXT NOT NULL,
    "interval" "CandleInterval",
    "adjustment" "PriceAdjustment" NOT NULL DEFAULT 'UNADJUSTED',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CandleDay" (
    "datasetId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "interval" "CandleInterval" NOT NULL,
    "tradingDay" DATE NOT NULL,
    "count" INTEGER NOT NULL,
    "columns" BYTEA NOT NULL,

    CONSTRAINT "CandleDay_pkey" PRIMARY KEY ("datasetId","instrumentId","interval","tradingDay")
);

-- CreateTable
CREATE TABLE "TickDay" (
    "datasetId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "tradingDay" DATE NOT NULL,
    "count" INTEGER NOT NULL,
    "columns" BYTEA NOT NULL,

    CONSTRAINT "TickDay_pkey" PRIMARY KEY ("datasetId","instrumentId","tradingDay")
);

-- CreateTable
CREATE TABLE "CalendarDay" (
    "exchange" "Exchange" NOT NULL,
    "segment" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "open" BOOLEAN NOT NULL,
    "openMinute" INTEGER NOT NULL,
    "closeMinute" INTEGER NOT NULL,
    "squareOffMinute" INTEGER NOT NULL,
    "name" TEXT,
    "source" TEXT NOT NULL,

    CONSTRAINT "CalendarDay_pkey" PRIMARY KEY ("exchange","segment","date")
);

-- CreateTable
CREATE TABLE "RateCard" (
    "id" TEXT NOT NULL,
    "broker" TEXT NOT NULL,
    "validFrom" DATE NOT NULL,
    "validTo" DATE,
    "rates" JSONB NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "RateCard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Feed" (
    "id" UUID NOT NULL,
    "kind" "FeedKind" NOT NULL,
    "marketTime" TIMESTAMPTZ(3),
    "leaseOwner" TEXT,
    "leaseExpiresAt" TIMESTAMPTZ(3),
    "fencingNumber" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "Feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReplaySession" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "datasetId" UUID NOT NULL,
    "rangeFrom" TIMESTAMPTZ(3) NOT NULL,
    "rangeTo" TIMESTAMPTZ(3) NOT NULL,
    "speed" DECIMAL(12,3),
    "seed" INTEGER NOT NULL DEFAULT 0,
    "state" "ReplayState" NOT NULL DEFAULT 'READY',
    "stateReason" TEXT,
    "cursor" TIMESTAMPTZ(3),
    "droppedTicks" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReplaySession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReplayInstrument" (
    "replaySessionId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "ReplayInstrument_pkey" PRIMARY KEY ("replaySessionId","instrumentId")
);

-- CreateTable
CREATE TABLE "Quote" (
    "feedId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "lastPrice" DECIMAL(20,4) NOT NULL,
    "volume" DECIMAL(20,0),
    "time" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Quote_pkey" PRIMARY KEY ("feedId","instrumentId")
);

-- CreateTable
CREATE TABLE "Strategy" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" "StrategyType" NOT NULL,
    "status" "StrategyStatus" NOT NULL DEFAULT 'DRAFT',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Strategy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StrategyVersion" (
    "id" UUID NOT NULL,
    "strategyId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "timeFrame" "TimeFrame" NOT NULL,
    "document" TEXT NOT NULL,
    "tree" JSONB NOT NULL,
    "configuration" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StrategyVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StrategyVersionInstrument" (
    "strategyVersionId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "StrategyVersionInstrument_pkey" PRIMARY KEY ("strategyVersionId","instrumentId")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" "RunKind" NOT NULL,
    "status" "RunStatus" NOT NULL,
    "strategyVersionId" UUID NOT NULL,
    "agentId" UUID,
    "portfolioId" UUID,
    "feedId" UUID,
    "datasetId" UUID,
    "initialCapital" DECIMAL(20,2) NOT NULL,
    "rangeFrom" TIMESTAMPTZ(3),
    "rangeTo" TIMESTAMPTZ(3),
    "progress" DECIMAL(5,2) NOT NULL DEFAULT 0,
    "failureReason" TEXT,
    "statistics" JSONB,
    "equity" BYTEA,
    "caveats" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Agent" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" "AgentType" NOT NULL,
    "status" "AgentStatus" NOT NULL DEFAULT 'IDLE',
    "statusReason" TEXT,
    "strategyId" UUID NOT NULL,
    "portfolioId" UUID NOT NULL,
    "currentRunId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AgentDecision" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "trigger" "DecisionTrigger" NOT NULL,
    "timeFrame" "TimeFrame" NOT NULL,
    "barTime" TIMESTAMPTZ(3) NOT NULL,
    "signals" JSONB NOT NULL,
    "inputs" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AgentDecision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderRequest" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "kind" "OrderRequestKind" NOT NULL DEFAULT 'SINGLE',
    "source" "OrderSource" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Order" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "portfolioId" UUID NOT NULL,
    "orderRequestId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "runId" UUID,
    "agentDecisionId" UUID,
    "feedId" UUID,
    "clientOrderId" VARCHAR(20) NOT NULL,
    "brokerOrderId" TEXT,
    "source" "OrderSource" NOT NULL,
    "side" "OrderSide" NOT NULL,
    "type" "OrderType" NOT NULL,
    "product" "ProductType" NOT NULL,
    "validity" "OrderValidity" NOT NULL DEFAULT 'DAY',
    "quantity" DECIMAL(20,6) NOT NULL,
    "price" DECIMAL(20,4),
    "triggerPrice" DECIMAL(20,4),
    "filledQuantity" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "averagePrice" DECIMAL(20,4),
    "status" "OrderStatus" NOT NULL,
    "denial" JSONB,
    "statusMessage" TEXT,
    "referencePrice" DECIMAL(20,4),
    "marketTime" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderEvent" (
    "orderId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "event" JSONB NOT NULL,
    "statusAfter" "OrderStatus" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderEvent_pkey" PRIMARY KEY ("orderId","number")
);

-- CreateTable
CREATE TABLE "Fill" (
    "id" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "portfolioId" UUID NOT NULL,
    "runId" UUID,
    "instrumentId" UUID NOT NULL,
    "tradeId" TEXT NOT NULL,
    "side" "OrderSide" NOT NULL,
    "product" "ProductType" NOT NULL,
    "quantity" DECIMAL(20,6) NOT NULL,
    "price" DECIMAL(20,4) NOT NULL,
    "executedAt" TIMESTAMPTZ(3) NOT NULL,
    "tradingDay" DATE NOT NULL,
    "brokerage" DECIMAL(20,6) NOT NULL,
    "securitiesTransactionTax" DECIMAL(20,6) NOT NULL,
    "exchangeTransactionCharge" DECIMAL(20,6) NOT NULL,
    "sebiTurnoverFee" DECIMAL(20,6) NOT NULL,
    "stampDuty" DECIMAL(20,6) NOT NULL,
    "goodsAndServicesTax" DECIMAL(20,6) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Fill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Portfolio" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "PortfolioKind" NOT NULL,
    "initialCapital" DECIMAL(20,2) NOT NULL,
    "feedId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Portfolio_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Position" (
    "id" UUID NOT NULL,
    "portfolioId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "product" "ProductType" NOT NULL,
    "buyQuantity" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "buyValue" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "sellQuantity" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "sellValue" DECIMAL(20,4) NOT NULL DEFAULT 0,
    "realisedPnl" DECIMAL(20,2) NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Trade" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "portfolioId" UUID,
    "runId" UUID,
    "agentId" UUID,
    "instrumentId" UUID NOT NULL,
    "symbol" TEXT NOT NULL,
    "product" "ProductType" NOT NULL,
    "direction" "TradeDirection" NOT NULL,
    "status" "TradeStatus" NOT NULL,
    "quantity" DECIMAL(20,6) NOT NULL,
    "entryPrice" DECIMAL(20,4) NOT NULL,
    "entryAt" TIMESTAMPTZ(3) NOT NULL,
    "exitPrice" DECIMAL(20,4),
    "exitAt" TIMESTAMPTZ(3),
    "exitReason" TEXT,
    "grossPnl" DECIMAL(20,4),
    "brokerage" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "securitiesTransactionTax" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "exchangeTransactionCharge" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "sebiTurnoverFee" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "stampDuty" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "goodsAndServicesTax" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Trade_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PortfolioSnapshot" (
    "portfolioId" UUID NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "cash" DECIMAL(20,2) NOT NULL,
    "equity" DECIMAL(20,2) NOT NULL,
    "realisedPnl" DECIMAL(20,2) NOT NULL,
    "unrealisedPnl" DECIMAL(20,2) NOT NULL,
    "charges" DECIMAL(20,2) NOT NULL,

    CONSTRAINT "PortfolioSnapshot_pkey" PRIMARY KEY ("portfolioId","time")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "id" BIGSERIAL NOT NULL,
    "portfolioId" UUID NOT NULL,
    "transactionId" UUID NOT NULL,
    "kind" "LedgerEntryKind" NOT NULL,
    "account" "LedgerAccount" NOT NULL,
    "amount" DECIMAL(20,2) NOT NULL,
    "reference" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "postedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContractNote" (
    "id" UUID NOT NULL,
    "portfolioId" UUID NOT NULL,
    "tradingDay" DATE NOT NULL,
    "segment" TEXT NOT NULL,
    "brokerage" DECIMAL(20,2) NOT NULL,
    "securitiesTransactionTax" DECIMAL(20,2) NOT NULL,
    "exchangeTransactionCharge" DECIMAL(20,2) NOT NULL,
    "sebiTurnoverFee" DECIMAL(20,2) NOT NULL,
    "stampDuty" DECIMAL(20,2) NOT NULL,
    "goodsAndServicesTax" DECIMAL(20,2) NOT NULL,
    "depositoryParticipantCharge" DECIMAL(20,2) NOT NULL,
    "total" DECIMAL(20,2) NOT NULL,
    "rateCardId" TEXT NOT NULL,
    "covered" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ContractNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RiskLimits" (
    "scope" "RiskScope" NOT NULL,
    "scopeId" TEXT NOT NULL,
    "maxOrderValue" DECIMAL(20,2),
    "maxOrderQuantity" DECIMAL(20,6),
    "maxOpenPositions" INTEGER,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RiskLimits_pkey" PRIMARY KEY ("scope","scopeId")
);

-- CreateTable
CREATE TABLE "TradingState" (
    "scope" "RiskScope" NOT NULL,
    "scopeId" TEXT NOT NULL,
    "state" "TradingStateValue" NOT NULL DEFAULT 'ACTIVE',
    "reason" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TradingState_pkey" PRIMARY KEY ("scope","scopeId")
);

-- CreateTable
CREATE TABLE "SimulatedOrder" (
    "clientOrderId" VARCHAR(20) NOT NULL,
    "brokerOrderId" TEXT NOT NULL,
    "feedId" UUID NOT NULL,
    "instrumentId" UUID NOT NULL,
    "side" "OrderSide" NOT NULL,
    "type" "OrderType" NOT NULL,
    "product" "ProductType" NOT NULL,
    "quantity" DECIMAL(20,6) NOT NULL,
    "filledQuantity" DECIMAL(20,6) NOT NULL DEFAULT 0,
    "status" "SimulatedOrderStatus" NOT NULL DEFAULT 'OPEN',
    "statusMessage" TEXT,
    "eligibleFrom" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SimulatedOrder_pkey" PRIMARY KEY ("clientOrderId")
);

-- CreateTable
CREATE TABLE "SimulatedExecution" (
    "tradeId" TEXT NOT NULL,
    "clientOrderId" VARCHAR(20) NOT NULL,
    "quantity" DECIMAL(20,6) NOT NULL,
    "price" DECIMAL(20,4) NOT NULL,
    "executedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SimulatedExecution_pkey" PRIMARY KEY ("tradeId")
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "level" "NotificationLevel" NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventCounter" (
    "userId" UUID NOT NULL,
    "sequence" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "EventCounter_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "Event" (
    "userId" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "topic" "EventTopic" NOT NULL,
    "type" TEXT NOT NULL,
    "subjectId" UUID NOT NULL,
    "payload" JSONB NOT NULL,
    "job" JSONB,
    "publishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Event_pkey" PRIMARY KEY ("userId","sequence","occurredAt")
) PARTITION BY RANGE ("occurredAt");

-- By hand: ranges are cut off as the log grows; until then, and for what no range covers, this one.
CREATE TABLE "Event_default" PARTITION OF "Event" DEFAULT;

-- CreateTable
CREATE TABLE "JobFailure" (
    "id" UUID NOT NULL,
    "queue" TEXT NOT NULL,
    "jobId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "failedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "JobFailure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "Instrument_exchange_tradingSymbol_idx" ON "Instrument"("exchange", "tradingSymbol");

-- CreateIndex
-- By hand: of shared rows (no owner) there is one each, too.
CREATE UNIQUE INDEX "Instrument_ownerId_exchange_tradingSymbol_key" ON "Instrument"("ownerId", "exchange", "tradingSymbol") NULLS NOT DISTINCT;

-- CreateIndex
-- By hand: of shared rows (no owner) there is one each, too.
CREATE UNIQUE INDEX "Dataset_ownerId_name_key" ON "Dataset"("ownerId", "name") NULLS NOT DISTINCT;

-- CreateIndex
CREATE INDEX "RateCard_broker_validFrom_idx" ON "RateCard"("broker", "validFrom");

-- CreateIndex
CREATE INDEX "ReplaySession_userId_createdAt_idx" ON "ReplaySession"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "ReplaySession_state_idx" ON "ReplaySession"("state");

-- CreateIndex
CREATE INDEX "Strategy_userId_status_idx" ON "Strategy"("userId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "StrategyVersion_strategyId_number_key" ON "StrategyVersion"("strategyId", "number");

-- CreateIndex
CREATE INDEX "Run_userId_kind_createdAt_idx" ON "Run"("userId", "kind", "createdAt");

-- CreateIndex
CREATE INDEX "Run_strategyVersionId_idx" ON "Run"("strategyVersionId");

-- CreateIndex
CREATE INDEX "Run_agentId_createdAt_idx" ON "Run"("agentId", "createdAt");

-- CreateIndex
CREATE INDEX "Run_feedId_status_idx" ON "Run"("feedId", "status");

-- CreateIndex
CREATE INDEX "Agent_userId_status_idx" ON "Agent"("userId", "status");

-- CreateIndex
CREATE INDEX "Agent_strategyId_idx" ON "Agent"("strategyId");

-- CreateIndex
CREATE UNIQUE INDEX "AgentDecision_runId_trigger_timeFrame_barTime_key" ON "AgentDecision"("runId", "trigger", "timeFrame", "barTime");

-- CreateIndex
CREATE UNIQUE INDEX "OrderRequest_userId_idempotencyKey_key" ON "OrderRequest"("userId", "idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "Order_clientOrderId_key" ON "Order"("clientOrderId");

-- CreateIndex
CREATE INDEX "Order_userId_createdAt_idx" ON "Order"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Order_portfolioId_status_idx" ON "Order"("portfolioId", "status");

-- CreateIndex
CREATE INDEX "Order_status_updatedAt_idx" ON "Order"("status", "updatedAt");

-- CreateIndex
CREATE INDEX "Order_feedId_status_idx" ON "Order"("feedId", "status");

-- CreateIndex
CREATE INDEX "Order_runId_idx" ON "Order"("runId");

-- CreateIndex
CREATE INDEX "Order_brokerOrderId_idx" ON "Order"("brokerOrderId");

-- CreateIndex
CREATE INDEX "Order_orderRequestId_idx" ON "Order"("orderRequestId");

-- CreateIndex
CREATE INDEX "Fill_portfolioId_tradingDay_idx" ON "Fill"("portfolioId", "tradingDay");

-- CreateIndex
CREATE INDEX "Fill_runId_executedAt_idx" ON "Fill"("runId", "executedAt");

-- CreateIndex
CREATE INDEX "Fill_orderId_idx" ON "Fill"("orderId");

-- CreateIndex
CREATE UNIQUE INDEX "Fill_portfolioId_tradeId_key" ON "Fill"("portfolioId", "tradeId");

-- CreateIndex
CREATE INDEX "Portfolio_userId_idx" ON "Portfolio"("userId");

-- CreateIndex
CREATE INDEX "Portfolio_feedId_idx" ON "Portfolio"("feedId");

-- CreateIndex
CREATE UNIQUE INDEX "Position_portfolioId_instrumentId_product_key" ON "Position"("portfolioId", "instrumentId", "product");

-- CreateIndex
CREATE INDEX "Trade_userId_status_idx" ON "Trade"("userId", "status");

-- CreateIndex
CREATE INDEX "Trade_agentId_status_idx" ON "Trade"("agentId", "status");

-- CreateIndex
CREATE INDEX "Trade_symbol_createdAt_idx" ON "Trade"("symbol", "createdAt");

-- CreateIndex
CREATE INDEX "Trade_runId_entryAt_idx" ON "Trade"("runId", "entryAt");

-- CreateIndex
CREATE INDEX "Trade_portfolioId_instrumentId_product_status_idx" ON "Trade"("portfolioId", "instrumentId", "product", "status");

-- CreateIndex
CREATE INDEX "LedgerEntry_portfolioId_account_idx" ON "LedgerEntry"("portfolioId", "account");

-- CreateIndex
CREATE INDEX "LedgerEntry_transactionId_idx" ON "LedgerEntry"("transactionId");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerEntry_portfolioId_kind_reference_account_key" ON "LedgerEntry"("portfolioId", "kind", "reference", "account");

-- CreateIndex
CREATE UNIQUE INDEX "ContractNote_portfolioId_tradingDay_segment_key" ON "ContractNote"("portfolioId", "tradingDay", "segment");

-- CreateIndex
CREATE UNIQUE INDEX "SimulatedOrder_brokerOrderId_key" ON "SimulatedOrder"("brokerOrderId");

-- CreateIndex
CREATE INDEX "SimulatedOrder_feedId_status_idx" ON "SimulatedOrder"("feedId", "status");

-- CreateIndex
CREATE INDEX "SimulatedExecution_clientOrderId_idx" ON "SimulatedExecution"("clientOrderId");

-- CreateIndex
CREATE INDEX "Notification_userId_createdAt_idx" ON "Notification"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "Event_publishedAt_occurredAt_idx" ON "Event"("publishedAt", "occurredAt");

-- CreateIndex
CREATE INDEX "JobFailure_queue_failedAt_idx" ON "JobFailure"("queue", "failedAt");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Instrument" ADD CONSTRAINT "Instrument_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CandleDay" ADD CONSTRAINT "CandleDay_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CandleDay" ADD CONSTRAINT "CandleDay_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TickDay" ADD CONSTRAINT "TickDay_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TickDay" ADD CONSTRAINT "TickDay_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReplaySession" ADD CONSTRAINT "ReplaySession_id_fkey" FOREIGN KEY ("id") REFERENCES "Feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReplaySession" ADD CONSTRAINT "ReplaySession_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReplaySession" ADD CONSTRAINT "ReplaySession_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReplayInstrument" ADD CONSTRAINT "ReplayInstrument_replaySessionId_fkey" FOREIGN KEY ("replaySessionId") REFERENCES "ReplaySession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReplayInstrument" ADD CONSTRAINT "ReplayInstrument_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_feedId_fkey" FOREIGN KEY ("feedId") REFERENCES "Feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Strategy" ADD CONSTRAINT "Strategy_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StrategyVersion" ADD CONSTRAINT "StrategyVersion_strategyId_fkey" FOREIGN KEY ("strategyId") REFERENCES "Strategy"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StrategyVersionInstrument" ADD CONSTRAINT "StrategyVersionInstrument_strategyVersionId_fkey" FOREIGN KEY ("strategyVersionId") REFERENCES "StrategyVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StrategyVersionInstrument" ADD CONSTRAINT "StrategyVersionInstrument_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_strategyVersionId_fkey" FOREIGN KEY ("strategyVersionId") REFERENCES "StrategyVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_feedId_fkey" FOREIGN KEY ("feedId") REFERENCES "Feed"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_strategyId_fkey" FOREIGN KEY ("strategyId") REFERENCES "Strategy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgentDecision" ADD CONSTRAINT "AgentDecision_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderRequest" ADD CONSTRAINT "OrderRequest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_orderRequestId_fkey" FOREIGN KEY ("orderRequestId") REFERENCES "OrderRequest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_agentDecisionId_fkey" FOREIGN KEY ("agentDecisionId") REFERENCES "AgentDecision"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderEvent" ADD CONSTRAINT "OrderEvent_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Fill" ADD CONSTRAINT "Fill_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Fill" ADD CONSTRAINT "Fill_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Fill" ADD CONSTRAINT "Fill_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Portfolio" ADD CONSTRAINT "Portfolio_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Portfolio" ADD CONSTRAINT "Portfolio_feedId_fkey" FOREIGN KEY ("feedId") REFERENCES "Feed"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Position" ADD CONSTRAINT "Position_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Position" ADD CONSTRAINT "Position_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Trade" ADD CONSTRAINT "Trade_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Trade" ADD CONSTRAINT "Trade_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Trade" ADD CONSTRAINT "Trade_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Trade" ADD CONSTRAINT "Trade_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Trade" ADD CONSTRAINT "Trade_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PortfolioSnapshot" ADD CONSTRAINT "PortfolioSnapshot_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContractNote" ADD CONSTRAINT "ContractNote_portfolioId_fkey" FOREIGN KEY ("portfolioId") REFERENCES "Portfolio"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SimulatedOrder" ADD CONSTRAINT "SimulatedOrder_feedId_fkey" FOREIGN KEY ("feedId") REFERENCES "Feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SimulatedOrder" ADD CONSTRAINT "SimulatedOrder_instrumentId_fkey" FOREIGN KEY ("instrumentId") REFERENCES "Instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SimulatedExecution" ADD CONSTRAINT "SimulatedExecution_clientOrderId_fkey" FOREIGN KEY ("clientOrderId") REFERENCES "SimulatedOrder"("clientOrderId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventCounter" ADD CONSTRAINT "EventCounter_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

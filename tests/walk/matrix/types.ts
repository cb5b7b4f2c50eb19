import {
  administrators,
  anyone,
  outboxReaders,
  owner,
  ownerInPerson,
  people,
  peopleAndKeys,
  signedIn,
  type Audience,
} from './audiences.ts';

/** Types whose fields belong to the same people, each with all its fields. */
export interface Belonging {
  /** Who may read them when they are Asha's. */
  readonly who: Audience;
  readonly fields: Readonly<Record<string, string>>;
}

const page = 'edges nodes pageInfo totalCount';
const edge = 'cursor node';
const run =
  'benchmark biasReport candles caveats createdAt endedAt equityCurve export failureReason fillModel from id initialCapital kind monthlyReturns startedAt statistics status strategy strategyVersion to trades';

/** What Asha has and does: hers, and what she lets read it. Administrators do not see it. */
const herOwn: Belonging = {
  who: owner,
  fields: {
    User: 'createdAt displayName email id lastLoginAt loginLetters role tier tierUsage',
    BrokerAccount: 'apiKeyEnding broker createdAt id label',
    TierUsage: 'allowed left limit used',

    Instrument:
      'exchange id lotSize multiplier name session shared strikePrice tickSize tradable tradingSymbol type',
    MarketSession: 'covered phase takesAfterMarketOrders until',
    Dataset: 'adjustment createdAt from id instruments interval kind name shared source to',
    Candle: 'close high low open openTime volume',
    ReplaySession:
      'createdAt dataset droppedTicks fillModel from id instruments marketTime name progressPercent quotes seed speed state stateReason to',
    Quote: 'instrument lastPrice time volume',
    FillModel: 'latencyMs limitFill participation slippageTicks spreadTicks',

    Strategy:
      'agents capitalPerTrade configuration createdAt currentVersion entryRules exitRules id instruments maxPositions name optimisations parameters performance runs settings status stopLossPercent takeProfitPercent timeFrame type updatedAt version versions',
    StrategyPerformance: 'totalPnl totalTrades winRate',
    StrategyParameter: 'name range value',
    StrategyParameterRange: 'maximum minimum step',
    StrategyRule: 'direction text',
    StrategySetting: 'name text',
    StrategyVersion:
      'changes createdAt document id instruments namedInstruments number timeFrame tree',
    StrategyVersionChanges: 'lines since statements',
    ChangedLine: 'after before kind text',
    ChangedStatement: 'after before kind name',
    StrategyVersionConnection: page,
    StrategyVersionEdge: edge,

    Agent:
      'createdAt currentRun decisions effectiveRiskLimits id lastRun name performance portfolio runs status statusReason strategy trades type updatedAt',
    AgentConnection: page,
    AgentEdge: edge,
    AgentDecision: 'barTime createdAt id inputs orders reason signals timeFrame trigger',
    AgentDecisionConnection: page,
    AgentDecisionEdge: edge,
    DecisionInput: 'expression instrument value',
    Signal: 'action instrument quantity reason side text',

    Run: run,
    BacktestRun: `${run} dataset progressPercent`,
    BiasReport:
      'aim basis findings lookAhead permutation samples seed sensitivity tradeOrder value',
    BiasFinding: 'check gap text verdict',
    LookAheadCheck: 'cuts decisions differences firstDifferenceAt',
    SampleComparison: 'inSample outOfSample ratio',
    SampleFigures:
      'aim bars cagrPercent from maxDrawdownPercent profitFactor roiPercent sharpeRatio to trades winRate',
    TradeOrderTest:
      'drawnFinalEquity drawnMaxDrawdownPercent draws finalEquity lossProbability maxDrawdownPercent shuffledMaxDrawdownPercent trades',
    Percentiles: 'p25 p5 p50 p75 p95',
    PermutationTest: 'aims pValue permutations',
    ParameterSensitivity: 'fallPercent name neighbours untraded value worstAim',
    ParameterNeighbour: 'aim value',
    PaperRun: `${run} agent decisions orders portfolio replaySession`,
    LiveRun: `${run} agent decisions orders portfolio`,
    Optimisation:
      'aim best caveats constraints createdAt dataset direction endedAt failureReason fillModel from heatMap id inSampleBars initialCapital outOfSampleBars parameters rulesOfTrial search seed startedAt status strategy strategyVersion to trialLimit trials trialsDone trialsPlanned walkForward walkForwardResult',
    OptimisationConnection: page,
    OptimisationEdge: edge,
    SearchedParameter: 'maximum minimum name step values',
    Trial: 'aim number parameters refusal statistics',
    TrialConnection: page,
    TrialEdge: edge,
    TrialParameter: 'name value',
    TrialFigure: 'name value',
    HeatMap: 'cells x xParameter y yParameter',
    HeatMapCell: 'trials value x y',
    HeatMapPart: 'from to',
    WalkForwardResult:
      'cagrPercent efficiency equityCurve maxDrawdownPercent roiPercent sharpeRatio windows',
    WalkForwardWindow:
      'efficiency inSampleAim inSampleFrom outOfSampleAim outOfSampleFrom outOfSampleTo parameters',
    RunConnection: page,
    RunEdge: edge,
    RunStatistics:
      'averageHoldingSeconds averageLoss averageWin cagrPercent calmarRatio charges expectancy expectedShortfallPercent exposurePercent finalEquity grossPnl initialCapital losingTrades maxDrawdownPeakAt maxDrawdownPercent maxDrawdownRecoveredAt maxDrawdownSeconds maxDrawdownTroughAt netPnl openPnl profitFactor roiPercent sharpeRatio sortinoRatio systemQualityNumber totalTrades turnover valueAtRiskPercent volatilityPercent winRate winningTrades',
    RunBenchmark: 'alphaPercent beta correlation curve returnPercent',
    MonthlyReturn: 'month returnPercent',
    RunExport: 'content fileName mediaType',
    RunComparison: 'correlations runs',
    ComparedRun: 'growth run',
    GrowthPoint: 'growthPercent time',
    RunCorrelation: 'correlation days first second',
    EquityPoint: 'drawdownPercent equity time',

    Order:
      'agent averagePrice brokerOrderId cancellable changeable clientOrderId createdAt denial disclosedQuantity events filledQuantity fills icebergLegs id instrument legNumber marketProtectionPercent marketTime modificationCount portfolio price product quantity reduceOnly request requestedTerms side source status statusMessage tag triggerPrice triggered type updatedAt validity validityMinutes variety',
    RequestedTerms:
      'disclosedQuantity marketProtectionPercent price quantity triggerPrice type validity validityMinutes',
    Gtt: 'createdAt endReason endedAt expiresAt id instrument lastPrice legs portfolio product side status watchedFrom',
    GttLeg: 'direction number order price quantity triggerPrice',
    OrderRequest: 'createdAt id idempotencyKey kind liveOrders orders source state stoppedBy',
    Protection:
      'createdAt endReason entryOrder id instrument lastChange phase portfolio product side status stopPrice targetPrice',
    ProtectionChange:
      'createdAt reason status stopPrice stopPriceBefore targetPrice targetPriceBefore',
    ReconciliationFinding:
      'acknowledgedAt brokerAmount brokerOrderId brokerQuantity brokerStatus endedAt id instrument kind openedAt order ourAmount ourQuantity ourStatus portfolio product seenAt',
    AccountReading: 'agreedAt failedAt failureReason readAt',
    RiskLock: 'actual endsAt holds id kind limit lockedAt releasedAt scope subjectId',
    RiskLimits:
      'allowedInstrumentIds entriesFromMinute entriesUntilMinute id killSwitch lossCoolDownMinutes maxCapitalPerTrade maxConsecutiveLosses maxDailyLoss maxDailyProfit maxDrawdown maxInstrumentExposure maxOpenPositions maxOrderQuantity maxOrderValue maxOrdersPerDay maxOrdersPerMinute maxOrdersPerSecond maxPriceDeviation maxTotalExposure name scope subjectId tradingState usage',
    RiskUsage: 'marketTime replaySession uses',
    RiskLimitUse: 'allowed instrument kind left reached scope used',
    EffectiveRiskLimits:
      'allowedInstrumentIds entriesFromMinute entriesUntilMinute tradingState uses',
    KillSwitch:
      'agents changedAt openPositions portfolios reason state unreadAccounts workingOrders',
    OrderConnection: page,
    OrderEdge: edge,
    OrderEvent: 'createdAt number statusAfter type',
    Fill: 'charges executedAt id price quantity tradeId',
    Trade:
      'agent charges createdAt direction entryAt entryPrice entryReason exitAt exitPrice exitReason grossPnl id instrument netPnl portfolio product quantity run status',
    TradeConnection: page,
    TradeEdge: edge,

    Portfolio:
      'accountReading brokerAccount cash charges contractNotes createdAt effectiveRiskLimits epochStartedAt equity equityCurve funds holdings id initialCapital kind ledger marketTime name netPnl orders performance positions realisedPnl replaySession trades tradingState unrealisedPnl',
    PortfolioPerformance:
      'attribution benchmark correlations days equityCurve finalEquity flow from initialEquity statistics to',
    Attribution: 'charges contributionPercent grossPnl key netPnl returnPercent trades',
    AttributionKey: 'agent instrument period strategy',
    Correlation: 'correlation first second',
    BenchmarkFigures: 'alpha alphaPercent beta correlation',
    Position:
      'averagePrice buyQuantity buyValue closePrice day instrument lastPrice margin net overnightQuantity product quantity realisedPnl sellQuantity sellValue unrealisedPnl',
    PositionFigures:
      'averagePrice buyPrice buyQuantity buyValue markToMarket pnl quantity sellPrice sellQuantity sellValue value',
    Holding:
      'averagePrice closePrice dayChange dayChangePercent instrument lastPrice openingQuantity pnl product quantity sellableQuantity t1Quantity usedQuantity',
    Funds: 'available cash chargesHeld collateral marginHeld marginUsed orders',
    OrderMargin: 'estimate margin openingQuantity order percent source',
    OrderPreview:
      'availableAfter availableBefore charges denial kind margin marketTime orders value',
    PreviewedOrder:
      'charges covered instrument margin marginEstimate marginPercent marginSource number openingQuantity price priceSource product quantity rateCardId reducingQuantity side slices value',
    GttPreview: 'expiresAt lastPrice legs watchedFrom',
    PreviewedGttLeg: 'direction distancePercent number price quantity triggerPrice',
    Denial: 'actual code limit message number phase scope until',
    LedgerEntry: 'account amount createdAt description id kind postedAt transactionId',
    LedgerEntryConnection: page,
    LedgerEntryEdge: edge,
    ContractNote: 'charges covered id number rateCardId segment tradingDay',
    ContractNoteConnection: page,
    ContractNoteEdge: edge,
    ChargeBreakdown:
      'brokerage depositoryParticipantCharge exchangeTransactionCharge goodsAndServicesTax sebiTurnoverFee securitiesTransactionTax stampDuty total',

    Notification: 'body createdAt id level readAt title',

    // What happened to her account, whoever did it.
    AuditEvent:
      'action actorId actorKind actorUserId after before entity entityId hash id ipAddress occurredAt personal position previousHash record userAgent userId',

    // An id and a page of something are as much hers as the thing.
    Node: 'id',
    PageInfo: 'endCursor hasNextPage hasPreviousPage startCursor',
  },
};

/** What opens her account: she sees it herself, a key of hers does not. */
const hersInPerson: Belonging = {
  who: ownerInPerson,
  fields: {
    ApiKey: 'allowedIps createdAt expiresAt lastIpAddress lastUsedAt name prefix revokedAt scopes',
    Passkey: 'backedUp createdAt lastUsedAt name',
    SecondFactor: 'passkeys recoveryCodesLeft totp',
    User: 'secondFactor',
    Session: 'createdAt expiresAt ipAddress isCurrent kind lastSeenAt secondFactor userAgent',
  },
};

/** Whoever asks by an id of hers that may read at all hears nothing new in that id. */
const idsOfCredentials: Belonging = {
  who: owner,
  fields: { ApiKey: 'id', Passkey: 'id', Session: 'id' },
};

/** Pages of lists that give each caller their own. */
const everyonesOwn: Belonging = {
  who: signedIn,
  fields: {
    BrokerAccountConnection: page,
    BrokerAccountEdge: edge,
    DatasetConnection: page,
    DatasetEdge: edge,
    GttConnection: page,
    ProtectionConnection: page,
    ProtectionEdge: edge,
    GttEdge: edge,
    ReconciliationFindingConnection: page,
    ReconciliationFindingEdge: edge,
    InstrumentConnection: page,
    InstrumentEdge: edge,
    NotificationConnection: page,
    NotificationEdge: edge,
    RiskLimitsConnection: page,
    RiskLimitsEdge: edge,
    RiskLockConnection: page,
    RiskLockEdge: edge,
    PortfolioConnection: page,
    PortfolioEdge: edge,
    ReplaySessionConnection: page,
    ReplaySessionEdge: edge,
    StrategyConnection: page,
    StrategyEdge: edge,
  },
};

const everyonesOwnInPerson: Belonging = {
  who: people,
  fields: {
    ApiKeyConnection: page,
    ApiKeyEdge: edge,
    SessionConnection: page,
    SessionEdge: edge,
  },
};

/** What only an administrator is shown, and `node(id)` shows to no administrator. */
const nobodys: Belonging = { who: [], fields: { AuditEvent: 'account' } };

/** What an administrator sees of an account: who it is and how it stands, nothing it has. */
const administration: Belonging = {
  who: administrators,
  fields: {
    ManagedAccount:
      'createdAt deletedAt displayName email erasedAt id lastLoginAt role secondFactor suspendedAt suspensionReason tier userId',
    ManagedAccountConnection: page,
    ManagedAccountEdge: edge,
    JobFailure: 'attempts decidedAt failedAt id jobId name payload queue reason status',
    JobFailureConnection: page,
    JobFailureEdge: edge,
    // Of anybody's trail; her own she reads the other way, below.
    AuditEventConnection: page,
    AuditEventEdge: edge,
  },
};

const others: readonly Belonging[] = [
  { who: anyone, fields: { Installation: 'demoAccount localOutbox version' } },
  { who: outboxReaders, fields: { Letter: 'createdAt id subject text to' } },
  {
    who: signedIn,
    fields: {
      LanguageWord: 'form kind meaning word',
      StrategyPreset: 'description document key name timeFrame type',
      TierLimits:
        'apiKeys backtestCandles liveBrokers requestsPerMinute runningAgents strategies tier',
    },
  },
  {
    who: peopleAndKeys('READ', 'STRATEGIES_WRITE'),
    fields: {
      RulesCheck: 'errors tree valid',
      RuleError: 'column expected line message suggestion',
    },
  },
];

/** What can be reached another way, for other people; the label says which. */
export const readingOtherwise: Readonly<Record<string, readonly Belonging[]>> = {
  // Administrators read the trail, without what is personal in it.
  'of an administrator': [
    {
      who: administrators,
      fields: {
        AuditEvent:
          'account action actorKind actorUserId after before entity entityId hash id occurredAt position previousHash userId',
      },
    },
    { who: [], fields: { AuditEvent: 'actorId ipAddress personal record userAgent' } },
  ],
  'of one’s own trail': [
    { who: signedIn, fields: { AuditEventConnection: page, AuditEventEdge: edge } },
  ],
  // What belongs to nobody is there for everyone.
  'of what is shared': [
    {
      who: signedIn,
      fields: {
        Instrument:
          'exchange id lotSize multiplier name session shared strikePrice tickSize tradable tradingSymbol type',
        Dataset: 'adjustment createdAt from id instruments interval kind name shared source to',
      },
    },
  ],
};

/** Every object and interface type that queries lead to, with every field. */
export const reading: readonly Belonging[] = [
  herOwn,
  hersInPerson,
  idsOfCredentials,
  everyonesOwn,
  everyonesOwnInPerson,
  administration,
  nobodys,
  ...others,
];

/**
 * What mutations and subscriptions answer and no query leads to: it belongs to whoever asked, and is
 * judged with its mutation or subscription.
 */
export const answering: Readonly<Record<string, string>> = {
  AccountDeleted: 'erasedAfter',
  AccountDeletionPending: 'erasedAfter message',
  AccountRestored: 'email',
  AccountSuspended: 'message',
  ActivatedKillSwitch: 'agents openPositions portfolios state workingOrders',
  AgentUpdate: 'agent decision occurredAt sequence type',
  CancelledOrders: 'cancelled unanswered',
  ChallengeEnded: 'message',
  CreatedApiKey: 'apiKey secret',
  DeletedStrategy: 'id',
  EmailChangeRequested: 'letterInOutbox newEmail',
  EmailChanged: 'email',
  Failure: 'message',
  FileRowError: 'column columnName line message value',
  GttDenied: 'actual code limit message',
  GttUpdate: 'gtt occurredAt sequence type',
  IdempotencyKeyReused: 'idempotencyKey message',
  IllegalState: 'message state',
  InvalidCredentials: 'message',
  InvalidFile: 'errors fileName message',
  InvalidInput: 'field message',
  InvalidRefreshToken: 'message',
  InvalidRules: 'errors message',
  InvalidToken: 'message',
  IssuedTokens: 'accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt',
  LoggedIn: 'tokens user',
  LoggedOut: 'loggedOut',
  LoggedOutEverywhere: 'sessions',
  NothingToExit: 'message pending',
  NotFound: 'id message',
  NotificationUpdate: 'notification occurredAt sequence',
  OlderTradeOpen: 'message trade',
  OrderDenied: 'actual code limit message order phase scope until',
  OptimisationUpdate: 'occurredAt optimisation sequence',
  OrderUpdate: 'occurredAt order sequence type',
  PasskeyAdded: 'passkey recoveryCodes',
  PasskeyQuestion: 'expiresAt options secret',
  PasswordChanged: 'apiKeysRevoked sessionsEnded',
  PasswordReset: 'apiKeysKept',
  PasswordResetRequested: 'letterInOutbox',
  PlacedExits: 'legs',
  PortfolioUpdate: 'occurredAt portfolio sequence',
  RecoveryCodes: 'codes user',
  RegistrationConfirmed: 'email',
  RegistrationReceived: 'email letterInOutbox',
  ReleasedKillSwitch: 'state',
  ReplayUpdate: 'occurredAt replaySession sequence',
  RevokedSession: 'id',
  RunUpdate: 'occurredAt run sequence',
  SecondFactorNeeded: 'isSetUp message',
  SecondFactorRefused: 'attemptsLeft message',
  SecondFactorRequired: 'expiresAt message methods secret',
  Tick: 'feedId instrument price time volume',
  TierLimitReached: 'allowed asked limit message tier',
  TooManyAttempts: 'message retryAfterSeconds',
  TotpEnrolment: 'keyUri qrCode secret',
  TradeUpdate: 'occurredAt sequence trade type',
};

/** Fields that are null or empty in this world although somebody may read them. */
export const mayBeEmpty: readonly string[] = [
  // The planted report has an answer to each of its questions.
  'BiasFinding.gap',
  // The best trial is one that ran.
  'Trial.refusal',
  // The shared instruments are no options.
  'Instrument.strikePrice of what is shared',
  // No order of theirs works, so none holds a margin.
  'Funds.orders',
  ...['estimate', 'margin', 'openingQuantity', 'order', 'percent', 'source'].map(
    (field) => `OrderMargin.${field}`,
  ),
  // The benchmark has one day of the two that these need.
  'BenchmarkFigures.alpha',
  'BenchmarkFigures.alphaPercent',
  'BenchmarkFigures.beta',
  'BenchmarkFigures.correlation',
  // So have the runs.
  'RunBenchmark.alphaPercent',
  'RunBenchmark.beta',
  'RunBenchmark.correlation',
  'RunCorrelation.correlation',
  // The planted version is the first of its strategy.
  'StrategyVersionChanges.since',
  'ChangedLine.before',
  'ChangedStatement.before',
];

/** Fields of answers that no call of the walk brings about, and why not. */
export const outOfReach: Readonly<Record<string, string>> = {};

/** Lists of which each planted person has as many. */
const lists = [
  ...['Agent', 'AgentDecision', 'ApiKey', 'BrokerAccount', 'ContractNote', 'Dataset'],
  ...[
    'Instrument',
    'LedgerEntry',
    'Notification',
    'Optimisation',
    'Order',
    'Portfolio',
    'ReplaySession',
  ],
  ...['Run', 'Trial'],
  ...['Gtt', 'Protection', 'ReconciliationFinding', 'RiskLimits', 'RiskLock'],
  ...['Session', 'Strategy', 'StrategyVersion', 'Trade'],
];

/**
 * Scalars that are the same for Asha and Binod. All others differ, which is how it is known that what
 * came to Asha is hers and that the walk got there.
 */
export const alike: readonly string[] = [
  ...lists.map((type) => `${type}Connection.totalCount`),
  'AuditEventConnection.totalCount of one’s own trail',
  // Everyone's.
  'Installation.version',
  ...['form', 'meaning', 'word'].map((field) => `LanguageWord.${field}`),
  ...['description', 'document', 'key', 'name'].map((field) => `StrategyPreset.${field}`),
  'RunExport.mediaType',
  // Each has one day of planted equity, and one version.
  'RunBenchmark.alphaPercent',
  'RunBenchmark.beta',
  'RunBenchmark.correlation',
  'RunCorrelation.days',
  'RunCorrelation.correlation',
  'ChangedStatement.before',
  'ChangedStatement.name',
  'MonthlyReturn.month',
  'MarketSession.until',
  'RuleError.expected',
  'RuleError.message',
  'RuleError.suggestion',
  'RulesCheck.tree',
  ...['apiKeys', 'backtestCandles', 'liveBrokers', 'requestsPerMinute'].map(
    (limit) => `TierLimits.${limit}`,
  ),
  'TierLimits.runningAgents',
  'TierLimits.strategies',
  // The list begins with what is shared.
  'DatasetEdge.cursor',
  'InstrumentEdge.cursor',
  // No order of theirs works, and nothing is pledged.
  'Funds.chargesHeld',
  'Funds.collateral',
  'Funds.marginHeld',
  ...['margin', 'openingQuantity', 'percent', 'source'].map((field) => `OrderMargin.${field}`),
  // Both ask for one share of a kind on one card.
  ...['marginPercent', 'marginSource', 'openingQuantity', 'quantity', 'rateCardId'].map(
    (field) => `PreviewedOrder.${field}`,
  ),
  ...['reducingQuantity', 'slices'].map((field) => `PreviewedOrder.${field}`),
  'PreviewedGttLeg.quantity',
  // What was planted alike, and counts of it.
  'AuditEvent.entity',
  'Instrument.multiplier',
  'HeatMap.xParameter',
  'HeatMap.yParameter',
  'SearchedParameter.name',
  'StrategyParameter.name',
  'Trial.refusal',
  'TrialParameter.name',
  'StrategyPerformance.totalTrades',
  'StrategyPerformance.winRate',
  'StrategySetting.name',
  'TierUsage.allowed',
  'TierUsage.left',
  'TierUsage.used',
  // The planted note is of another day than the fill.
  'Attribution.charges',
  'Attribution.trades',
  'BenchmarkFigures.alpha',
  'BenchmarkFigures.alphaPercent',
  'BenchmarkFigures.beta',
  'BenchmarkFigures.correlation',
  'Correlation.correlation',
  'PortfolioPerformance.days',
  // Nothing was paid in after the first day.
  'PortfolioPerformance.flow',
  // Zero: a curve begins at its highest point.
  'EquityPoint.drawdownPercent',
  // Counts and sums that nothing has added to yet.
  'RiskLimitUse.used',
  // As wide as its column allows, so that the orders of the walk pass.
  'RiskLimits.maxPriceDeviation',
];

import { randomUUID } from 'node:crypto';
import { Decimal } from 'decimal.js';
import { packEquity } from '@nandax/app/runs/packed-equity.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import type { Plot } from './person.ts';
import type { Given, Value } from './planter.ts';
import { plantedFillModel, sessionOpen } from './plant-market.ts';

const components = [
  'brokerage',
  'securitiesTransactionTax',
  'exchangeTransactionCharge',
  'sebiTurnoverFee',
  'stampDuty',
  'goodsAndServicesTax',
] as const;

/** Strategies, runs, orders, money and events of a person. */
export function plantTrading(plot: Plot): void {
  plantStrategy(plot);
  plantPortfolio(plot);
  plantRuns(plot);
  plantOrders(plot);
  plantMoney(plot);
  plantNews(plot);
}

/** The rules of a person; their numbers are found nowhere else. */
export function rulesOf(number: number): string {
  const period = 2 + number;
  return [
    `capital_per_trade ${number}000123`,
    `stop_loss ${number}.125%`,
    `take_profit ${number}.375%`,
    `max_positions ${number}`,
    `long entry when sma(close, ${period}) > ${number}000456`,
    `long exit when sma(close, ${period}) < ${number}000457`,
  ].join('\n');
}

function plantStrategy({ planter, signature, ids }: Plot): void {
  const document = rulesOf(signature.number);
  const parsed = parseStrategy(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  for (const end of ['123', '456', '457']) {
    planter.mark(`${signature.number}000${end}`, 'StrategyVersion.document');
  }
  const id = (row: string) => ids[row] ?? '';
  planter.row('Strategy', {
    id: id('strategy'),
    userId: id('user'),
    type: 'MOMENTUM',
    status: 'ACTIVE',
    deletedAt: null,
  });
  planter.row('StrategyVersion', {
    id: id('strategyVersion'),
    strategyId: id('strategy'),
    timeFrame: 'ONE_MINUTE',
    document,
    tree: parsed.value as unknown as Value,
    configuration: { planted: planter.text('StrategyVersion.configuration') },
  });
  planter.row('StrategyVersionInstrument', {
    strategyVersionId: id('strategyVersion'),
    instrumentId: id('instrument'),
    ordinal: 0,
  });
}

function plantPortfolio({ planter, signature, ids }: Plot): void {
  const id = (row: string) => ids[row] ?? '';
  planter.row('Portfolio', {
    id: id('portfolio'),
    userId: id('user'),
    kind: 'PAPER',
    brokerConnectionId: id('brokerConnection'),
    feedId: id('replay'),
    // Before anything that counts in it.
    epochStartedAt: new Date(Date.UTC(1990, 0, 1) + signature.number),
    deletedAt: null,
  });
  for (const [scope, scopeId] of [
    ['PORTFOLIO', id('portfolio')],
    ['USER', id('user')],
  ]) {
    planter.row('RiskLimits', {
      scope: scope ?? '',
      scopeId: scopeId ?? '',
      // Wide enough for the orders of the walk: what it plants is worth billions.
      maxCapitalPerTrade: planter.amount('RiskLimits.maxCapitalPerTrade', 9),
      maxOrderValue: planter.amount('RiskLimits.maxOrderValue', 9),
      maxInstrumentExposure: planter.amount('RiskLimits.maxInstrumentExposure', 90_000_000),
      maxTotalExposure: planter.amount('RiskLimits.maxTotalExposure', 90_000_000),
      maxDailyLoss: planter.amount('RiskLimits.maxDailyLoss', 90_000_000),
      maxDailyProfit: planter.amount('RiskLimits.maxDailyProfit', 90_000_000),
      maxDrawdown: planter.amount('RiskLimits.maxDrawdown', 90_000_000),
      maxPriceDeviation: '99.9731',
      entriesFromMinute: 0,
      entriesUntilMinute: 1440,
      allowedInstrumentIds: [id('instrument')],
    });
    planter.row('TradingState', {
      scope: scope ?? '',
      scopeId: scopeId ?? '',
      cause: 'KILL_SWITCH',
      // Pulled by the books only: the orders of the walk have to pass.
      state: 'ACTIVE',
      killSwitchId: randomUUID(),
    });
  }
}

function plantRuns(plot: Plot): void {
  const { planter, signature, ids, day } = plot;
  const id = (row: string) => ids[row] ?? '';
  const open = sessionOpen(day).getTime();
  planter.row('Agent', {
    id: id('agent'),
    userId: id('user'),
    type: 'RULE_BASED',
    status: 'RUNNING',
    strategyId: id('strategy'),
    portfolioId: id('portfolio'),
    currentRunId: id('paperRun'),
    deletedAt: null,
  });
  const kinds = {
    backtest: { kind: 'BACKTEST', status: 'RUNNING', dataset: true, agent: false },
    paperRun: { kind: 'PAPER', status: 'RUNNING', dataset: false, agent: true },
    liveRun: { kind: 'LIVE', status: 'COMPLETED', dataset: false, agent: true },
  } as const;
  for (const [row, { kind, status, dataset, agent }] of Object.entries(kinds)) {
    const equity = planter.amount('Run.equity').toNumber();
    planter.row('Run', {
      id: id(row),
      userId: id('user'),
      kind,
      status,
      strategyVersionId: id('strategyVersion'),
      agentId: agent ? id('agent') : null,
      portfolioId: agent ? id('portfolio') : null,
      feedId: agent ? id('replay') : null,
      datasetId: dataset ? id('dataset') : null,
      rangeFrom: new Date(open),
      rangeTo: new Date(open + 180_000 + signature.number),
      progress: new Decimal(signature.number).plus('0.5'),
      fillModel: plantedFillModel(signature.number),
      statistics: statisticsOf(plot),
      equity: Buffer.from(
        packEquity({
          time: Float64Array.of(open + signature.number, open + 60_000 + signature.number),
          equity: Float64Array.of(equity, equity + 1),
        }),
      ),
      caveats: [planter.text('Run.caveats')],
    });
  }
  const instrumentId = id('instrument');
  planter.row('AgentDecision', {
    id: id('decision'),
    runId: id('paperRun'),
    trigger: 'BAR',
    timeFrame: 'ONE_MINUTE',
    signals: [
      {
        instrumentId,
        action: 'ENTER_LONG',
        side: 'BUY',
        quantity: planter.amount('AgentDecision.signals').toNumber(),
        reason: planter.text('AgentDecision.signals'),
        text: planter.text('AgentDecision.signals'),
      },
    ],
    inputs: [
      {
        instrumentId,
        expression: planter.text('AgentDecision.inputs'),
        value: planter.amount('AgentDecision.inputs').toNumber(),
      },
    ],
  });
}

function statisticsOf({ planter, signature, day }: Plot): Value {
  const open = sessionOpen(day).getTime();
  const amount = () => planter.amount('Run.statistics').toFixed();
  const number = () => planter.amount('Run.statistics').toNumber();
  const count = () =>
    Number(planter.mark(planter.amount('Run.statistics').toFixed(0), 'Run.statistics'));
  return {
    initialCapital: amount(),
    finalEquity: amount(),
    grossPnl: amount(),
    netPnl: amount(),
    charges: Object.fromEntries(
      [...components, 'depositoryParticipantCharge', 'total'].map((name) => [name, amount()]),
    ),
    totalTrades: count(),
    winningTrades: count(),
    losingTrades: count(),
    winRate: number(),
    roiPercent: number(),
    maxDrawdownPercent: -number(),
    sharpeRatio: number(),
    profitFactor: number(),
    expectancy: amount(),
    averageWin: amount(),
    averageLoss: `-${amount()}`,
    cagrPercent: number(),
    volatilityPercent: number(),
    sortinoRatio: number(),
    calmarRatio: number(),
    maxDrawdownPeakAt: open + signature.number,
    maxDrawdownTroughAt: open + signature.number + 1,
    maxDrawdownRecoveredAt: open + signature.number + 2,
    maxDrawdownSeconds: number(),
    valueAtRiskPercent: -number(),
    expectedShortfallPercent: -number(),
    averageHoldingSeconds: number(),
    systemQualityNumber: number(),
    exposurePercent: number(),
    turnover: number(),
  };
}

const held = {
  status: 'OPEN',
  exitPrice: null,
  exitAt: null,
  exitReason: null,
  grossPnl: null,
} as const;

function plantOrders({ planter, signature, ids, day }: Plot): void {
  const id = (row: string) => ids[row] ?? '';
  const clientOrderId = planter.mark(
    `PLANT${signature.name}${id('order').replaceAll('-', '')}`.slice(0, 20),
    'Order.clientOrderId',
  );
  const quantity = planter.amount('Order.quantity');
  const feedId = id('replay');
  const instrumentId = id('instrument');
  const terms = { side: 'BUY', type: 'MARKET', product: 'MIS' } as const;
  planter.row('OrderRequest', {
    id: id('orderRequest'),
    userId: id('user'),
    kind: 'SINGLE',
    source: 'AGENT',
  });
  const whose = {
    userId: id('user'),
    portfolioId: id('portfolio'),
    orderRequestId: id('orderRequest'),
    instrumentId,
  };
  // Beside it one that its broker refused, which its request shows.
  planter.row('Order', {
    ...terms,
    ...whose,
    id: id('rejectedOrder'),
    runId: null,
    agentDecisionId: null,
    feedId,
    clientOrderId: planter.mark(
      `PLANX${signature.name}${id('rejectedOrder').replaceAll('-', '')}`.slice(0, 20),
      'Order.clientOrderId',
    ),
    source: 'AGENT',
    validity: 'DAY',
    variety: 'REGULAR',
    quantity: planter.amount('Order.quantity'),
    filledQuantity: '0',
    marketProtectionPercent: null,
    tag: null,
    legNumber: 2,
    parentOrderId: null,
    requestedTerms: null,
    status: 'REJECTED',
  });
  planter.row('Order', {
    ...terms,
    ...whose,
    id: id('order'),
    runId: id('paperRun'),
    agentDecisionId: id('decision'),
    feedId,
    clientOrderId,
    source: 'AGENT',
    validity: 'DAY',
    variety: 'REGULAR',
    quantity,
    filledQuantity: quantity.minus('0.25'),
    marketProtectionPercent: `${signature.number}.5`,
    tag: planter.mark(`Mark ${signature.name}`, 'Order.tag'),
    legNumber: 1,
    parentOrderId: null,
    reduceOnly: false,
    requestedTerms: null,
    status: 'FILLED',
  });
  planter.row('OrderEvent', {
    orderId: id('order'),
    event: { type: planter.text('OrderEvent.event') },
    statusAfter: 'FILLED',
  });
  const charges: Given = Object.fromEntries(
    components.map((name) => [name, planter.amount(`Fill.${name}`)]),
  );
  planter.row('Fill', {
    ...charges,
    id: id('fill'),
    orderId: id('order'),
    userId: id('user'),
    portfolioId: id('portfolio'),
    runId: id('paperRun'),
    instrumentId,
    feedId,
    side: 'BUY',
    product: 'MIS',
    tradingDay: day,
  });
  for (const trade of [
    { id: id('trade'), portfolioId: id('portfolio'), runId: id('paperRun'), agentId: id('agent') },
    { id: randomUUID(), portfolioId: null, runId: id('backtest'), agentId: null },
    { id: randomUUID(), portfolioId: id('portfolio'), runId: id('liveRun'), agentId: id('agent') },
    { id: randomUUID(), portfolioId: id('portfolio'), runId: null, agentId: null },
  ]) {
    planter.row('Trade', {
      ...trade,
      userId: id('user'),
      instrumentId,
      product: 'MIS',
      direction: 'LONG',
      status: 'CLOSED',
      // One is held, so that there is exposure, and one for delivery, so that there is a holding.
      ...(trade.runId === id('liveRun') ? held : {}),
      ...(trade.runId === null ? { ...held, product: 'CNC' } : {}),
    });
  }
  planter.row('Protection', {
    id: id('protection'),
    userId: id('user'),
    portfolioId: id('portfolio'),
    instrumentId,
    feedId,
    entryOrderId: id('order'),
    side: 'SELL',
    // Of another product than what is planted as held.
    product: 'CNC',
    status: 'ACTIVE',
    phase: 'STOP',
  });
  planter.row('ProtectionOrder', { orderId: id('order'), protectionId: id('protection') });
  planter.row('Gtt', {
    id: id('gtt'),
    userId: id('user'),
    portfolioId: id('portfolio'),
    instrumentId,
    feedId,
    side: 'BUY',
    product: 'CNC',
    status: 'ACTIVE',
  });
  planter.row('GttLeg', {
    gttId: id('gtt'),
    number: signature.number,
    direction: 'AT_OR_ABOVE',
    orderId: id('order'),
  });
  planter.row('SimulatedOrder', {
    ...terms,
    clientOrderId,
    feedId,
    portfolioId: id('portfolio'),
    instrumentId,
    quantity,
    filledQuantity: quantity,
    marketProtectionPercent: `${signature.number}.5`,
    status: 'COMPLETE',
  });
  planter.row('SimulatedExecution', { clientOrderId });
}

function plantMoney({ planter, signature, ids, day }: Plot): void {
  const id = (row: string) => ids[row] ?? '';
  const portfolioId = id('portfolio');
  planter.row('Position', {
    id: randomUUID(),
    portfolioId,
    instrumentId: id('instrument'),
    product: 'MIS',
    buyValue: planter.amount('Position.buyValue').times(signature.number),
    sellQuantity: new Decimal(signature.number).dividedBy(100),
    dayBuyValue: planter.amount('Position.dayBuyValue').times(signature.number),
    daySellQuantity: new Decimal(signature.number).dividedBy(100),
    ...bookedOn(day, id('replay')),
  });
  // What was bought on the trading day before is in settlement, some of what is older was sold today.
  planter.row('Position', {
    id: randomUUID(),
    portfolioId,
    instrumentId: id('instrument'),
    product: 'CNC',
    buyValue: planter.amount('Position.buyValue').times(signature.number),
    sellQuantity: new Decimal(signature.number).dividedBy(100),
    overnightQuantity: planter.amount('Position.overnightQuantity', 50),
    previousQuantity: new Decimal(signature.number).times(7),
    dayBuyQuantity: new Decimal(signature.number),
    daySellValue: planter.amount('Position.daySellValue').times(signature.number),
    dayBuyValue: planter.amount('Position.dayBuyValue').times(signature.number),
    ...bookedOn(day, id('replay')),
  });
  const actionId = randomUUID();
  planter.row('CorporateAction', {
    id: actionId,
    instrumentId: id('instrument'),
    kind: 'DIVIDEND',
    // Due to nobody who trades here.
    exDate: new Date('2099-01-01'),
    unitsAfter: 1,
    unitsBefore: 1,
    fractionPrice: null,
  });
  planter.row('CorporateEntitlement', {
    actionId,
    tradeId: id('trade'),
    portfolioId,
    runId: id('paperRun'),
    feedId: id('replay'),
    instrumentId: id('instrument'),
    unitsBefore: new Decimal(signature.number),
    unitsAfter: new Decimal(signature.number),
  });
  const open = sessionOpen(day).getTime();
  // Not on a day of anybody else; the first is before the market's day, which so has a close before it.
  for (const dayLater of [-100, 0, 100]) {
    planter.row('PortfolioSnapshot', {
      portfolioId,
      feedId: id('replay'),
      time: new Date(open + dayLater * 86_400_000 + signature.number),
    });
    planter.row('PositionMark', {
      portfolioId,
      feedId: id('replay'),
      time: new Date(open + dayLater * 86_400_000 + signature.number),
      instrumentId: id('instrument'),
      price: planter.amount('PositionMark.price').times(signature.number),
    });
  }
  const cash = planter.amount('LedgerEntry.amount', 90);
  const gain = planter.amount('LedgerEntry.amount');
  const lines = { CASH: cash, CAPITAL: cash.plus(gain).negated(), REALISED_PNL: gain };
  Object.entries(lines).forEach(([account, amount], line) =>
    planter.row('LedgerEntry', {
      id: signature.number * 1_000_000 + lineNumber(signature.name) + line + 1,
      portfolioId,
      transactionId: id('ledgerTransaction'),
      kind: 'DEPOSIT',
      account,
      amount,
    }),
  );
  const names = [...components, 'depositoryParticipantCharge'];
  const charges = names.map((name) => [name, planter.amount(`ContractNote.${name}`)] as const);
  planter.row('ContractNote', {
    ...Object.fromEntries(charges),
    id: id('note'),
    portfolioId,
    feedId: id('replay'),
    tradingDay: day,
    covered: true,
    total: Decimal.sum(...charges.map(([, amount]) => amount)),
  });
}

let extras = 0;
/** Ledger lines are numbered across people; those made in passing stay apart from the planted. */
function lineNumber(name: string): number {
  if (!name.startsWith('EKA')) return 0;
  extras += 10;
  return extras;
}

function plantNews({ planter, signature, ids }: Plot): void {
  const id = (row: string) => ids[row] ?? '';
  // Of an agent, so that orders by hand pass.
  planter.row('RiskCounter', { scope: 'AGENT', scopeId: id('agent'), span: 'DAY' });
  planter.row('RiskLock', {
    id: id('riskLock'),
    scope: 'AGENT',
    scopeId: id('agent'),
    feedId: id('replay'),
    kind: 'MAX_DRAWDOWN',
  });
  planter.row('AccountReading', { portfolioId: id('portfolio') });
  planter.row('ReconciliationFinding', {
    id: id('finding'),
    userId: id('user'),
    portfolioId: id('portfolio'),
    kind: 'ORDER_DIFFERS',
    instrumentId: id('instrument'),
    product: 'MIS',
    orderId: id('order'),
  });
  planter.row('Notification', { id: id('notification'), userId: id('user'), level: 'WARNING' });
  const first = signature.number * 1000;
  planter.row('EventCounter', { userId: id('user'), sequence: first + 8 });
  const topics = {
    ORDER: 'order',
    TRADE: 'trade',
    AGENT: 'agent',
    PORTFOLIO: 'portfolio',
    RUN: 'paperRun',
    REPLAY: 'replay',
    NOTIFICATION: 'notification',
    GTT: 'gtt',
  } as const;
  Object.entries(topics).forEach(([topic, subject], place) => {
    const decision = {
      id: id('decision'),
      runId: id('paperRun'),
      trigger: 'BAR',
      timeFrame: 'ONE_MINUTE',
      barTime: planter.instant('AgentDecision.barTime').toISOString(),
      signals: [],
      inputs: [],
      reason: planter.text('AgentDecision.reason'),
      createdAt: planter.instant('AgentDecision.createdAt').toISOString(),
    };
    planter.row('Event', {
      userId: id('user'),
      sequence: first + 1 + place,
      topic,
      subjectId: id(subject),
      payload: topic === 'AGENT' ? { decision } : {},
      job: null,
      publishedAt: planter.instant('Event.publishedAt'),
    });
  });
}

/** The days of a position's book: that of the market, and the one before. */
function bookedOn(day: Date, feedId: string): Given {
  const before = new Date(day.getTime() - (day.getUTCDay() === 1 ? 3 : 1) * 86_400_000);
  return {
    bookDay: day,
    bookFeedId: feedId,
    // As text, for it may be somebody else's day.
    previousDay: before.toISOString().slice(0, 10),
    previousFeedId: feedId,
  };
}

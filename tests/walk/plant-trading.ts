import { randomUUID } from 'node:crypto';
import { Decimal } from 'decimal.js';
import { packColumn, packEquity } from '@nandax/app/runs/packed-equity.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import type { Plot } from './person.ts';
import type { Value } from './planter.ts';
import { components, plantMoney, plantNote } from './plant-money.ts';
import { plantedFillModel, sessionOpen } from './plant-market.ts';
import { plantOrders } from './plant-orders.ts';

/** Strategies, runs, orders, money and events of a person. */
export function plantTrading(plot: Plot): void {
  plantStrategy(plot);
  plantPortfolio(plot);
  plantRuns(plot);
  plantNote(plot);
  plantOrders(plot);
  plantMoney(plot);
  plantNews(plot);
}

/** The rules of a person; their numbers are found nowhere else. */
export function rulesOf(number: number): string {
  const period = 2 + number;
  return [
    `level = ${number}000456 in ${number}000401..${number}000499 step ${number}`,
    `capital_per_trade ${number}000123`,
    `stop_loss ${number}.125%`,
    `take_profit ${number}.375%`,
    `max_positions ${number}`,
    `long entry when sma(close, ${period}) > level`,
    `long exit when sma(close, ${period}) < ${number}000457`,
  ].join('\n');
}

function plantStrategy({ planter, signature, ids }: Plot): void {
  const document = rulesOf(signature.number);
  const parsed = parseStrategy(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  for (const end of ['123', '401', '456', '457', '499']) {
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
    configuration: { planted: planter.text('StrategyVersion.configuration') },
  });
  planter.row('StrategyVersionInstrument', {
    strategyVersionId: id('strategyVersion'),
    instrumentId: id('instrument'),
    ordinal: 0,
  });
  planter.row('StrategyVersionReference', {
    strategyVersionId: id('strategyVersion'),
    instrumentId: id('instrument'),
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
      restrictsInstruments: true,
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
    const benchmark = planter.amount('Run.benchmark').toNumber();
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
      benchmark: Buffer.from(packColumn(Float64Array.of(benchmark, benchmark + 1))),
      caveats: [planter.text('Run.caveats')],
      biasReport: biasReportOf(plot),
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

function biasReportOf({ planter, signature, day }: Plot): Value {
  const at = sessionOpen(day).getTime() + signature.number;
  const number = () => planter.amount('Run.biasReport').toNumber();
  const count = () =>
    Number(planter.mark(planter.amount('Run.biasReport').toFixed(0), 'Run.biasReport'));
  const part = (): Value => ({
    from: at,
    to: at + 1,
    bars: count(),
    trades: count(),
    aim: number(),
    roiPercent: number(),
    cagrPercent: number(),
    sharpeRatio: number(),
    maxDrawdownPercent: -number(),
    winRate: number(),
    profitFactor: number(),
  });
  const percentiles = (): Value => ({
    p5: number(),
    p25: number(),
    p50: number(),
    p75: number(),
    p95: number(),
  });
  return {
    seed: count(),
    aim: 'sharpeRatio',
    value: number(),
    unplayed: null,
    basis: [planter.text('Run.biasReport')],
    lookAhead: { cuts: count(), decisions: count(), differences: count(), firstDifferenceAt: at },
    samples: { inSample: part(), outOfSample: part(), ratio: number() },
    tradeOrder: {
      trades: count(),
      draws: count(),
      maxDrawdownPercent: -number(),
      finalEquity: number(),
      shuffledMaxDrawdownPercent: percentiles(),
      drawnFinalEquity: percentiles(),
      drawnMaxDrawdownPercent: percentiles(),
      lossProbability: number(),
    },
    permutation: { permutations: count(), aims: percentiles(), pValue: number() },
    sensitivity: [
      {
        name: planter.text('Run.biasReport'),
        value: number(),
        neighbours: [{ value: number(), aim: number() }],
        untraded: [number()],
        worstAim: number(),
        fallPercent: number(),
      },
    ],
  };
}

function plantNews({ planter, signature, ids }: Plot): void {
  const id = (row: string) => ids[row] ?? '';
  // Of an agent, so that orders by hand pass.
  planter.row('RiskCounter', { scope: 'AGENT', scopeId: id('agent'), span: 'DAY' });
  planter.row('RiskPeak', {
    scope: 'AGENT',
    scopeId: id('agent'),
    feedId: id('replay'),
    result: 0,
  });
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
  planter.row('EventCounter', { userId: id('user'), sequence: first + 9 });
  const topics = {
    ORDER: 'order',
    TRADE: 'trade',
    AGENT: 'agent',
    PORTFOLIO: 'portfolio',
    RUN: 'paperRun',
    REPLAY: 'replay',
    NOTIFICATION: 'notification',
    GTT: 'gtt',
    OPTIMISATION: 'optimisation',
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

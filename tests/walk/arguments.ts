import { Decimal } from 'decimal.js';
import type { Person } from './person.ts';
import { firstTrialOf } from './plant-optimisation.ts';
import type { WalkWorld } from './world.ts';

/** Whose things a document asks for, and in which world. */
export interface Asked {
  readonly world: WalkWorld;
  readonly person: Person;
}

/** Which row stands for a type whose objects have a global id, and under which entity it is named. */
export const nodeRows: Readonly<Record<string, readonly [entity: string, row: string]>> = {
  User: ['User', 'user'],
  Session: ['Session', 'programSession'],
  ApiKey: ['ApiKey', 'keyREVOKED'],
  Passkey: ['Passkey', 'passkey'],
  BrokerAccount: ['BrokerAccount', 'brokerConnection'],
  ManagedAccount: ['ManagedAccount', 'user'],
  JobFailure: ['JobFailure', 'jobFailure'],
  RiskLock: ['RiskLock', 'riskLock'],
  Gtt: ['Gtt', 'gtt'],
  ReconciliationFinding: ['ReconciliationFinding', 'finding'],
  RiskLimits: ['RiskLimits', 'portfolio'],
  Protection: ['Protection', 'protection'],
  Instrument: ['Instrument', 'instrument'],
  Dataset: ['Dataset', 'dataset'],
  ReplaySession: ['ReplaySession', 'replay'],
  Strategy: ['Strategy', 'strategy'],
  StrategyVersion: ['StrategyVersion', 'strategyVersion'],
  Run: ['Run', 'paperRun'],
  BacktestRun: ['Run', 'backtest'],
  Optimisation: ['Optimisation', 'optimisation'],
  PaperRun: ['Run', 'paperRun'],
  LiveRun: ['Run', 'liveRun'],
  Agent: ['Agent', 'agent'],
  AgentDecision: ['AgentDecision', 'decision'],
  Order: ['Order', 'order'],
  OrderRequest: ['OrderRequest', 'orderRequest'],
  Fill: ['Fill', 'fill'],
  Trade: ['Trade', 'trade'],
  Portfolio: ['Portfolio', 'portfolio'],
  AuditEvent: ['AuditEvent', 'auditEvent'],
  LedgerEntry: ['LedgerEntry', 'ledger'],
  ContractNote: ['ContractNote', 'note'],
  Notification: ['Notification', 'notification'],
};

const text = (value: string) => JSON.stringify(value);
const idOf = (entity: string, row: string) => (asked: Asked) =>
  `id: ${text(asked.person.id(entity, row))}`;

/** What a part has to be told apart by for a field of its key to hold something. */
const attributedBy: Readonly<Record<string, string>> = {
  'AttributionKey.agent': 'AGENT',
  'AttributionKey.period': 'DAY',
  'AttributionKey.strategy': 'STRATEGY',
  'Attribution.returnPercent': 'DAY',
};

/** What may be traded; an order that would be denied where a denial is asked for. */
function orderOf(person: Person, covered: string): string {
  const quantity = covered === 'OrderPreview.denial' ? '0.5' : '1';
  return `instrumentId: ${text(person.id('Instrument', 'instrument'))}, side: BUY, product: MIS,
     quantity: ${text(quantity)}`;
}

/** Such as a bracket and a GTT ask for around planted prices, which are about as large as ticks. */
function tickOf({ planter }: Person): Decimal {
  const marked = [...planter.marks].find(([, origin]) => origin === 'Instrument.tickSize');
  return new Decimal(marked?.[0] ?? NaN);
}

/** Arguments of the fields that need some, as they stand in a document. */
const required: Readonly<Record<string, (asked: Asked, covered: string) => string>> = {
  'Query.account': idOf('ManagedAccount', 'user'),
  'Query.agent': idOf('Agent', 'agent'),
  'Query.node': idOf('Portfolio', 'portfolio'),
  'Query.order': idOf('Order', 'order'),
  'Query.orderRequest': idOf('OrderRequest', 'orderRequest'),
  'Query.portfolio': idOf('Portfolio', 'portfolio'),
  'Query.replaySession': idOf('ReplaySession', 'replay'),
  'Query.run': idOf('Run', 'paperRun'),
  'Query.optimisation': idOf('Optimisation', 'optimisation'),
  'Query.strategy': idOf('Strategy', 'strategy'),
  'Query.auditEvents': ({ person }) => `userId: ${text(person.id('User', 'user'))}`,
  'Query.accounts': ({ person }) => `search: ${text(person.email)}`,
  'Query.candles': ({ person }) =>
    `datasetId: ${text(person.id('Dataset', 'dataset'))}, timeFrame: ONE_MINUTE,
     instrumentId: ${text(person.id('Instrument', 'instrument'))}`,
  // A document with a mistake has errors, one without has a tree.
  'Query.checkRules': (_asked, covered) =>
    `document: ${text(
      covered === 'RulesCheck.tree'
        ? 'capital_per_trade 1\nlong entry when close > 1\nlong exit when close < 1'
        : 'capital_per_trade 1\nlong entry when smaa(close, 3) > 1',
    )}`,
  'Query.compareRuns': ({ person }) =>
    `ids: [${['paperRun', 'liveRun'].map((row) => text(person.id('Run', row))).join(', ')}]`,
  'Query.previewOrder': ({ person }, covered) =>
    `input: { portfolioId: ${text(person.id('Portfolio', 'portfolio'))}, ${orderOf(person, covered)} }`,
  'Query.previewBasket': ({ person }, covered) =>
    `input: { portfolioId: ${text(person.id('Portfolio', 'portfolio'))},
      legs: [{ ${orderOf(person, covered)} }] }`,
  'Query.previewBracket': ({ person }, covered) =>
    `input: { portfolioId: ${text(person.id('Portfolio', 'portfolio'))}, ${orderOf(person, covered)},
      type: LIMIT, price: ${text(tickOf(person).times(2).toFixed())},
      stopPrice: ${text(tickOf(person).toFixed())} }`,
  'Query.previewGtt': ({ person }) => {
    const price = text(tickOf(person).times(1_000).toFixed());
    return `input: { portfolioId: ${text(person.id('Portfolio', 'portfolio'))},
      instrumentId: ${text(person.id('Instrument', 'instrument'))}, side: BUY, product: CNC,
      legs: [{ triggerPrice: ${price}, price: ${price}, quantity: "1" }] }`;
  },
  'PortfolioPerformance.attribution': (_asked, covered) =>
    `by: ${attributedBy[covered] ?? 'INSTRUMENT'}`,
  // Two days always make a pair.
  'PortfolioPerformance.correlations': () => 'between: DAY',
  'PortfolioPerformance.benchmark': ({ person }) =>
    `instrumentId: ${text(person.id('Instrument', 'instrument'))}`,
  // A Monday morning in which the market is open.
  'Instrument.session': () => 'at: "2026-09-07T10:00:00+05:30"',
  'Subscription.ticks': ({ person }) =>
    `feedId: ${text(person.id('ReplaySession', 'replay'))},
     instrumentIds: [${text(person.id('Instrument', 'instrument'))}]`,
};
/** The planted rules name one parameter. */
const ofSearch: Readonly<Record<string, (asked: Asked, covered: string) => string>> = {
  'Optimisation.heatMap': () => 'x: "level", y: "level"',
  'Optimisation.rulesOfTrial': ({ person }) => `number: ${firstTrialOf(person.events.before)}`,
};
const candles = ({ person }: Asked) =>
  `instrumentId: ${text(person.id('Instrument', 'instrument'))}`;
const ofRuns: Readonly<Record<string, (asked: Asked, covered: string) => string>> = {
  ...Object.fromEntries(
    ['Run', 'BacktestRun', 'PaperRun', 'LiveRun'].map((type) => [
      `${type}.export`,
      () => 'format: TRADES_CSV',
    ]),
  ),
  'Run.candles': candles,
  'BacktestRun.candles': candles,
  'PaperRun.candles': candles,
  'LiveRun.candles': candles,
};

/** The arguments of `Type.field` in parentheses; empty where it takes none. */
export function argumentsOf(field: string, asked: Asked, covered: string): string {
  const write = required[field] ?? ofRuns[field] ?? ofSearch[field];
  return write === undefined ? '' : `(${write(asked, covered)})`;
}

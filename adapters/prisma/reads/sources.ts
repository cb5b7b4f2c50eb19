import { Decimal } from 'decimal.js';
import type { DatasetView, InstrumentView, ReplaySessionView } from '@nandax/app/views/market.ts';
import type {
  AgentDecisionView,
  AgentView,
  OptimisationView,
  RunView,
  SignalView,
  StrategyVersionView,
  StrategyView,
} from '@nandax/app/views/strategy.ts';
import { Prisma } from '../generated/client.ts';
import { fillModelOf } from '../trading/fill-model-column.ts';
import { viewMaker, type Row } from './row-to-view.ts';

import { deleted, owned, uuid, type Source } from './source.ts';

export type { Source } from './source.ts';
export * from './account-sources.ts';
export * from './order-sources.ts';
export * from './portfolio-sources.ts';
export * from './risk-sources.ts';

export const instruments = owned(
  'Instrument',
  'ownerId',
  viewMaker<InstrumentView>('Instrument', {
    tickSize: 'decimal',
    multiplier: 'decimal',
    strikePrice: 'decimal',
  }),
);

export const datasets = owned(
  'Dataset',
  'ownerId',
  viewMaker<DatasetView>('Dataset', { createdAt: 'instant' }),
);

const fillModel = (row: Row) => ({ fillModel: fillModelOf(row['fillModel']) });

export const replaySessions: Source<ReplaySessionView> = owned(
  'ReplaySession',
  'userId',
  viewMaker<ReplaySessionView>(
    'ReplaySession',
    {
      rangeFrom: 'instant',
      rangeTo: 'instant',
      speed: 'decimal',
      cursor: 'instant',
      createdAt: 'instant',
    },
    fillModel,
  ),
);

export const strategies = owned(
  'Strategy',
  'userId',
  viewMaker<StrategyView>('Strategy', { createdAt: 'instant', updatedAt: 'instant' }, deleted),
);

export const strategyVersions: Source<StrategyVersionView> = {
  columns: Prisma.sql`item.*, strategy."userId" AS "ownerId"`,
  from: Prisma.sql`"StrategyVersion" item JOIN "Strategy" strategy ON strategy."id" = item."strategyId"`,
  idType: uuid,
  toView: viewMaker<StrategyVersionView>('StrategyVersion', { createdAt: 'instant' }),
};

/** Without statistics and equity, which are read only where they are shown. */
export const runs: Source<RunView> = {
  columns: Prisma.sql`
    item."id", item."userId" AS "ownerId", item."kind", item."status", item."strategyVersionId",
    item."agentId", item."portfolioId", item."feedId", item."datasetId", item."initialCapital",
    item."fillModel",
    item."rangeFrom", item."rangeTo", item."progress", item."failureReason", item."caveats",
    item."createdAt", item."startedAt", item."endedAt"`,
  from: Prisma.sql`"Run" item`,
  idType: uuid,
  toView: viewMaker<RunView>(
    'Run',
    {
      initialCapital: 'decimal',
      rangeFrom: 'instant',
      rangeTo: 'instant',
      progress: 'decimal',
      createdAt: 'instant',
      startedAt: 'instant',
      endedAt: 'instant',
    },
    fillModel,
  ),
};

/** Without what it found, which is read only where it is shown. */
export const optimisations: Source<OptimisationView> = {
  columns: Prisma.sql`
    item."id", item."userId" AS "ownerId", item."strategyVersionId", item."datasetId",
    item."status", item."initialCapital", item."fillModel", item."rangeFrom", item."rangeTo",
    item."aim",
    item."direction", item."search", item."seed", item."trialLimit", item."constraints",
    item."walkForward", item."inSampleBars", item."outOfSampleBars", item."trialsDone",
    item."trialsPlanned", item."best", item."caveats", item."failureReason", item."createdAt",
    item."startedAt", item."endedAt"`,
  from: Prisma.sql`"Optimisation" item`,
  idType: uuid,
  toView: viewMaker<OptimisationView>(
    'Optimisation',
    {
      initialCapital: 'decimal',
      rangeFrom: 'instant',
      rangeTo: 'instant',
      createdAt: 'instant',
      startedAt: 'instant',
      endedAt: 'instant',
    },
    fillModel,
  ),
};

export const agents = owned(
  'Agent',
  'userId',
  viewMaker<AgentView>('Agent', { createdAt: 'instant', updatedAt: 'instant' }, deleted),
);

export const agentDecisions: Source<AgentDecisionView> = {
  columns: Prisma.sql`item.*, run."userId" AS "ownerId"`,
  from: Prisma.sql`"AgentDecision" item JOIN "Run" run ON run."id" = item."runId"`,
  idType: uuid,
  toView: viewMaker<AgentDecisionView>(
    'AgentDecision',
    { barTime: 'instant', createdAt: 'instant' },
    (row) => ({ signals: (row['signals'] as readonly StoredSignal[]).map(signalOf) }),
  ),
};

type StoredSignal = Omit<SignalView, 'quantity'> & { readonly quantity: number };

function signalOf(stored: StoredSignal): SignalView {
  return { ...stored, quantity: new Decimal(stored.quantity) };
}

import type { BatchReads } from '@nandax/app/ports/reads.ts';
import type { EntityName, NodeView } from '@nandax/app/views/node.ts';
import type { Context } from '../context.ts';
import type { Loaders } from '../loaders.ts';
import { readGlobalId } from './global-id.ts';

type LoaderOf<Entity extends EntityName> = Uncapitalize<Entity> & keyof BatchReads;

/** Every entity and the loader that finds it by its id. */
const loaderNames: { readonly [Entity in EntityName]: LoaderOf<Entity> } = {
  User: 'user',
  Session: 'session',
  ApiKey: 'apiKey',
  ManagedAccount: 'managedAccount',
  JobFailure: 'jobFailure',
  RiskLock: 'riskLock',
  Gtt: 'gtt',
  ReconciliationFinding: 'reconciliationFinding',
  RiskLimits: 'riskLimits',
  Protection: 'protection',
  Passkey: 'passkey',
  BrokerAccount: 'brokerAccount',
  Instrument: 'instrument',
  Dataset: 'dataset',
  ReplaySession: 'replaySession',
  Strategy: 'strategy',
  StrategyVersion: 'strategyVersion',
  Run: 'run',
  Optimisation: 'optimisation',
  Agent: 'agent',
  AgentDecision: 'agentDecision',
  Order: 'order',
  OrderRequest: 'orderRequest',
  Fill: 'fill',
  Trade: 'trade',
  Portfolio: 'portfolio',
  LedgerEntry: 'ledgerEntry',
  ContractNote: 'contractNote',
  Notification: 'notification',
  AuditEvent: 'auditEvent',
};

type ViewOf<Entity extends EntityName> = Extract<NodeView, { readonly entity: Entity }>;

/** The view of an object by its local id, whoever owns it; null where there is none. */
export function loadView<Entity extends EntityName>(
  loaders: Loaders,
  entity: Entity,
  id: string,
): Promise<ViewOf<Entity> | null> {
  return loaders[loaderNames[entity]].load(id) as Promise<ViewOf<Entity> | null>;
}

/**
 * The object behind a global id. Null where the id is none, where nothing has it any more, and where
 * what has it is someone else's.
 */
export async function findOwn(
  { viewer, loaders }: Context,
  globalId: string,
): Promise<NodeView | null> {
  const parts = readGlobalId(globalId);
  if (viewer === null || parts === null || !isEntity(parts.entity)) return null;
  const view = await loadView(loaders, parts.entity, parts.id);
  if (view === null || ('deleted' in view && view.deleted)) return null;
  return view.ownerId === null || view.ownerId === viewer.id ? view : null;
}

/** As `findOwn`, for an id of one entity; the id of another finds nothing. */
export async function findOwnOf<Entity extends EntityName>(
  context: Context,
  entity: Entity,
  globalId: string,
): Promise<ViewOf<Entity> | null> {
  if (readGlobalId(globalId)?.entity !== entity) return null;
  return (await findOwn(context, globalId)) as ViewOf<Entity> | null;
}

function isEntity(name: string): name is EntityName {
  return Object.hasOwn(loaderNames, name);
}

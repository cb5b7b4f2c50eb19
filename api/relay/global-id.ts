import type { EntityName, NodeView } from '@nandax/app/views/node.ts';
import { badInputError } from '../errors/graphql-errors.ts';

const uuidText = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const numberText = /^\d{1,18}$/;

/** Whether a row of the entity could have this id; the lines of the ledger are numbered. */
export function isLocalId(entity: string, id: string): boolean {
  return (entity === 'LedgerEntry' ? numberText : uuidText).test(id);
}

/** The opaque id of an object: base64url of `Entity:id`. */
export function globalIdOf(entity: string, id: string): string {
  return Buffer.from(`${entity}:${id}`).toString('base64url');
}

/** What a global id names, or null where the text is none. Whether the object exists is not said. */
export function readGlobalId(
  text: string,
): { readonly entity: string; readonly id: string } | null {
  const [entity, id, ...rest] = Buffer.from(text, 'base64url').toString().split(':');
  if (entity === undefined || id === undefined || rest.length > 0) return null;
  return isLocalId(entity, id) ? { entity, id } : null;
}

/** The local id in a global one of `entity`. @throws BAD_USER_INPUT where it is none. */
export function localIdOf(entity: EntityName, globalId: string): string {
  const parts = readGlobalId(globalId);
  if (parts?.entity !== entity) throw badInputError(`${globalId} is not the id of any ${entity}.`);
  return parts.id;
}

const runTypes = { BACKTEST: 'BacktestRun', PAPER: 'PaperRun', LIVE: 'LiveRun' } as const;

/** Name of the GraphQL type that shows a view. */
export function typeNameOf(view: NodeView): string {
  return view.entity === 'Run' ? runTypes[view.kind] : view.entity;
}

import type { ListName, ListPosition } from '@nandax/app/ports/reads.ts';
import { badInputError } from '../errors/graphql-errors.ts';
import { isLocalId } from './global-id.ts';

/** A position as an opaque text. */
export function cursorOf({ key, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

/** @throws BAD_USER_INPUT where the text is no cursor of the list. */
export function positionOf(list: ListName, cursor: string): ListPosition {
  const [key, id] = read(cursor);
  const entity = list === 'ledgerOfPortfolio' ? 'LedgerEntry' : 'any other';
  if (typeof key === 'string' && typeof id === 'string' && isLocalId(entity, id)) {
    return { key, id };
  }
  throw badInputError(`${cursor} is no cursor of this list.`);
}

function read(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    // Not JSON, so no cursor of ours.
    return [];
  }
}

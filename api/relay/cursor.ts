import type { ListPosition } from '@nandax/app/ports/reads.ts';
import { badInputError } from '../errors/graphql-errors.ts';

/** A position as an opaque text. */
export function cursorOf({ key, id }: ListPosition): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

/** @throws BAD_USER_INPUT where the text is no cursor of ours. */
export function positionOf(cursor: string): ListPosition {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 2) {
      const [key, id] = parts as readonly unknown[];
      if (typeof key === 'string' && typeof id === 'string') return { key, id };
    }
  } catch {
    // Not JSON: no cursor of ours, as said below.
  }
  throw badInputError(`${cursor} is no cursor of this list.`);
}

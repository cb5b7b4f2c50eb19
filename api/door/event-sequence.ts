import { BREAK, visit, type DocumentNode } from 'graphql';
import type { Context } from '../context.ts';

/**
 * Reads where the caller's event log stands, if the document asks for it. This comes before the
 * operation is executed: read beside its other fields, it could be ahead of what they saw, and a
 * subscription that went on from there would miss what lies between.
 */
export async function readEventSequence(context: Context, document: DocumentNode): Promise<void> {
  if (context.viewer === null || !asksForSequence(document)) return;
  const { last } = await context.ports.reads.events.bounds(context.viewer.id);
  context.eventSequence = last;
}

function asksForSequence(document: DocumentNode): boolean {
  let asked = false;
  visit(document, {
    Field: ({ name }) => {
      if (name.value !== 'eventSequence') return undefined;
      asked = true;
      return BREAK;
    },
  });
  return asked;
}

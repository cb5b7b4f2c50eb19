import { Prisma } from '../generated/client.ts';

/**
 * Whether a row `item` of closed trades was left by no order of its owner: it was set off against another
 * owner's, or, left open by a run that had ended, closed by an order of the user's own.
 */
export const wasMet = Prisma.sql`item."status" = 'CLOSED' AND (item."exitReason" = 'OFFSET'
  OR (item."runId" IS NOT NULL AND item."exitRequestId" IS NOT NULL AND NOT EXISTS (
    SELECT FROM "Order" leaving WHERE leaving."orderRequestId" = item."exitRequestId"
      AND leaving."runId" = item."runId")))`;

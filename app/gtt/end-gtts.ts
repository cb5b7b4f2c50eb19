import type { EventDraft } from '../ports/events.ts';
import type { GttRecord } from '../ports/gtts.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { gttEvent } from './gtt-event.ts';

/** How a GTT ends that its trigger did not end. */
export interface GttEnd {
  readonly status: 'CANCELLED' | 'EXPIRED';
  /** For people; null: its user took it back. */
  readonly reason: string | null;
  /** Market time. */
  readonly at: Date;
}

/**
 * Ends active GTTs within the caller's transaction, which holds the locks of their portfolios.
 * Returns what their users are to be told.
 */
export async function endGtts(
  rows: StoreTransaction,
  ports: Pick<TradingPorts, 'clock'>,
  gtts: readonly GttRecord[],
  { status, reason, at }: GttEnd,
): Promise<readonly EventDraft[]> {
  const drafts: EventDraft[] = [];
  for (const gtt of gtts) {
    const updatedAt = ports.clock.now();
    const after: GttRecord = { ...gtt, status, endReason: reason, endedAt: at, updatedAt };
    await rows.gtts.save(after);
    drafts.push(gttEvent(after, `GTT_${status}`));
  }
  return drafts;
}

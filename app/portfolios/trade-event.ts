import { snapshot } from '../events/snapshot.ts';
import type { EventDraft } from '../ports/events.ts';
import type { TradeRecord } from '../ports/portfolios.ts';

/** What a user is told of a trade of theirs. */
export function tradeEvent(trade: TradeRecord, type: 'TRADE_OPENED' | 'TRADE_CLOSED'): EventDraft {
  return { topic: 'TRADE', type, subjectId: trade.id, payload: snapshot(trade) };
}

import type { Wanted } from './references.ts';

/**
 * Where something that can make an order comes in: what people, programs and clocks set going. Each
 * is driven against shut trading by choke-point.test.ts, with its rows in order-drives.ts.
 */
export type EntryPoint =
  | 'placeOrder'
  | 'placeBasket'
  | 'exitPosition'
  | 'exitAllPositions'
  | 'closeTrade'
  | 'agent signal'
  | 'stopAgent'
  | 'GTT'
  | 'placeBracket'
  | 'protection'
  | 'square-off'
  | 'kill switch';

/** A function through which orders are made, and who names it: each caller with its entry points. */
export interface Passage extends Wanted {
  /** By `file within`; an entry point, or the passage that the caller is itself. */
  readonly callers: Readonly<Record<string, readonly (EntryPoint | 'a passage')[]>>;
}

/** The door, and the shared ways that lead to it. Whoever adds a caller names it here. */
export const passages: readonly Passage[] = [
  {
    file: 'app/orders/pass-door.ts',
    name: 'passDoor',
    callers: {
      'app/orders/keyed-request.ts placeKeyedRequest': ['a passage'],
      'app/agents/record-decision.ts recordDecision': ['a passage'],
      'app/gtt/watch-gtts.ts fire': ['GTT'],
      'app/protection/send-exit.ts sendExit': ['protection'],
      'app/replay/square-off-positions.ts squareOffPositions': ['square-off'],
      'app/risk/flatten-portfolio.ts sendExit': ['kill switch'],
    },
  },
  {
    file: 'app/orders/keyed-request.ts',
    name: 'placeKeyedRequest',
    callers: {
      'app/orders/place-order.ts placeOrder': ['placeOrder'],
      'app/orders/place-basket.ts placeBasket': ['placeBasket'],
      'app/orders/exit-position.ts exitPosition': ['exitPosition'],
      'app/orders/exit-all-positions.ts exitAllPositions': ['exitAllPositions'],
      'app/orders/close-trade.ts closeTrade': ['closeTrade'],
      'app/protection/place-bracket.ts placeBracket': ['placeBracket'],
    },
  },
  {
    file: 'app/agents/record-decision.ts',
    name: 'recordDecision',
    callers: {
      'app/agents/decide-on-bar.ts decideOnBar': ['agent signal'],
      'app/agents/stop-agent.ts exitPositions': ['stopAgent'],
    },
  },
];

/** Acts that no one else may do, and the one who does. */
export const oneHand: readonly (Wanted & { readonly by: readonly string[] })[] = [
  {
    file: 'app/ports/orders.ts',
    name: 'OrderRows.insert',
    by: ['app/orders/pass-door.ts passDoor'],
  },
  {
    file: 'app/ports/broker.ts',
    name: 'Broker.place',
    by: ['app/orders/submit-order.ts send'],
  },
  {
    file: 'app/ports/broker.ts',
    name: 'Broker.modify',
    by: ['app/orders/change-at-broker.ts sendModification'],
  },
  {
    file: 'app/ports/broker.ts',
    name: 'Broker.cancel',
    by: ['app/orders/change-at-broker.ts sendCancel'],
  },
];

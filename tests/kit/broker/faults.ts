/**
 * What can go wrong between a broker and us.
 * - NONE: nothing.
 * - DROP: a request, its answer or a push is lost.
 * - DELAY: a request, its answer or a push comes late, perhaps after we gave up.
 * - DUPLICATE: a push is said twice.
 * - REORDER: pushes overtake each other.
 * - ERROR: the broker takes the order and answers with an error of the server.
 * - GARBAGE: the answer or the push cannot be read.
 */
export const brokerFaults = [
  'NONE',
  'DROP',
  'DELAY',
  'DUPLICATE',
  'REORDER',
  'ERROR',
  'GARBAGE',
] as const;

export type BrokerFault = (typeof brokerFaults)[number];

import { MessageType, stringifyMessage, type SubscribePayload } from 'graphql-ws';

/** Characters of a name that is said back, at most. */
const longestName = 100;

/**
 * The message that tells a client that its subscription stands: a ping, which every client of the
 * protocol takes, with the name under which it asked to be told (`extensions: { acknowledge: "orders 1" }`
 * beside the query). The protocol has no word for it, and without one nobody knows from when on they
 * hear of everything. Null: it was not asked for.
 */
export function acknowledgementOf({ extensions }: SubscribePayload): string | null {
  const name = extensions?.['acknowledge'];
  if (typeof name !== 'string' || name.length > longestName) return null;
  return stringifyMessage({ type: MessageType.Ping, payload: { subscribed: name } });
}

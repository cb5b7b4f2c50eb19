import type { Client } from 'graphql-ws';

/** How long the server may take to answer a ping, milliseconds. */
const answerMilliseconds = 10_000;

/**
 * Ends a socket whose pings the server does not answer, so that another is opened: after a network was
 * lost, or a laptop slept, a browser may take minutes to notice.
 */
export function endSilentSockets(client: Client): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const stopWaiting = () => {
    clearTimeout(waiting);
  };
  client.on('ping', (received) => {
    if (received) return;
    stopWaiting();
    waiting = setTimeout(() => {
      client.terminate();
    }, answerMilliseconds);
  });
  client.on('pong', (received) => {
    if (received) stopWaiting();
  });
  client.on('closed', stopWaiting);
}

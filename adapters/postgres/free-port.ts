import { createServer } from 'node:net';

/** The port preferred, or else any, of the loopback interface, that nobody listened on a moment ago. */
export async function freePort(preferred = 0): Promise<number> {
  return (await portIfFree(preferred)) ?? (await portIfFree(0)) ?? noPort();
}

async function portIfFree(port: number): Promise<number | null> {
  const server = createServer();
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!listening) return null;
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address === null || typeof address === 'string' ? null : address.port;
}

function noPort(): never {
  throw new Error('This machine has no free port.');
}

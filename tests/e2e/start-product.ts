import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Far more than it takes: on a slow machine the database, the migrations and the history take minutes. */
const readyWithinMilliseconds = 300_000;

/**
 * Starts everything as a newcomer would, on a fresh data folder and free ports, and ends it after
 * the last story. NANDAX_URL names an installation that runs already, NANDAX_DEMO_PASSWORD the password
 * of its demo account; it is then used as it is.
 */
export default async function startProduct(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['NANDAX_URL']) return undefined;

  const home = await mkdtemp(path.join(tmpdir(), 'nandax-e2e-'));
  // Started by root, the database runs as a user of its own and has to come in.
  await chmod(home, 0o755);
  const [webPort, apiPort] = [await freePort(), await freePort()];
  const product = spawn(process.execPath, ['--import', 'tsx', 'cli/start.ts'], {
    env: {
      ...process.env,
      NANDAX_HOME: home,
      PORT: String(webPort),
      API_PORT: String(apiPort),
      DATABASE_URL: '',
      REDIS_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  product.stdout.on('data', (words: Buffer) => said.push(words));
  product.stderr.on('data', (words: Buffer) => said.push(words));

  const stop = async () => {
    if (product.exitCode === null && product.signalCode === null) {
      product.kill('SIGINT');
      await once(product, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  };
  // By name, as the terminal says it: links in letters lead there, and passkeys work nowhere else.
  process.env['NANDAX_STORIES_HOME'] = home;
  process.env['NANDAX_URL'] = `http://localhost:${webPort}`;
  try {
    await untilReady(`${process.env['NANDAX_URL']}/login`, () => product.exitCode !== null);
    const password = await readFile(path.join(home, 'demo-password'), 'utf8');
    process.env['NANDAX_DEMO_PASSWORD'] = password.trim();
  } catch (error) {
    await stop();
    throw new Error(`The product did not start. It said:\n${Buffer.concat(said).toString()}`, {
      cause: error,
    });
  }
  return stop;
}

async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + readyWithinMilliseconds;
  while (!hasEnded() && Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(hasEnded() ? 'It ended.' : 'It took too long.');
}

/** A TCP port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';

const readyWithinMs = 90_000;
/** How often the first page is asked for while the product starts. */
const askEveryMs = 50;

export interface ProductOptions {
  /** A data folder to use again; default: a fresh one, removed at the end. */
  readonly home?: string;
  readonly redisUrl?: string;
  readonly databaseUrl?: string;
}

/** The whole product, started as a newcomer starts it. */
export interface Product {
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly demoPassword: string;
  readonly home: string;
  /** Milliseconds from the command to the first page. */
  readonly startedInMs: number;
  /** Ctrl-C, and waits for the end. */
  stop(): Promise<void>;
}

/** A data folder that every user of the machine may enter: started by root, the database has its own. */
export async function freshHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'nandax-product-'));
  await chmod(home, 0o755);
  return home;
}

/** Runs `npm start`'s command on free ports and resolves when the first page answers. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const home = options.home ?? (await freshHome());
  const [webPort, apiPort] = [await freePort(), await freePort()];
  const begun = performance.now();
  const product = spawn(process.execPath, ['--import', 'tsx', 'cli/start.ts'], {
    env: {
      ...process.env,
      NANDAX_HOME: home,
      PORT: String(webPort),
      API_PORT: String(apiPort),
      DATABASE_URL: options.databaseUrl ?? '',
      REDIS_URL: options.redisUrl ?? '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  product.stdout.on('data', (words: Buffer) => said.push(words));
  product.stderr.on('data', (words: Buffer) => said.push(words));
  const hasEnded = (): boolean => product.exitCode !== null || product.signalCode !== null;

  const stop = async (): Promise<void> => {
    if (!hasEnded()) {
      product.kill('SIGINT');
      await once(product, 'exit');
    }
    if (options.home === undefined) await rm(home, { recursive: true, force: true });
  };
  const webUrl = `http://127.0.0.1:${webPort}`;
  try {
    await firstPage(`${webUrl}/login`, hasEnded);
    const startedInMs = performance.now() - begun;
    const password = await readFile(join(home, 'demo-password'), 'utf8').catch(() => '');
    return {
      webUrl,
      apiUrl: `http://127.0.0.1:${apiPort}/graphql`,
      demoPassword: password.trim(),
      home,
      startedInMs,
      stop,
    };
  } catch (error) {
    await stop();
    const words = Buffer.concat(said).toString();
    throw new Error(`The product did not start. It said:\n${words}`, { cause: error });
  }
}

async function firstPage(url: string, hasEnded: () => boolean): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  while (!hasEnded() && performance.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
  throw new Error(hasEnded() ? 'It ended.' : 'It took too long.');
}

import { createServer } from 'node:net';
import { freePort } from '@nandax/adapters/postgres/free-port.ts';
import { Refusal } from './refusal.ts';

/** A port for one process to listen on. */
export interface ChosenPort {
  readonly port: number;
  /** The default port that was taken; null: it was free, or the port was asked for. */
  readonly insteadOf: number | null;
}

/**
 * The port asked for, or the default one, or, where that is taken, one of the next tens, or any.
 * Throws a `Refusal` when the port asked for is taken.
 */
export async function choosePort(
  setting: string,
  asked: number | undefined,
  usual: number,
  taken: readonly number[] = [],
): Promise<ChosenPort> {
  const free = async (port: number) => !taken.includes(port) && (await isFree(port));
  if (asked !== undefined) {
    if (await free(asked)) return { port: asked, insteadOf: null };
    throw new Refusal(
      `Port ${asked}, asked for by ${setting}, is already in use. Choose another one, or leave ${setting} unset.`,
    );
  }
  if (await free(usual)) return { port: usual, insteadOf: null };
  for (const port of [usual + 10, usual + 20, usual + 30]) {
    if (await free(port)) return { port, insteadOf: usual };
  }
  return { port: await freePort(), insteadOf: usual };
}

/** Whether a server on every interface could listen there. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

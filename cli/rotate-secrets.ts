import { Command } from 'commander';
import type { ResealedColumn } from '@nandax/app/ports/secrets.ts';
import { pruneKeys, type KeysPruned } from '@nandax/app/secrets/prune-keys.ts';
import { rotateSecrets } from '@nandax/app/secrets/rotate-secrets.ts';
import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { openDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { withCommandPorts, type CommandPorts } from './compose.ts';

/** `npm run secrets:rotate`: a fresh key, and everything sealed anew under it; processes may run. */
const command = new Command('npm run secrets:rotate --')
  .description(
    'Adds a key to the key ring and seals every stored secret anew under it. With NANDAX_KEY_RING: put the new key first, restart, then run this.',
  )
  .option('--prune', 'adds no key, but removes older ones that nothing is sealed under any more')
  .parse();

const environment = readEnvironment();
const database = await openDatabase(environment);
try {
  const run = command.opts<{ prune?: true }>().prune === true ? prune : rotate;
  process.exitCode = await withCommandPorts(environment, database, run);
} finally {
  await database.release();
}

async function rotate(ports: CommandPorts): Promise<number> {
  const { added, columns } = await rotateSecrets(ports);
  if (added !== null) say(`New key ${added}.`);
  else if (ports.keyRing !== null) say('An earlier rotation goes on; no key was added.');
  return tellColumns(columns);
}

async function prune(ports: CommandPorts): Promise<number> {
  const result = await pruneKeys(ports);
  if (result.ok) return tellPruned(result.value);
  const { failure } = result;
  say(
    failure.kind === 'KEY_RING_NOT_KEPT'
      ? 'NANDAX_KEY_RING gives the key ring: take old keys out of it there.'
      : `The key ring changed just now; try again in ${failure.retryAfterSeconds} seconds.`,
  );
  return 1;
}

function tellPruned({ removed, stillInUse, columns }: KeysPruned): number {
  const code = tellColumns(columns);
  if (removed.length === 0) say('No key was removed.');
  else {
    say(`Removed ${removed.join(', ')}.`);
    say('Access tokens and anchored heads of the audit trail signed under them count no longer.');
  }
  if (stillInUse.length > 0) say(`Still needed: ${stillInUse.join(', ')}.`);
  return code;
}

function tellColumns(columns: readonly ResealedColumn[]): number {
  for (const { column, resealed } of columns) say(`${column.padEnd(34)}${resealed} sealed anew`);
  const broken = columns.flatMap((each) => each.broken);
  for (const place of broken) say(`${place} does not open and was left as it is.`);
  return broken.length > 0 ? 1 : 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

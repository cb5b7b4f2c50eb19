import { createAccount } from '@nandax/app/accounts/create-account.ts';
import { systemActor } from '@nandax/app/actor.ts';
import { demoEmail, type NewUser } from '@nandax/app/ports/accounts.ts';
import { createReplay } from '@nandax/app/replay/create-replay.ts';
import type { Result } from '@nandax/core/result.ts';
import { parseExchangeTime } from '@nandax/core/calendar/exchange-time.ts';
import type { Environment } from '@nandax/adapters/env/environment.ts';
import { keptSecret } from '@nandax/adapters/postgres/data-folder.ts';
import type { OpenDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { findSample } from '../prisma/find-sample.ts';
import { withCommandPorts, type CommandPorts } from './compose.ts';

/** How to log in to the demo account. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
}

/**
 * Makes the demo account where there is none: a user with a paper portfolio, and a replay of three
 * days of YESBANK, ready to start. Its password is minted once and kept in the data folder. Null:
 * the account is there, but was made with another data folder, so its password is not known here.
 */
export async function seedDemoAccount(
  environment: Environment,
  database: OpenDatabase,
  folder: string,
): Promise<DemoAccount | null> {
  const password = await keptSecret(folder, 'demo-password', 9);
  return withCommandPorts(environment, database, async (ports) => {
    const known = await ports.accounts.findByEmail(demoEmail);
    if (known === null) {
      const userId = await createDemoUser(ports, password);
      await createDemoReplay(ports, database.url, userId);
    } else if (!(await ports.passwords.verify(known.passwordHash, password))) {
      return null;
    }
    return { email: demoEmail, password };
  });
}

/** An administrator, since whoever starts NandaX to try it runs this installation. */
async function createDemoUser(ports: CommandPorts, password: string): Promise<string> {
  const id = ports.ids.uuid();
  const user: NewUser = {
    id,
    email: demoEmail,
    displayName: 'Demo',
    passwordHash: await ports.passwords.hash(password),
    role: 'ADMIN',
    tier: 'PRO',
    createdAt: ports.clock.now(),
  };
  await ports.accounts.transaction((rows) => createAccount(rows, ports.ids, user, systemActor));
  return id;
}

async function createDemoReplay(
  ports: CommandPorts,
  databaseUrl: string,
  userId: string,
): Promise<void> {
  const { datasetId, instrumentId } = await findSample(databaseUrl, 'YESBANK');
  sound(
    await createReplay(ports, {
      userId,
      name: 'YESBANK, 9 to 11 July 2019',
      datasetId,
      instrumentIds: [instrumentId],
      from: exchangeTime('2019-07-09 09:15:00'),
      to: exchangeTime('2019-07-11 15:30:00'),
      speed: null,
      seed: 0,
    }),
  );
}

function exchangeTime(text: string): Date {
  return new Date(parseExchangeTime(text, 'absent') ?? NaN);
}

/** What the seed asks for is valid; a refusal is a fault of ours. */
function sound<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`The demo account could not be made: ${JSON.stringify(result.failure)}`);
}

import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { setUpAccount } from '@nandax/app/accounts/set-up-account.ts';
import type { SubscriptionTier, UserRole } from '@nandax/app/ports/accounts.ts';
import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { openDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { withCommandPorts } from './compose.ts';

/** `npm run account`: makes an account or changes its role and tier, on the word of whoever has the server. */
interface AccountOptions {
  readonly email: string;
  readonly role?: UserRole;
  readonly tier?: SubscriptionTier;
  readonly create?: true;
  readonly name?: string;
}

const roles: readonly UserRole[] = ['USER', 'PREMIUM', 'ADMIN'];
const tiers: readonly SubscriptionTier[] = ['FREE', 'BASIC', 'PRO', 'ENTERPRISE'];

const command = new Command('npm run account --')
  .description(
    'Makes an account, or changes its role and tier; without either, says what they are.',
  )
  .requiredOption('--email <address>', 'whose account')
  .addOption(new Option('--role <role>', 'what they may do').choices(roles))
  .addOption(new Option('--tier <tier>', 'their plan').choices(tiers))
  .option('--create', 'make the account; its password is read from the standard input')
  .option('--name <name>', 'name for people, of an account to be made')
  .parse();

process.exitCode = await run(command.opts<AccountOptions>());

async function run(options: AccountOptions): Promise<number> {
  const { email, role = null, tier = null, name } = options;
  if (options.create && name === undefined) return refuse('--create: give a --name as well.');
  const create =
    options.create && name !== undefined
      ? { displayName: name, password: await readPassword() }
      : null;
  const environment = readEnvironment();
  const database = await openDatabase(environment);
  try {
    return await withCommandPorts(environment, database, async (ports) => {
      const result = await setUpAccount(ports, { email, role, tier, create });
      if (!result.ok) {
        return refuse(
          result.failure.kind === 'NOT_FOUND'
            ? `--email: nobody has an account as ${email}; --create makes one.`
            : `${result.failure.field}: ${result.failure.message}`,
        );
      }
      const account = result.value;
      process.stdout.write(
        `${account.email} has the role ${account.role} and the tier ${account.tier}.\n`,
      );
      return 0;
    });
  } finally {
    await database.release();
  }
}

/** The first line of the standard input. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Password, then Enter and Ctrl-D: ');
  return (await text(process.stdin)).split(/\r?\n/)[0] ?? '';
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 1;
}

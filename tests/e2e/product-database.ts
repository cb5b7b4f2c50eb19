import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Writes down that the books of a person's broker show 25 units where 40 are held here, as the reading
 * of its books would: a paper exchange never differs, and no other broker is there yet. @throws Error where
 * the product under test is not one that these stories started.
 */
export async function differAtBroker(email: string): Promise<void> {
  const home = process.env['NANDAX_STORIES_HOME'];
  if (!home) throw new Error('These stories did not start the product, whose books they write to.');
  const script = ['--import', 'tsx', 'tests/e2e/write-difference.ts', email];
  const env = { ...process.env, NANDAX_HOME: home, DATABASE_URL: '' };
  await promisify(execFile)(process.execPath, script, { env });
}

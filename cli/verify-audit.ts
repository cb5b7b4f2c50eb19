import { verifyTrail } from '@nandax/app/audit/verify-trail.ts';
import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { openDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { withCommandPorts } from './compose.ts';
import { trailExtentWords, trailFindingWords } from './trail-finding-words.ts';

/** `npm run audit:verify`: proves the audit trail; a line and exit code 1 for what is wrong. */
const environment = readEnvironment();
const database = await openDatabase(environment);
try {
  await withCommandPorts(environment, database, async (ports) => {
    const say = (line: string) => process.stdout.write(`${line}\n`);
    const { rows, chains, findings, unreadableAnchors } = await verifyTrail(ports, (finding) =>
      say(trailFindingWords(finding)),
    );
    if (unreadableAnchors > 0) {
      say(`${unreadableAnchors} anchored heads were signed under keys that are gone.`);
    }
    say(trailExtentWords({ rows, chains, findings }));
    if (findings > 0) process.exitCode = 1;
  });
} finally {
  await database.release();
}

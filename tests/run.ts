import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addCounts, countsOfPlaywright, countsOfVitest, type Counts } from './run-counts.ts';

/**
 * `npm test`: vitest, then Playwright, whatever the first one finds; both summaries, and one line
 * that adds them up. What this machine cannot run is skipped in plain words, except with CI=true.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const noSkip = process.env['CI'] === 'true';
const reports = await mkdtemp(join(tmpdir(), 'nandax-test-reports-'));

interface Outcome {
  readonly counts: Counts;
  readonly good: boolean;
}

const outcomes = [await runVitest(), await runPlaywright()];
await rm(reports, { recursive: true, force: true });
const { passed, failed, skipped } = outcomes.map(({ counts }) => counts).reduce(addCounts);
if (skipped > 0) {
  console.log(`\n${skipped} skipped${noSkip ? ', and CI allows no skip' : ''}.`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = outcomes.every(({ good }) => good) && !(noSkip && skipped > 0) ? 0 : 1;

async function runVitest(): Promise<Outcome> {
  const report = join(reports, 'vitest.json');
  const code = await run(
    join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    {},
  );
  return { counts: await read(report, countsOfVitest), good: code === 0 };
}

async function runPlaywright(): Promise<Outcome> {
  const chromium = process.env['PLAYWRIGHT_CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(chromium)) {
    const words = `There is no browser at ${chromium}, so the stories in a browser cannot run`;
    console.log(`\n${words}. (Debian: apt-get install chromium; or set PLAYWRIGHT_CHROMIUM)`);
    return { counts: { passed: 0, failed: 0, skipped: 1 }, good: !noSkip };
  }
  const report = join(reports, 'playwright.json');
  const code = await run(
    join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js'),
    ['test', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  return { counts: await read(report, countsOfPlaywright), good: code === 0 };
}

function run(
  script: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, ...variables },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** A runner that leaves no report has failed before its first test. */
async function read(path: string, countsOf: (report: never) => Counts): Promise<Counts> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return { passed: 0, failed: 1, skipped: 0 };
  return countsOf(JSON.parse(text) as never);
}

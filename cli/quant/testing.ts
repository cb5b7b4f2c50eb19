import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** For tests: a folder of this test's own. */
export const folder = mkdtempSync(join(tmpdir(), 'nandax-quant-'));

/** For tests: 2,148 days of GOOG. */
export const goog = join(root, 'core/backtest/bars/goog-daily.csv');

/** For tests: four days of minutes of the NIFTY 50, one bar of each before the session, in Kite's format. */
export const niftyMinutes = join(root, 'data/nse/NIFTY50_minute_2019-01-01_04.csv');

/** For tests: a file with this content; its path. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** For tests: a command of quants. */
type Command = 'backtest' | 'indicators' | 'optimise' | 'rules';

/** For tests: what a command prints and how it ends. */
export function run(command: Command, ...options: string[]) {
  return runWith([], command, options);
}

/** For tests: the same with a module, given as text, that runs before it. */
export function runAfter(module: string, command: Command, ...options: string[]) {
  const before = `data:text/javascript,${encodeURIComponent(module)}`;
  return runWith(['--import', before], command, options);
}

function runWith(before: readonly string[], command: Command, options: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', ...before, `cli/${command}.ts`, ...options],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return { status, stdout, stderr };
}

/** For tests: the sessions of a file of minutes as days in the plain format. */
export function daysOf(minutes: string): string {
  const days = new Map<string, [number, number, number, number]>();
  for (const line of readFileSync(minutes, 'utf8').trimEnd().split('\n').slice(1)) {
    const [time = '', ...cells] = line.split(',');
    if (time.slice(11, 16) < '09:15' || time.slice(11, 16) >= '15:30') continue;
    const [open = 0, high = 0, low = 0, close = 0] = cells.map(Number);
    const day = days.get(time.slice(0, 10)) ?? [open, high, low, close];
    days.set(time.slice(0, 10), [day[0], Math.max(day[1], high), Math.min(day[2], low), close]);
  }
  const rows = [...days].map(([date, prices]) => `${date},${prices.join(',')},0`);
  return `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`;
}

import { prepare } from './prepare.mjs';

/**
 * `npm start` and, with `--dev`, `npm run dev`: brings what is generated up to date, then loads what
 * stands on it. In development the web is served from its sources and needs no build.
 */
const development = process.argv.includes('--dev');

try {
  await prepare({
    say: (line) => process.stdout.write(`${line}\n`),
    ...(development ? { only: ['database client', 'typed operations of the web'] } : {}),
  });
  const { run } = await import('./run.ts');
  await run(development);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

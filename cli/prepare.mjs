// Makes what is generated: the Prisma client, the web's typed operations, the web build. Each step is
// skipped while its inputs and outputs are those of its last run. npm runs this after an install,
// and `npm start` again before it starts. Plain JavaScript: it runs before anything else can.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, 'node_modules', '.cache', 'nandax');

const steps = [
  {
    name: 'database client',
    inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'],
    output: 'adapters/prisma/generated/client.ts',
    package: 'prisma',
    bin: 'prisma',
    args: ['generate'],
    folder: '.',
    // Generating needs no engine, but the command would download one unless told that it is there.
    // Any executable will do; migrations never go this way.
    environment: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
  },
  {
    name: 'typed operations of the web',
    inputs: ['schema.graphql', 'codegen.ts', 'web/app', 'package-lock.json'],
    only: /\.graphql$|codegen\.ts$|package-lock\.json$/,
    output: 'web/app/generated/graphql.ts',
    package: '@graphql-codegen/cli',
    bin: 'graphql-codegen',
    args: ['--config', 'codegen.ts'],
    folder: '.',
    environment: {},
  },
  {
    name: 'web',
    inputs: [
      'web/app',
      'web/public',
      'web/vite.config.ts',
      'web/package.json',
      'package-lock.json',
    ],
    output: 'web/build/server/index.js',
    package: '@remix-run/dev',
    bin: 'remix',
    args: ['vite:build'],
    folder: 'web',
    environment: { NODE_ENV: 'production' },
  },
];

/**
 * Runs the steps that are stale, in order. `only` names them (default: all). A step whose tool is
 * not installed, as in production without development dependencies, is skipped: its output came
 * with the image. Throws when a step fails, or when its output is missing and nothing can make it.
 */
export async function prepare({ only, say } = {}) {
  for (const step of steps) {
    if (only !== undefined && !only.includes(step.name)) continue;
    const stamp = join(stamps, `${step.name.replaceAll(' ', '-')}.sha256`);
    const output = join(root, step.output);
    const digest = digestOf(step);
    const known = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
    if (existsSync(output) && known === digest) continue;
    const tool = toolOf(step);
    if (tool === null) {
      if (existsSync(output)) continue;
      throw new Error(
        `${step.output} is missing, and ${step.package} is not installed to make it.`,
      );
    }
    const began = Date.now();
    await run(tool, step);
    mkdirSync(stamps, { recursive: true });
    // The digest again: a step may format or complete its own inputs.
    writeFileSync(stamp, digestOf(step));
    say?.(`Built the ${step.name} in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  }
}

function digestOf(step) {
  const hash = createHash('sha256');
  for (const input of step.inputs) {
    for (const file of filesUnder(join(root, input))) {
      if (step.only !== undefined && !step.only.test(file)) continue;
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(join(path, entry.name)));
}

/** The script behind a package's command, found from the folder that depends on it. */
function toolOf(step) {
  const require = createRequire(join(root, step.folder, 'package.json'));
  for (const folder of require.resolve.paths(step.package) ?? []) {
    const manifest = join(folder, step.package, 'package.json');
    if (!existsSync(manifest)) continue;
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
    const path = typeof bin === 'string' ? bin : bin?.[step.bin];
    if (path !== undefined) return join(dirname(manifest), path);
  }
  return null;
}

async function run(tool, step) {
  const child = spawn(process.execPath, [tool, ...step.args], {
    cwd: join(root, step.folder),
    env: { ...process.env, ...step.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words = [];
  child.stdout.on('data', (chunk) => words.push(chunk));
  child.stderr.on('data', (chunk) => words.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`Building the ${step.name} failed.\n${Buffer.concat(words).toString('utf8')}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  prepare({ say: (line) => console.log(line) }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

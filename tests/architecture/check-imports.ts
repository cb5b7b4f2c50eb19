import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { fault } from './arrows.ts';

/** Part of `npm run check`: reads every import and fails on one against the arrows. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ['core', 'app', 'adapters', 'api', 'worker', 'cli', 'prisma', 'web'];
const unread = new Set(['node_modules', 'generated', 'build', 'dist']);

function sourcesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return unread.has(entry.name) ? [] : sourcesUnder(path);
    return /\.(ts|tsx|mts|mjs)$/.test(entry.name) ? [path] : [];
  });
}

const files = folders.flatMap(sourcesUnder);
let wrong = 0;
for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const { fileName: specifier } of ts.preProcessFile(text, true, true).importedFiles) {
    const reason = fault({ file, specifier });
    if (reason === null) continue;
    wrong += 1;
    console.error(`${file} imports ${specifier}: ${reason}.`);
  }
}
console.log(`${files.length} files, ${wrong} imports against the arrows.`);
process.exitCode = wrong === 0 ? 0 : 1;

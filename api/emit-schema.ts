import { readFile, writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { lintSchema } from './lint-schema.ts';
import { createSchema } from './schema.ts';

/**
 * Writes the contract to schema.graphql at the root of the repository. With --check it writes
 * nothing and fails where the file has drifted or the schema breaks a rule of the lint.
 */
const file = new URL('../schema.graphql', import.meta.url);

function printed(schema: GraphQLSchema): string {
  return `# Emitted from api/ by \`npm run schema\`; do not edit.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
}

const schema = await createSchema();
const text = printed(schema);
const problems = lintSchema(schema);
if (process.argv.includes('--check')) {
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed !== text) problems.push('schema.graphql has drifted: run `npm run schema`.');
} else {
  await writeFile(file, text);
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

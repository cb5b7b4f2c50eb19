import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { importCorporateActions } from '@nandax/app/corporate/import-corporate-actions.ts';
import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { openDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { withCommandPorts } from './compose.ts';
import { importFailureWords } from './import-failure-words.ts';

/** `npm run import:corporate-actions`: a CSV file of splits, bonuses and dividends, whole or not at all. */
const command = new Command('npm run import:corporate-actions --')
  .description(
    'Imports splits, bonuses and dividends (exchange,symbol,kind,ex_date,ratio,amount,fraction_price,source).',
  )
  .requiredOption('--file <path>', 'the CSV file')
  .parse();

process.exitCode = await run(command.opts<{ readonly file: string }>());

async function run({ file }: { readonly file: string }): Promise<number> {
  const content = await readFile(file, 'utf8').catch(() => null);
  if (content === null) return refuse(`--file: ${file} cannot be read.`);
  const environment = readEnvironment();
  const database = await openDatabase(environment);
  try {
    return await withCommandPorts(environment, database, async (ports) => {
      const result = await importCorporateActions(ports, { fileName: basename(file), content });
      if (!result.ok) return refuse(importFailureWords(result.failure));
      const { imported, known } = result.value;
      process.stdout.write(`Imported ${imported} corporate actions; ${known} were known.\n`);
      return 0;
    });
  } finally {
    await database.release();
  }
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 1;
}

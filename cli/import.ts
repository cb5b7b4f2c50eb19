import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { Decimal } from 'decimal.js';
import { normalEmail } from '@nandax/app/accounts/normal-email.ts';
import { importHistory } from '@nandax/app/market-data/import-history.ts';
import type { ExchangeCode } from '@nandax/app/ports/market-data.ts';
import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { openDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { withCommandPorts } from './compose.ts';
import { importFailureWords } from './import-failure-words.ts';

/** `npm run import`: a CSV file of minute candles or recorded ticks becomes a dataset of one user, whole or not at all. */
interface ImportOptions {
  readonly file: string;
  readonly instrument: string;
  readonly dataset: string;
  readonly user: string;
  readonly tickSize: string;
  readonly lotSize: string;
  readonly multiplier: string;
}

const exchanges: readonly ExchangeCode[] = ['NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'BCD', 'MCX'];

const command = new Command('npm run import --')
  .description(
    'Imports minute candles (date,open,high,low,close,volume as Kite exports them) or recorded ticks (timestamp,ltp,volume).',
  )
  .requiredOption('--file <path>', 'the CSV file')
  .requiredOption('--instrument <exchange:symbol>', 'for example NSE:YESBANK')
  .requiredOption('--dataset <name>', 'name of the new dataset')
  .requiredOption('--user <email>', 'whose dataset it will be')
  .option('--tick-size <rupees>', 'of an instrument that is not known yet', '0.05')
  .option('--lot-size <units>', 'of an instrument that is not known yet', '1')
  .option(
    '--multiplier <times>',
    'how many times its price a quantity of 1 is worth, of an instrument that is not known yet; a lot’s size where quantities count lots (CDS, BCD, MCX)',
    '1',
  )
  .parse();

process.exitCode = await run(command.opts<ImportOptions>());

async function run(options: ImportOptions): Promise<number> {
  const { tickSize, lotSize, multiplier } = options;
  const [exchangeText = '', ...symbol] = options.instrument.split(':');
  const exchange = exchanges.find((code) => code === exchangeText.toUpperCase());
  if (exchange === undefined || symbol.length === 0) {
    return refuse(`--instrument: an exchange and a symbol, such as NSE:YESBANK.`);
  }
  if (!/^\d+(\.\d+)?$/.test(tickSize) || !/^\d+$/.test(lotSize)) {
    return refuse('--tick-size is in rupees and --lot-size in whole units.');
  }
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(multiplier)) {
    return refuse('--multiplier is a number with at most 6 decimals.');
  }
  const content = await readFile(options.file, 'utf8').catch(() => null);
  if (content === null) return refuse(`--file: ${options.file} cannot be read.`);

  const environment = readEnvironment();
  const database = await openDatabase(environment);
  try {
    return await withCommandPorts(environment, database, async (ports) => {
      const user = await ports.accounts.findByEmail(normalEmail(options.user));
      if (user === null) return refuse(`--user: nobody is registered as ${options.user}.`);
      const bar = new SingleBar({ format: '{bar} {percentage}%', clearOnComplete: true });
      bar.start(1, 0);
      const imported = await importHistory(
        ports,
        {
          userId: user.id,
          fileName: basename(options.file),
          content,
          instrument: {
            exchange,
            tradingSymbol: symbol.join(':'),
            tickSize: new Decimal(tickSize),
            lotSize: Number(lotSize),
            multiplier: new Decimal(multiplier),
          },
          datasetName: options.dataset,
        },
        (part) => bar.update(part),
      ).finally(() => bar.stop());
      if (!imported.ok) return refuse(importFailureWords(imported.failure));
      const { kind, rows, days } = imported.value;
      process.stdout.write(
        `Imported ${rows} ${kind === 'CANDLES' ? 'candles' : 'ticks'} of ${days} days as "${options.dataset}".\n`,
      );
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

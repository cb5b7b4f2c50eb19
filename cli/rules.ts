import { Command } from 'commander';
import { succeed, type Result } from '@nandax/core/result.ts';
import { printStrategy } from '@nandax/core/strategy/print-strategy.ts';
import { oneOf } from './quant/one-of.ts';
import { readStrategyFile } from './quant/read-strategy.ts';
import { runQuantCommand } from './quant/refuse.ts';

/** `npm run rules`: checks a strategy and prints it as its tree or as its text. */
interface Flags {
  readonly strategy: string;
  readonly as: string;
}

const command = new Command('npm run -s rules --')
  .description('Checks a strategy and prints it as its tree in JSON, or as its text.')
  .requiredOption('--strategy <file>', 'text of the strategy, or its tree in JSON')
  .option('--as <tree|text>', 'what to print', 'tree');

await runQuantCommand(command, () => run(command.opts<Flags>()));

async function run({ strategy, as }: Flags): Promise<Result<string, string>> {
  const form = oneOf('--as', as, { tree: 'TREE', text: 'TEXT' } as const);
  if (!form.ok) return form;
  const document = await readStrategyFile(strategy);
  if (!document.ok) return document;
  return succeed(
    form.value === 'TEXT'
      ? printStrategy(document.value).trimEnd()
      : JSON.stringify(document.value, null, 2),
  );
}

import { Command } from 'commander';
import { formatExchangeTime } from '@nandax/core/calendar/exchange-time.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { instrumentText } from '@nandax/core/strategy/language-words.ts';
import {
  compileLoneExpression,
  type LoneExpression,
  parseLoneExpression,
} from '@nandax/core/strategy/lone-expression.ts';
import { describeCompileFailure } from '@nandax/core/strategy/plan/compile-failure.ts';
import type { Expression, InstrumentName } from '@nandax/core/strategy/strategy-document.ts';
import { fitBars, unfitReading } from './quant/fit-bars.ts';
import { readBars, type BarsRequest, type CandleFile } from './quant/read-bars.ts';
import { placed, runQuantCommand } from './quant/refuse.ts';
import { fileOf, type SortedFiles } from './quant/sort-bars.ts';

/** `npm run indicators`: an expression of the rule language over a file of bars, without any database. */
interface Flags extends BarsRequest {
  readonly expr: string;
  readonly json?: boolean;
}

const command = new Command('npm run -s indicators --')
  .description('Works out an expression of the rule language on every bar of a CSV file.')
  .requiredOption(
    '--data <file>',
    'bars; further ones that the expression reads as NSE:INFY=FILE',
    (item: string, before: readonly string[] | undefined) => [...(before ?? []), item],
  )
  .requiredOption('--expr <expression>', 'a number or a condition, such as "rsi(close, 14)"')
  .option('--from <date>', 'first day')
  .option('--to <date>', 'last day')
  .option('--time-frame <frame>', 'longer bars to make of those of the files, such as 5m or 1d')
  .option('--sessions <nse>', 'sessions of files that are not in the format of Kite')
  .option('--json', 'print an array with a value for each bar, null where there is none');

await runQuantCommand(command, () => run(command.opts<Flags>()));

async function run(flags: Flags): Promise<Result<string, string>> {
  const parsed = parseLoneExpression(flags.expr);
  if (!parsed.ok) {
    const [first] = parsed.failure;
    if (first === undefined) throw new Error('a refusal without a reason');
    return fail(placed('--expr', first.line, first.column, first.message));
  }
  const files = await readBars(flags);
  if (!files.ok) return files;
  const { calendar } = files.value;
  // Which instruments it names is the same for bars of every length; of minutes all can be made.
  const named = compile(parsed.value, 'ONE_MINUTE');
  if (!named.ok) return named;
  const sorted = sortForExpression(named.value.references, files.value.files);
  if (!sorted.ok) return sorted;
  const fitted = fitBars(files.value, sorted.value);
  if (!fitted.ok) return fitted;
  const compiled = compile(parsed.value, fitted.value.timeFrame);
  if (!compiled.ok) return compiled;
  const unfit = unfitReading(compiled.value.contexts, sorted.value.references);
  if (unfit !== null) return fail(unfit);
  const [own] = fitted.value.traded;
  if (own === undefined) throw new Error('an expression over no bars');
  const values = compiled.value.values({
    bars: own.bars,
    references: fitted.value.references,
    calendar,
  });
  const first = own.bars.openTime.findIndex((time) => time >= files.value.start);
  const asked = values.slice(first);
  if (flags.json === true) return succeed(JSON.stringify(asked));
  const lines = asked.map((value, row) => {
    const time = formatExchangeTime(own.bars.openTime[first + row] ?? 0);
    return `${time}  ${value === null ? '-' : String(value)}`;
  });
  return succeed(lines.join('\n'));
}

function compile(expression: Expression, timeFrame: TimeFrame): Result<LoneExpression, string> {
  const compiled = compileLoneExpression(expression, timeFrame);
  if (compiled.ok) return compiled;
  const [first] = compiled.failure;
  return fail(`--expr: ${first === undefined ? 'refused' : describeCompileFailure(first)}`);
}

/** The first file that the expression does not name is its own. */
function sortForExpression(
  names: readonly InstrumentName[],
  files: readonly CandleFile[],
): Result<SortedFiles, string> {
  const missing = names.find((name) => fileOf(files, name) === undefined);
  if (missing !== undefined) {
    const name = instrumentText(missing);
    return fail(`--data: the expression reads "${name}"; expected --data "${name}=FILE"`);
  }
  const references = names.flatMap((name) => fileOf(files, name) ?? []);
  const own = files.find((file) => !references.includes(file)) ?? files[0];
  return succeed({ traded: own === undefined ? [] : [own], references });
}

import { writeFile } from 'node:fs/promises';
import { barsMarketOf } from '@nandax/core/backtest/bars/bars-market.ts';
import { closesAt } from '@nandax/core/backtest/bars/bars-statistics.ts';
import { runBars } from '@nandax/core/backtest/bars/run-bars.ts';
import { tailOfRun } from '@nandax/core/backtest/bars/tail-of-run.ts';
import { biasAims } from '@nandax/core/bias/bias-report.ts';
import { compilerOf } from '@nandax/core/bias/trial.ts';
import { commissionModelOf } from '@nandax/core/optimise/over-bars/bars-problem.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { htmlReport } from '@nandax/app/reports/html-report.ts';
import { describeRun, pageOf, type RunDescription } from './quant/describe-run.ts';
import { quantCommand, type QuantFlags } from './quant/quant-command.ts';
import { examineAsked, type BiasFlags } from './quant/examine-asked.ts';
import { readBarsOptions } from './quant/read-options.ts';
import { readBenchmark } from './quant/read-benchmark.ts';
import { readyStrategy } from './quant/ready-strategy.ts';
import { runQuantCommand } from './quant/refuse.ts';
import { runTable, tradesCsv } from './quant/tables.ts';

/** `npm run backtest`: a strategy over files of bars, without any database. */
interface Flags extends QuantFlags, BiasFlags {
  readonly benchmark?: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly csv?: string;
}

const command = quantCommand(
  'backtest',
  'Runs a strategy over bars in CSV files; docs/backtesting.md says what each option means.',
)
  .option('--convention <name>', 'statistics: standard or backtesting-py')
  .option('--benchmark <file>', 'bars to compare with, in place of the market itself')
  .option('--bias', 'examine whether the result deserves trust')
  .option('--aim <statistic>', `statistic that --bias judges by: ${biasAims.join(', ')}`)
  .option('--seed <number>', 'start of the random numbers of --bias')
  .option('--json', 'print everything as JSON')
  .option('--html <file>', 'write a report with charts')
  .option('--csv <file>', 'write the trades');

await runQuantCommand(command, () => run(command.opts<Flags>()));

async function run(flags: Flags): Promise<Result<string, string>> {
  const ready = await readyStrategy(flags);
  if (!ready.ok) return ready;
  const { document, strategy, parameters, compiling, traded, references, calendar, history } =
    ready.value;
  const { product } = document;
  const chosen = await readBarsOptions(flags, {
    product,
    timeFrame: compiling.timeFrame,
    calendar,
    traded,
  });
  if (!chosen.ok) return chosen;
  const { commission, convention } = chosen.value;
  const options = { ...chosen.value.options, commission: commissionModelOf(commission) };
  const instruments = traded.map((instrument) => ({ ...instrument, multiplier: 1 }));
  const market = barsMarketOf(instruments, references, calendar);
  const whole = runBars(strategy, market, options, history);
  const result = tailOfRun(whole, history);
  let benchmark: Float64Array | undefined;
  if (flags.benchmark !== undefined) {
    const other = await readBenchmark(flags, flags.benchmark);
    if (!other.ok) return other;
    benchmark = closesAt(result.market, other.value);
    if (benchmark.every(Number.isNaN)) {
      return fail(`--benchmark ${flags.benchmark}: expected bars before the end of the run`);
    }
  }
  const bias = examineAsked(
    flags,
    {
      strategyWith: compilerOf(document, compiling),
      parameters,
      market,
      options,
      decideFrom: history,
    },
    whole,
  );
  if (!bias.ok) return bias;
  const described = describeRun(result, {
    convention,
    strategy,
    parameters,
    benchmark,
    bias: bias.value,
  });
  for (const [file, make] of [
    [flags.html, (run: RunDescription) => htmlReport(pageOf(run))],
    [flags.csv, tradesCsv],
  ] as const) {
    if (file === undefined) continue;
    const isWritten = await writeFile(file, make(described)).then(
      () => true,
      () => false,
    );
    if (!isWritten) return fail(`${file}: cannot be written`);
  }
  return succeed(flags.json === true ? JSON.stringify(described) : runTable(described));
}

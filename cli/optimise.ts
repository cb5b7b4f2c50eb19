import { driveStudy } from '@nandax/app/optimisations/drive-study.ts';
import type { BarsProblem } from '@nandax/core/optimise/over-bars/bars-problem.ts';
import { timeLineOf } from '@nandax/core/backtest/bars/bars-market.ts';
import { searchSpaceOf } from '@nandax/core/optimise/search-space.ts';
import { describeStudyFailure, Study } from '@nandax/core/optimise/study.ts';
import { printStrategy } from '@nandax/core/strategy/print-strategy.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { composeTrialThreads } from './quant/compose.ts';
import { describeStudy } from './quant/describe-study.ts';
import { readMarketDays } from './quant/market-calendar.ts';
import { quantCommand, severalOptions, type QuantFlags } from './quant/quant-command.ts';
import { readBarsOptions } from './quant/read-options.ts';
import { readyStrategy } from './quant/ready-strategy.ts';
import { readSearch, readWalkForward, type SearchFlags } from './quant/read-search.ts';
import { withParameters } from './quant/read-strategy.ts';
import { runQuantCommand } from './quant/refuse.ts';
import { studyTable } from './quant/study-table.ts';
import { stoppedByUser, stopSignal, untilStopped } from './quant/until-stopped.ts';

/** `npm run optimise`: searches a strategy's parameters over files of bars, without any database. */
interface Flags extends QuantFlags, SearchFlags {
  readonly json?: boolean;
}

const command = quantCommand(
  'optimise',
  'Searches the parameters of a strategy over bars in CSV files; docs/optimisation.md says what each option means.',
)
  .option('--aim <statistic>', 'statistic that is looked for', 'sharpeRatio')
  .option('--direction <maximise|minimise>', 'else what is usually wanted of the statistic')
  .option('--search <grid|random|guided>', 'how points are chosen', 'guided')
  .option('--trials <number>', 'most trials of one search; of a grid all where left out')
  .option('--seed <number>', 'start of the random numbers', '1')
  .option(
    '--constraint <condition>',
    'what parameters or a trial must fulfil: "fast < slow", "totalTrades >= 30"',
    severalOptions,
    [],
  )
  .option('--walk-forward <rolling|anchored>', 'try the best of each window on the bars after it')
  .option('--in-sample <bars>', 'bars that a window searches')
  .option('--out-of-sample <bars>', 'bars after them on which the best is tried')
  .option('--heat-map <x,y>', 'show the aim over two parameters')
  .option('--heat-map-of <best|mean>', 'what stands for the other parameters', 'best')
  .option('--threads <number>', 'threads; one for each core where left out')
  .option('--json', 'print everything as JSON');

await runQuantCommand(command, () => run(command.opts<Flags>()));

async function run(flags: Flags): Promise<Result<string, string>> {
  const ready = await readyStrategy(flags);
  if (!ready.ok) return ready;
  const { compiling, traded, references, calendar, history } = ready.value;
  const document = withParameters(ready.value.document, ready.value.parameters);
  const { product, parameters } = document;
  const chosen = await readBarsOptions(flags, {
    product,
    timeFrame: compiling.timeFrame,
    calendar,
    traded,
  });
  if (!chosen.ok) return chosen;
  const space = searchSpaceOf(parameters);
  const asked = readSearch(flags, space);
  if (!asked.ok) return asked;
  const { search, heatMap, threads } = asked.value;
  const instruments = traded.map((instrument) => ({ ...instrument, multiplier: 1 }));
  const time = timeLineOf(instruments).subarray(history);
  const walk = readWalkForward(flags, time.length);
  if (!walk.ok) return walk;
  const windows = walk.value?.windows ?? [];
  const stretches = [{ from: 0, to: time.length }, ...windows.map(({ inSample }) => inSample)];
  const study = Study.begin({ ...search, space, segments: stretches.length });
  if (!study.ok) return fail(`${flags.strategy}: ${describeStudyFailure(study.failure)}`);
  const problem: BarsProblem = {
    document: printStrategy(document),
    ...compiling,
    instruments,
    references,
    history,
    calendarDays: calendar === null ? null : await readMarketDays(),
    options: chosen.value.options,
    commission: chosen.value.commission,
  };
  const pool = composeTrialThreads().start(problem, threads);
  const signal = stopSignal();
  const onTold = (): void => sayProgress(study.value);
  await untilStopped(driveStudy(study.value, stretches, pool, { onTold, signal }), signal);
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const walked =
    walk.value === null || signal.aborted
      ? null
      : await untilStopped(
          pool.walkForward(
            windows,
            windows.map((_, window) => study.value.bestOf(window + 1)),
          ),
          signal,
        );
  await pool.close();
  if (signal.aborted) process.exitCode = stoppedByUser;
  const described = describeStudy(study.value, {
    timeFrame: compiling.timeFrame,
    time,
    heatMap,
    walk: walk.value,
    walked,
    stoppedEarly: signal.aborted,
  });
  return succeed(flags.json === true ? JSON.stringify(described) : studyTable(described));
}

function sayProgress({ told, total }: Study): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${told} of ${total} trials`);
}

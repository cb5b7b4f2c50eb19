import { statisticWords } from '@nandax/app/reports/statistic-words.ts';
import type { StudyDescription } from './describe-study.ts';

/** Trials that a terminal shows. */
const mostShown = 10;

/** The best trials, the map and the windows of a study, for a terminal. */
export function studyTable(study: StudyDescription): string {
  const { trials, best, aim } = study;
  const refused = trials.filter(({ refusal }) => refusal !== null).length;
  const ending = refused === 0 ? '' : `, of which ${refused} were refused`;
  const lines = study.stoppedEarly
    ? [`Stopped early, after ${trials.length} of ${study.planned} trials${ending}.`]
    : [`${trials.length} trials${ending}.`];
  if (best === null) {
    lines.push(`None of them has a value of ${aim.statistic}.`);
    const refusal = trials.find((trial) => trial.refusal !== null)?.refusal;
    if (refusal !== undefined && refusal !== null) lines.push(`The first refused: ${refusal}`);
    return lines.join('\n');
  }
  lines.push('', `The best by ${aim.statistic}: ${settings(best.parameters)}`, '');
  for (const { label, value } of statisticWords({ ...best.statistics })) {
    lines.push(`${label.padEnd(26)} ${value.padStart(24)}`);
  }
  lines.push('', `The first ${Math.min(mostShown, trials.length)} by ${aim.statistic}:`);
  for (const { parameters, statistics } of trials.slice(0, mostShown)) {
    lines.push(`${rounded(statistics?.[aim.statistic]).padStart(14)}  ${settings(parameters)}`);
  }
  return [...lines, ...mapLines(study), ...windowLines(study)].join('\n');
}

function mapLines({ heatMap, aim }: StudyDescription): readonly string[] {
  if (heatMap === null) return [];
  const { x, y, cells } = heatMap;
  const byPlace = new Map(cells.map((cell) => [cell.y * x.parts.length + cell.x, cell.value]));
  const row = (head: string, values: readonly string[]): string =>
    [head.padStart(10), ...values.map((value) => value.padStart(9))].join(' ');
  return [
    '',
    `${aim.statistic} by ${x.name} (across) and ${y.name} (down):`,
    row(
      '',
      x.parts.map(({ from }) => rounded(from)),
    ),
    ...y.parts.map(({ from }, down) =>
      row(
        rounded(from),
        x.parts.map((_, across) => rounded(byPlace.get(down * x.parts.length + across))),
      ),
    ),
  ];
}

function windowLines({ walkForward, aim }: StudyDescription): readonly string[] {
  if (walkForward === null) return [];
  const lines = ['', `Walked forward, ${walkForward.kind.toLowerCase()}:`];
  for (const { outOfSample, best, outOfSampleStatistics, efficiency } of walkForward.windows) {
    const when = `${outOfSample.from.slice(0, 10)} to ${outOfSample.to.slice(0, 10)}`;
    const [inside, outside] = [best?.statistics, outOfSampleStatistics].map((statistics) =>
      rounded(statistics?.[aim.statistic]),
    );
    const found = best === null ? 'nothing found' : settings(best.parameters);
    lines.push(
      `${when}  ${aim.statistic} ${inside} in sample, ${outside} out of it; efficiency ${rounded(efficiency)}  ${found}`,
    );
  }
  const { roiPercent, maxDrawdownPercent, sharpeRatio } = walkForward.statistics;
  lines.push(
    `All stretches out of sample together: ${rounded(roiPercent)} %, deepest drawdown ${rounded(maxDrawdownPercent)} %, Sharpe ratio ${rounded(sharpeRatio)}, efficiency ${rounded(walkForward.efficiency)}.`,
  );
  return lines;
}

function settings(parameters: Readonly<Record<string, number>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function rounded(value: number | null | undefined): string {
  if (value === null || value === undefined) return '-';
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

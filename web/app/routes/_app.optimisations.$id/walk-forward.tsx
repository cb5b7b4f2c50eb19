import { EquityChart } from '../../components/equity-chart.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { formatPercent } from '../../format/money.ts';
import { formatDate, formatDateTime } from '../../format/time.ts';
import type { OptimisationScreenQuery, TrialStatistic } from '../../generated/graphql.ts';
import { settingsText, statisticName, statisticValue } from '../../optimisation/trial-words.ts';

type Result = NonNullable<
  NonNullable<OptimisationScreenQuery['optimisation']>['walkForwardResult']
>;
type Window = Result['windows'][number];

/** What the best of each window gave on bars that its search had not seen. */
export function WalkForward({ result, aim }: { result: Result; aim: TrialStatistic }) {
  const name = statisticName(aim);
  const isWithinDays = result.windows.some(
    ({ outOfSampleFrom, outOfSampleTo }) =>
      formatDate(outOfSampleFrom) === formatDate(outOfSampleTo),
  );
  const format = isWithinDays ? formatDateTime : formatDate;
  const columns: readonly Column<Window>[] = [
    {
      heading: 'Out of sample',
      names: true,
      cell: ({ outOfSampleFrom, outOfSampleTo }) =>
        `${format(outOfSampleFrom)} to ${format(outOfSampleTo)}`,
    },
    { heading: 'Best before it', cell: ({ parameters }) => settingsText(parameters) || '–' },
    {
      heading: `${name} in sample`,
      figure: true,
      from: 'medium',
      cell: ({ inSampleAim }) => statisticValue(aim, inSampleAim),
    },
    {
      heading: `${name} after it`,
      figure: true,
      cell: ({ outOfSampleAim }) => statisticValue(aim, outOfSampleAim),
    },
    {
      heading: 'Efficiency',
      figure: true,
      from: 'wide',
      cell: ({ efficiency }) => percent(efficiency),
    },
  ];
  return (
    <>
      <Panel
        title="Walked forward"
        note="Money over all stretches that no search had seen, each begun with what the one before it left"
      >
        <div className="flex flex-col gap-4">
          <Statistics>
            <Statistic name="Efficiency" lead>
              {percent(result.efficiency)}
            </Statistic>
            <Statistic name="Growth">{statisticValue('ROI_PERCENT', result.roiPercent)}</Statistic>
            <Statistic name="Growth a year">
              {statisticValue('CAGR_PERCENT', result.cagrPercent)}
            </Statistic>
            <Statistic name="Sharpe ratio">
              {statisticValue('SHARPE_RATIO', result.sharpeRatio)}
            </Statistic>
            <Statistic name="Drawdown">
              {statisticValue('MAX_DRAWDOWN_PERCENT', result.maxDrawdownPercent)}
            </Statistic>
          </Statistics>
          <p className="text-sm text-ink-soft">
            Efficiency is growth a year after the searches over that within them. Near 100% what was
            found goes on as it was; near zero or below, it was fitted to the past.
          </p>
          {result.equityCurve.length > 0 && <EquityChart points={result.equityCurve} />}
        </div>
      </Panel>
      <Panel title="Windows" note={`${result.windows.length} in all`} flush>
        <DataTable
          caption="Windows"
          columns={columns}
          rows={result.windows}
          rowKey={({ outOfSampleFrom }) => outOfSampleFrom}
        />
      </Panel>
    </>
  );
}

function percent(ratio: number | null | undefined): string {
  return ratio === null || ratio === undefined ? '–' : formatPercent(ratio * 100, 0);
}

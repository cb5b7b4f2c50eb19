import { Button } from '../../components/button.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import type { TrialRowFragment, TrialStatistic } from '../../generated/graphql.ts';
import { settingsText, statisticName, statisticValue } from '../../optimisation/trial-words.ts';
import type { action } from './route.tsx';

/** Figures beside the aim. */
const shown = ['NET_PNL', 'TOTAL_TRADES', 'MAX_DRAWDOWN_PERCENT'] as const;

/** Trials, each of which can be tested minute by minute. */
export function TrialsTable({
  trials,
  aim,
}: {
  readonly trials: readonly TrialRowFragment[];
  readonly aim: TrialStatistic;
}) {
  const { Form, answer, busy } = useForm<typeof action>('backtest');
  const failure = answer?.failure;
  const figure = (trial: TrialRowFragment, name: TrialStatistic): string =>
    statisticValue(name, trial.statistics.find((each) => each.name === name)?.value);
  const columns: readonly Column<TrialRowFragment>[] = [
    {
      heading: 'Parameters',
      names: true,
      cell: (trial) => settingsText(trial.parameters),
    },
    {
      heading: statisticName(aim),
      figure: true,
      cell: (trial) => statisticValue(aim, trial.aim),
    },
    ...shown
      .filter((name) => name !== aim)
      .map((name): Column<TrialRowFragment> => ({
        heading: statisticName(name),
        figure: true,
        from: name === 'NET_PNL' ? 'medium' : 'wide',
        cell: (trial) => figure(trial, name),
      })),
    {
      heading: 'Backtest',
      figure: true,
      cell: (trial) =>
        !trial.refusal ? (
          <Form method="post">
            <input type="hidden" name="trial" value={trial.number} />
            <Button
              type="submit"
              name="intent"
              value="backtest"
              disabled={busy}
              aria-label={`Backtest ${settingsText(trial.parameters)}`}
            >
              Backtest
            </Button>
          </Form>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <>
      {failure && (
        <div className="px-4 pb-2">
          <Notice tone="failure">{failure.message}</Notice>
        </div>
      )}
      <DataTable
        caption="Trials"
        columns={columns}
        rows={trials}
        rowKey={({ number }) => String(number)}
        detailOf={({ refusal }) => (refusal ? `Could not run: ${refusal}` : null)}
        empty={<EmptyState>No trial yet. They appear here as they are done.</EmptyState>}
      />
    </>
  );
}

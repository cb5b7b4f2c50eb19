import type { ReactNode } from 'react';

import { Percent, ProfitAndLoss, Rupees, Share } from '../components/amount.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { Statistic, Statistics } from '../components/statistics.tsx';
import { formatQuantity, formatRatio } from '../format/money.ts';
import type { StatisticsFragment } from '../generated/graphql.ts';

/** A figure of a run; one that does not exist on this little history is a dash. */
export interface RunFigure {
  readonly name: string;
  readonly show: (statistics: StatisticsFragment) => ReactNode;
}

/** Every figure of a run by what it is about; the first of all are those that are looked for first. */
export const figureGroups: readonly {
  readonly title: string;
  readonly figures: readonly RunFigure[];
}[] = [
  {
    title: 'Result',
    figures: [
      { name: 'Net P&L', show: ({ netPnl }) => <ProfitAndLoss value={netPnl} /> },
      { name: 'Return', show: ({ roiPercent }) => <Percent value={roiPercent} /> },
      { name: 'Final equity', show: ({ finalEquity }) => <Rupees value={finalEquity} /> },
      { name: 'Open positions', show: ({ openPnl }) => <ProfitAndLoss value={openPnl} /> },
      { name: 'Growth a year', show: ({ cagrPercent }) => <Percent value={cagrPercent} /> },
      {
        name: 'Time in the market',
        show: ({ exposurePercent }) => <Percent value={exposurePercent} />,
      },
      { name: 'Turnover of capital', show: ({ turnover }) => formatRatio(turnover) },
    ],
  },
  {
    title: 'Risk',
    figures: [
      {
        name: 'Deepest drawdown',
        show: ({ maxDrawdownPercent }) => <Percent value={maxDrawdownPercent} />,
      },
      {
        name: 'Drawdown began',
        show: (all) => (
          <Day value={all.maxDrawdownPeakAt} otherwise={fell(all) ? 'at the start' : '–'} />
        ),
      },
      {
        name: 'Deepest on',
        show: ({ maxDrawdownTroughAt }) => <Day value={maxDrawdownTroughAt} otherwise="–" />,
      },
      {
        name: 'Made good',
        show: (all) => (
          <Day value={all.maxDrawdownRecoveredAt} otherwise={fell(all) ? 'not yet' : '–'} />
        ),
      },
      { name: 'Drawdown lasted', show: ({ maxDrawdownSeconds }) => timeOf(maxDrawdownSeconds) },
      {
        name: 'Volatility a year',
        show: ({ volatilityPercent }) => <Percent value={volatilityPercent} />,
      },
      {
        name: 'Value at risk, a day',
        show: ({ valueAtRiskPercent }) => <Percent value={valueAtRiskPercent} />,
      },
      {
        name: 'Expected shortfall, a day',
        show: ({ expectedShortfallPercent }) => <Percent value={expectedShortfallPercent} />,
      },
    ],
  },
  {
    title: 'Return for risk',
    figures: [
      { name: 'Sharpe ratio', show: ({ sharpeRatio }) => formatRatio(sharpeRatio) },
      { name: 'Sortino ratio', show: ({ sortinoRatio }) => formatRatio(sortinoRatio) },
      { name: 'Calmar ratio', show: ({ calmarRatio }) => formatRatio(calmarRatio) },
      {
        name: 'System quality',
        show: ({ systemQualityNumber }) => formatRatio(systemQualityNumber),
      },
    ],
  },
  {
    title: 'Trades',
    figures: [
      { name: 'Trades', show: ({ totalTrades }) => formatQuantity(totalTrades) },
      {
        name: 'Won, lost',
        show: ({ winningTrades, losingTrades }) =>
          `${formatQuantity(winningTrades)}, ${formatQuantity(losingTrades)}`,
      },
      { name: 'Win rate', show: ({ winRate }) => <Share value={winRate} /> },
      { name: 'Profit factor', show: ({ profitFactor }) => formatRatio(profitFactor) },
      { name: 'Expectancy a trade, ₹', show: ({ expectancy }) => formatRatio(expectancy) },
      { name: 'Average win, ₹', show: ({ averageWin }) => formatRatio(averageWin) },
      { name: 'Average loss, ₹', show: ({ averageLoss }) => formatRatio(averageLoss) },
      {
        name: 'Average holding',
        show: ({ averageHoldingSeconds }) => timeOf(averageHoldingSeconds),
      },
    ],
  },
];

/** How many figures of the first group stand large. */
const leading = 3;

/** The figures of a run, or of a range of days, in groups. */
export function RunFigures({ statistics }: { readonly statistics: StatisticsFragment }) {
  return (
    <div className="flex flex-col gap-4">
      {figureGroups.map(({ title, figures }, group) => (
        <div key={title}>
          {group > 0 && (
            <h3 className="mb-2 border-t border-rule pt-3 text-xs font-semibold text-ink-soft">
              {title}
            </h3>
          )}
          {/* Large figures need the room of three. */}
          <Statistics columns={group === 0 ? 'three' : 'four'}>
            {figures.map(({ name, show }, index) => (
              <Statistic key={name} name={name} lead={group === 0 && index < leading}>
                {show(statistics)}
              </Statistic>
            ))}
          </Statistics>
        </div>
      ))}
    </div>
  );
}

function fell({ maxDrawdownTroughAt }: StatisticsFragment): boolean {
  return maxDrawdownTroughAt != null;
}

function Day({
  value,
  otherwise,
}: {
  readonly value: string | null | undefined;
  readonly otherwise: string;
}) {
  return value == null ? otherwise : <ExchangeTime value={value} />;
}

/** In days from one on, else in minutes. */
function timeOf(seconds: string | null | undefined): string {
  if (seconds == null) return '–';
  const days = Number(seconds) / 86_400;
  return days < 1
    ? formatRatio(String(Number(seconds) / 60), ' min')
    : formatRatio(String(days), ' days');
}

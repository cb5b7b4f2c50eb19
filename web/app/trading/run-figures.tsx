import { Percent, ProfitAndLoss, Rupees, Share } from '../components/amount.tsx';
import { Statistic, Statistics } from '../components/statistics.tsx';
import { formatQuantity, formatRatio } from '../format/money.ts';
import type { StatisticsFragment } from '../generated/graphql.ts';

/** The figures of a run, or of a range of days; one that does not exist on this little history is a dash. */
export function RunFigures({ statistics }: { readonly statistics: StatisticsFragment }) {
  return (
    <Statistics columns="three">
      <Statistic name="Net P&L" lead>
        <ProfitAndLoss value={statistics.netPnl} />
      </Statistic>
      <Statistic name="Return" lead>
        <Percent value={statistics.roiPercent} />
      </Statistic>
      <Statistic name="Final equity" lead>
        <Rupees value={statistics.finalEquity} />
      </Statistic>
      <Statistic name="Trades">{formatQuantity(statistics.totalTrades)}</Statistic>
      <Statistic name="Won, lost">
        {formatQuantity(statistics.winningTrades)}, {formatQuantity(statistics.losingTrades)}
      </Statistic>
      <Statistic name="Win rate">
        <Share value={statistics.winRate} />
      </Statistic>
      <Statistic name="Deepest drawdown">
        <Percent value={statistics.maxDrawdownPercent} />
      </Statistic>
      <Statistic name="Profit factor">{formatRatio(statistics.profitFactor)}</Statistic>
      <Statistic name="Expectancy a trade, ₹">{formatRatio(statistics.expectancy)}</Statistic>
      <Statistic name="Sharpe ratio">{formatRatio(statistics.sharpeRatio)}</Statistic>
      <Statistic name="Sortino ratio">{formatRatio(statistics.sortinoRatio)}</Statistic>
      <Statistic name="Calmar ratio">{formatRatio(statistics.calmarRatio)}</Statistic>
      <Statistic name="Growth a year">
        <Percent value={statistics.cagrPercent} />
      </Statistic>
      <Statistic name="Volatility a year">
        <Percent value={statistics.volatilityPercent} />
      </Statistic>
      <Statistic name="Value at risk, a day">
        <Percent value={statistics.valueAtRiskPercent} />
      </Statistic>
      <Statistic name="Expected shortfall, a day">
        <Percent value={statistics.expectedShortfallPercent} />
      </Statistic>
      <Statistic name="Time in the market">
        <Percent value={statistics.exposurePercent} />
      </Statistic>
      <Statistic name="Turnover of capital">{formatRatio(statistics.turnover)}</Statistic>
      <Statistic name="Average holding">{minutesOf(statistics.averageHoldingSeconds)}</Statistic>
      <Statistic name="System quality">{formatRatio(statistics.systemQualityNumber)}</Statistic>
    </Statistics>
  );
}

function minutesOf(seconds: string | null | undefined): string {
  return formatRatio(seconds ? String(Number(seconds) / 60) : null, ' min');
}

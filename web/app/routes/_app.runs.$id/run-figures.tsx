import { Percent, ProfitAndLoss, Rupees, Share } from '../../components/amount.tsx';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { formatQuantity, formatRatio } from '../../format/money.ts';
import type { StatisticsFragment } from '../../generated/graphql.ts';

/** The figures of a run; one that does not exist on this little history is a dash. */
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
    </Statistics>
  );
}

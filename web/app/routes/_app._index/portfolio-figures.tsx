import { ProfitAndLoss, Rupees } from '../../components/amount.tsx';
import { Badge } from '../../components/badge.tsx';
import { Panel } from '../../components/panel.tsx';
import { Statistic, Statistics } from '../../components/statistics.tsx';
import { addMoney, formatRupees } from '../../format/money.ts';
import { plainName } from '../../format/names.ts';
import type { PortfolioRowFragment } from '../../generated/graphql.ts';

/** What the portfolio is worth, and the way from gross to net. */
export function PortfolioFigures({ portfolio }: { readonly portfolio: PortfolioRowFragment }) {
  const gross = addMoney(portfolio.realisedPnl, portfolio.unrealisedPnl);
  return (
    <Panel
      title={portfolio.name}
      note={`${plainName(portfolio.kind)} money, begun with ${formatRupees(
        portfolio.initialCapital,
      )}`}
      actions={
        portfolio.tradingState !== 'ACTIVE' && (
          <Badge tone="caution">{`Trading ${portfolio.tradingState.toLowerCase()}`}</Badge>
        )
      }
    >
      <Statistics>
        <Statistic name="Equity" lead>
          <Rupees value={portfolio.equity} />
        </Statistic>
        <Statistic name="Net P&L" lead>
          <ProfitAndLoss value={portfolio.netPnl} />
        </Statistic>
        <Statistic name="Gross P&L">
          <ProfitAndLoss value={gross} />
        </Statistic>
        <Statistic name="Charges">
          <Rupees value={portfolio.charges.total} />
        </Statistic>
        <Statistic name="Unrealised">
          <ProfitAndLoss value={portfolio.unrealisedPnl} />
        </Statistic>
        <Statistic name="Cash">
          <Rupees value={portfolio.cash} />
        </Statistic>
      </Statistics>
    </Panel>
  );
}

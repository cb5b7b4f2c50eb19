import { ProfitAndLoss, Rupees } from '../components/amount.tsx';
import { Badge } from '../components/badge.tsx';
import { Panel } from '../components/panel.tsx';
import { TextLink } from '../components/text-link.tsx';
import { Statistic, Statistics } from '../components/statistics.tsx';
import { addMoney, formatRupees } from '../format/money.ts';
import { plainName } from '../format/names.ts';
import type { PortfolioRowFragment } from '../generated/graphql.ts';

/** What the portfolio is worth, and the way from gross to net. */
export function PortfolioFigures({
  portfolio,
  link = false,
}: {
  readonly portfolio: PortfolioRowFragment;
  /** Whether to lead on to the portfolio's own screen. */
  readonly link?: boolean;
}) {
  const gross = addMoney(portfolio.realisedPnl, portfolio.unrealisedPnl);
  return (
    <Panel
      title={portfolio.name}
      note={`${plainName(portfolio.kind)} money, begun with ${formatRupees(
        portfolio.initialCapital,
      )}`}
      actions={
        <span className="flex items-center gap-3">
          {portfolio.tradingState !== 'ACTIVE' && (
            <Badge tone="caution">{`Trading ${portfolio.tradingState.toLowerCase()}`}</Badge>
          )}
          {link && (
            <TextLink to={`/portfolios/${portfolio.id}/performance`} className="text-xs">
              Performance
            </TextLink>
          )}
          {link && (
            <TextLink to={`/portfolios/${portfolio.id}`} className="text-xs">
              Ledger, notes and paper money
            </TextLink>
          )}
        </span>
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

import { useMemo } from 'react';

import { EquityChart } from '../../components/equity-chart.tsx';
import { Panel } from '../../components/panel.tsx';
import type { DashboardQuery } from '../../generated/graphql.ts';

type Portfolio = DashboardQuery['portfolios']['nodes'][number];

/** The equity at the end of each trading day, and at this moment of the market. */
export function EquityPanel({ portfolio }: { readonly portfolio: Portfolio }) {
  const { equityCurve, equity, marketTime } = portfolio;
  const points = useMemo(() => {
    const last = equityCurve.at(-1);
    if (!last || !marketTime || Date.parse(marketTime) <= Date.parse(last.time)) return equityCurve;
    const peak = Math.max(...equityCurve.map((point) => Number(point.equity)), Number(equity));
    const drawdownPercent = String(100 * (Number(equity) / peak - 1));
    return [...equityCurve, { time: marketTime, equity, drawdownPercent }];
  }, [equityCurve, equity, marketTime]);

  if (points.length < 2) return null;
  return (
    <Panel title="Equity" note="By trading day, with the drawdown from its peak below, IST">
      <EquityChart points={points} />
    </Panel>
  );
}

import { useMemo } from 'react';

import { EquityChart } from '../../components/equity-chart.tsx';
import { Panel } from '../../components/panel.tsx';
import type { DashboardQuery } from '../../generated/graphql.ts';

type Portfolio = DashboardQuery['portfolios']['nodes'][number];

/** The equity at the end of each trading day, and at this moment of the market. */
export function EquityPanel({ portfolio }: { readonly portfolio: Portfolio }) {
  const { performance, equity, marketTime } = portfolio;
  const points = useMemo(() => {
    const days = performance?.equityCurve ?? [];
    const last = days.at(-1);
    if (!last || !marketTime || Date.parse(marketTime) <= Date.parse(last.time)) return days;
    // What was paid in and out today is told apart at the day's end; until then its drawdown stands.
    return [...days, { time: marketTime, equity, drawdownPercent: last.drawdownPercent }];
  }, [performance, equity, marketTime]);

  if (points.length < 2) return null;
  return (
    <Panel title="Equity" note="By trading day, with the drawdown from its peak below, IST">
      <EquityChart points={points} />
    </Panel>
  );
}

import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import type { BarsProblem } from '@nandax/core/optimise/over-bars/bars-problem.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { readBacktestOrder } from '../backtests/backtest-order.ts';
import { leftOutOfBars, problemOfOrder } from '../backtests/problem-of-order.ts';
import type { OptimisationRecord } from '../ports/optimisations.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { StrategyVersionRecord } from '../records.ts';
import { nearestRateCardServed } from '../runs/caveats.ts';
import { rulesOfVersion } from '../strategies/version-rules.ts';

/** Said of every search: what its figures are, beside those of a backtest. */
export const playedOverBars =
  'Trials trade whole bars of the strategy’s time frame with the dated charges: orders fill at the next open, stops are looked at on closes. A backtest of what was found goes minute by minute and may differ.';

/** What is searched over, and what one should know of it. */
export interface HistoryProblem {
  readonly problem: BarsProblem;
  readonly caveats: readonly string[];
}

/** Reads what a backtest of the same history would play, as bars; or why it cannot be searched. */
export async function problemOfHistory(
  ports: Pick<TradingPorts, 'history'>,
  optimisation: OptimisationRecord,
  version: StrategyVersionRecord,
  kind: 'CANDLES' | 'TICKS',
): Promise<Result<HistoryProblem, string>> {
  const { order, traded } = await readBacktestOrder(ports, optimisation, version, kind);
  const { document } = rulesOfVersion(version).strategy;
  const problem = problemOfOrder(order, document);
  if (!problem.ok) return fail(problem.failure.text);
  const rateCards = new RateCardBook(order.rateCards, order.rateCards[0]?.broker ?? '');
  const isCovered = [optimisation.rangeFrom, optimisation.rangeTo].every((at) =>
    traded.every(
      (instrument) =>
        rateCards.serving(document.product, instrument, exchangeDateOf(at.getTime()))?.covered ===
        true,
    ),
  );
  return succeed({
    problem: problem.value,
    caveats: [
      playedOverBars,
      ...leftOutOfBars(optimisation.fillModel, document),
      ...(isCovered ? [] : [nearestRateCardServed]),
    ],
  });
}

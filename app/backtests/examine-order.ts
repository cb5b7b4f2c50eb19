import type { BiasReport, UnplayedReason } from '@nandax/core/bias/bias-report.ts';
import { runBars } from '@nandax/core/backtest/bars/run-bars.ts';
import { examineRun, examineTrades } from '@nandax/core/bias/examine-run.ts';
import { compilerOf } from '@nandax/core/bias/trial.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import { refusalOfBars } from '@nandax/core/strategy/strategy-product.ts';
import type { AskedExamination, BacktestOrder } from '../ports/backtest-runner.ts';
import type { BiasReportView } from '../views/strategy.ts';
import { barsOfOrder, leftOutOfBars, type ProblemFailure } from './problem-of-order.ts';

/** Random numbers of every examination begin here, so that one can be done again. */
const seed = 1;
const aim = 'sharpeRatio';

/**
 * Examines a run that was handed over as plain data, over bars of its time frame. What was traded on a
 * feed is examined even where its rules cannot be played again.
 */
export function examineOrder({ order, trades }: AskedExamination): Result<BiasReportView, string> {
  const played = order === null ? fail(nothingKept) : playedOver(order, trades);
  if (played.ok) return played;
  const { reason, text } = played.failure;
  if (trades === null) return fail(text);
  const basis = ['Luck in the trades is that of what the run traded itself.'];
  return succeed({ ...examineTrades(trades, reason, { aim, seed }), basis });
}

interface Unplayed extends Omit<ProblemFailure, 'reason'> {
  readonly reason: UnplayedReason;
}

const nothingKept: Unplayed = {
  reason: 'NO_CANDLES',
  text: 'No candles of its time are kept.',
};

const unreadable: Unplayed = {
  reason: 'RULES_UNREADABLE',
  text: 'The rules of this version cannot be read any more.',
};

function playedOver(
  order: BacktestOrder,
  trades: AskedExamination['trades'],
): Result<BiasReport & { readonly basis: readonly string[] }, Unplayed> {
  const document = parseStrategy(order.document);
  if (!document.ok) return fail(unreadable);
  const refusal = refusalOfBars(document.value.product, order.timeFrame);
  if (refusal !== null) return fail({ reason: 'BARS_REFUSED', text: refusal });
  const strategyWith = compilerOf(document.value, { timeFrame: order.timeFrame });
  const parameters: ReadonlyMap<string, number> = new Map();
  const strategy = strategyWith(parameters);
  if (strategy === null) return fail(unreadable);
  const bars = barsOfOrder(order, document.value);
  if (!bars.ok) return bars;
  const result = runBars(strategy, bars.value.market, bars.value.options);
  const examined = { ...bars.value, strategyWith, parameters, aim, seed } as const;
  const report = examineRun(examined, result, trades ?? undefined);
  const frame = order.timeFrame.toLowerCase().replace('_', ' ');
  const basis = [
    `Examined on whole bars of ${frame}, with the same charges: orders fill at the next open, stops are looked at on closes.`,
    ...leftOutOfBars(order.fillModel, document.value),
    ...(trades === null ? [] : [ownWords(trades.pnl.length, result.trades.length)]),
  ];
  return succeed({ ...report, basis });
}

/** How what was traded stands beside what the rules alone would have. */
function ownWords(traded: number, played: number): string {
  return `Luck in the trades is that of the ${traded} round trips that the run made itself; over the bars of its time its rules make ${played}.`;
}

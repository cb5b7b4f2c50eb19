import type { BarsResult } from '../backtest/bars/bars-result.ts';
import { barsStatisticsOf } from '../backtest/bars/bars-statistics.ts';
import { dayEndsOf } from '../metrics/returns.ts';
import type { BiasAim, SampleComparison, SampleFigures } from './bias-report.ts';

/** Part of a run that counts as in sample. */
const inSamplePart = 0.7;

/** Bars that each part has to have. */
const fewestBars = 20;

/**
 * The first seven tenths of a run against the rest. Rules and parameters are wont to be found on the
 * earlier part of the history; what was not fitted to it does as well on the later.
 */
export function compareSamples(result: BarsResult, aim: BiasAim): SampleComparison | null {
  const points = result.equity.length;
  const parting = Math.round(points * inSamplePart);
  if (parting < fewestBars || points - parting < fewestBars) return null;
  const inSample = figuresOf(result, 0, parting, aim);
  const outOfSample = figuresOf(result, parting, points, aim);
  const [before, after] = [inSample.aim, outOfSample.aim];
  const ratio = before === null || before <= 0 || after === null ? null : after / before;
  return { inSample, outOfSample, ratio };
}

function figuresOf(result: BarsResult, from: number, to: number, aim: BiasAim): SampleFigures {
  const part = partOf(result, from, to);
  const statistics = barsStatisticsOf(part, result.market.basket.subarray(from, to));
  const { time, openTime } = part.market;
  return {
    from: openTime[0] as number,
    to: time[time.length - 1] as number,
    bars: to - from,
    trades: statistics.totalTrades,
    aim: statistics[aim],
    roiPercent: statistics.roiPercent,
    cagrPercent: statistics.cagrPercent,
    sharpeRatio: statistics.sharpeRatio,
    maxDrawdownPercent: statistics.maxDrawdownPercent,
    winRate: statistics.winRate,
    profitFactor: statistics.profitFactor,
  };
}

/** A stretch of a run as a run of its own, with the equity before it to begin with. */
function partOf(result: BarsResult, from: number, to: number): BarsResult {
  const { market, options, equity, trades } = result;
  const kept: number[] = [];
  const held: BarsResult['openTrades'][number][] = [];
  const start = (point: number): number => Math.max(0, point - from);
  let commissions = 0;
  for (let row = 0; row < trades.length; row += 1) {
    const [entryBar, exitBar] = [trades.entryBar[row] as number, trades.exitBar[row] as number];
    if (exitBar >= from && exitBar < to) {
      kept.push(row);
      commissions += trades.commission[row] as number;
    } else if (entryBar < to && exitBar >= to) {
      held.push({
        instrument: trades.instrument[row] as number,
        size: trades.size[row] as number,
        entryBar: start(entryBar),
        entryPrice: trades.entryPrice[row] as number,
        pnl: NaN,
      });
    }
  }
  for (const trade of result.openTrades) {
    if (trade.entryBar < to) held.push({ ...trade, entryBar: start(trade.entryBar) });
  }
  const time = market.time.subarray(from, to);
  const numbers = (column: readonly number[]) => kept.map((row) => column[row] as number);
  const bars = (column: readonly number[]) => numbers(column).map(start);
  return {
    ...result,
    market: {
      ...market,
      time,
      openTime: market.openTime.subarray(from, to),
      dayEnds: dayEndsOf(time),
    },
    options: { ...options, cash: from === 0 ? options.cash : (equity[from - 1] as number) },
    trades: {
      length: kept.length,
      instrument: numbers(trades.instrument),
      size: numbers(trades.size),
      entryBar: bars(trades.entryBar),
      exitBar: bars(trades.exitBar),
      entryPrice: numbers(trades.entryPrice),
      exitPrice: numbers(trades.exitPrice),
      pnl: numbers(trades.pnl),
      commission: numbers(trades.commission),
      returnPct: numbers(trades.returnPct),
      entryReason: kept.map((row) => trades.entryReason[row] ?? ''),
      exitReason: kept.map((row) => trades.exitReason[row] ?? ''),
    },
    openTrades: held,
    equity: equity.subarray(from, to),
    // Nobody asks for the exposure of a part.
    heldPoints: NaN,
    commissions,
  };
}

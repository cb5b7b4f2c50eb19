import { drawdownsOf, type EquityColumns } from '@nandax/core/portfolio/equity-curve.ts';
import type { Performance } from '@nandax/app/portfolios/performance-of.ts';
import type { Decimal } from 'decimal.js';
import { badInputError } from '../../errors/graphql-errors.ts';

/** Options of the argument by which a curve is thinned out. */
export const maxPointsArgument = {
  defaultValue: 500,
  description:
    'Most points answered, 2 to 5000. A longer curve is thinned evenly; its first and last point stay.',
};

/** A curve as points; drawdowns are taken before thinning out. @throws BAD_USER_INPUT */
export function equityPointsOf(columns: EquityColumns, initialCapital: Decimal, maxPoints: number) {
  if (maxPoints < 2 || maxPoints > 5000) throw badInputError('maxPoints must be 2 to 5000.');
  const drawdowns = drawdownsOf(columns, initialCapital.toNumber());
  const count = Math.min(columns.length, maxPoints);
  const step = count < 2 ? 0 : (columns.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.round(index * step);
    return {
      time: new Date(columns.time[row] ?? NaN),
      equity: columns.equity[row] ?? NaN,
      drawdownPercent: Number(((drawdowns[row] ?? NaN) * 100).toFixed(4)),
    };
  });
}

/**
 * The equity of a performance as it stood; drawdowns are those of its growth, so that money paid out is
 * no loss. @throws BAD_USER_INPUT
 */
export function pointsOfPerformance(
  { equity, growth, initialEquity }: Pick<Performance, 'equity' | 'growth' | 'initialEquity'>,
  maxPoints: number,
) {
  const grown = equityPointsOf(growth, initialEquity, maxPoints);
  return equityPointsOf(equity, initialEquity, maxPoints).map((point, index) => ({
    ...point,
    drawdownPercent: grown[index]?.drawdownPercent ?? point.drawdownPercent,
  }));
}

import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import type { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { activityFillOf, activityOf } from '@nandax/core/metrics/activity.ts';
import { curveFiguresOf } from '@nandax/core/metrics/curve-figures.ts';
import { openPnlOf } from '@nandax/core/metrics/run-statistics.ts';
import { exposurePercentOf } from '@nandax/core/metrics/exposure.ts';
import { growthCurveOf } from '@nandax/core/metrics/growth.ts';
import { dailyReturnsOf, type DailyReturns } from '@nandax/core/metrics/returns.ts';
import { tradeFiguresOf } from '@nandax/core/metrics/trade-figures.ts';
import type { EquityColumns } from '@nandax/core/portfolio/equity-curve.ts';
import { resultPartsOf, type ResultPart } from '@nandax/core/portfolio/result-parts.ts';
import { Decimal } from 'decimal.js';
import { sumOfNotes, type RunFigures } from '../runs/run-figures.ts';
import type { PortfolioMaterial, WrittenEquity } from '../views/portfolio.ts';
import type { RunOwner } from '../views/strategy.ts';
import { totalOfChargesView } from './account-of.ts';
import { movementsOf } from './movements-of.ts';

/** Market time, epoch ms, both ends with; null is open. */
export interface PerformanceRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** What a portfolio earned over a range of its feed's days, money paid in and out taken off. */
export interface Performance {
  /** Epoch ms of the first and the last equity in the range. */
  readonly from: number;
  readonly to: number;
  /** Rupees before the range, and at its end. */
  readonly initialEquity: Decimal;
  readonly finalEquity: Decimal;
  /** Rupees paid in less paid out in the range. */
  readonly flow: Decimal;
  readonly figures: RunFigures;
  /** The equity as it stood. */
  readonly equity: EquityColumns;
  /** As if nothing had been paid in or out. */
  readonly growth: EquityColumns;
  readonly daily: DailyReturns;
  /** Their sum is `finalEquity` less `initialEquity` and `flow`. */
  readonly parts: readonly ResultPart[];
  /** Whose the runs among the parts' owners are. */
  readonly owners: ReadonlyMap<string, RunOwner>;
}

/** The performance over a range; null where no equity was written down in it. */
export function performanceOf(
  material: PortfolioMaterial,
  range: PerformanceRange,
  rateCards: RateCardBook,
  calendar: TradingCalendar,
): Performance | null {
  const { written, owners } = material;
  const [from, to] = [range.from ?? -Infinity, range.to ?? Infinity];
  const first = written.findIndex(({ time }) => time >= from && time <= to);
  const covered = written.filter(({ time }) => time >= from && time <= to);
  const last = covered.at(-1);
  if (first === -1 || last === undefined) return null;

  const allParts = resultPartsOf(written, movementsOf(material, rateCards));
  const parts = allParts.filter(
    ({ instant }) => instant >= first && instant < first + covered.length,
  );
  const flow = covered.reduce((sum, one) => sum.plus(one.flow), zero);
  const initialEquity = last.equity.minus(flow).minus(netOf(parts));
  const equity = columnsOf(covered);
  const growth = growthCurveOf(
    equity,
    initialEquity.toNumber(),
    covered.map((one) => one.flow.toNumber()),
  );
  const daily = dailyReturnsOf(growth, initialEquity.toNumber());
  const before = written[first - 1]?.time ?? -Infinity;
  const figures = figuresOf(
    material,
    { before, through: last.time },
    {
      initialEquity,
      finalEquity: last.equity,
      flow,
      equity,
      growth,
      daily,
      calendar,
    },
  );
  return {
    from: covered[0]?.time ?? last.time,
    to: last.time,
    initialEquity,
    finalEquity: last.equity,
    flow,
    figures,
    equity,
    growth,
    daily,
    parts,
    owners,
  };
}

const zero = new Decimal(0);

function netOf(parts: readonly ResultPart[]): Decimal {
  return parts.reduce((sum, part) => sum.plus(part.grossPnl).minus(part.charges), zero);
}

function columnsOf(written: readonly WrittenEquity[]): EquityColumns {
  return {
    length: written.length,
    time: Float64Array.from(written, ({ time }) => time),
    equity: Float64Array.from(written, ({ equity }) => equity.toNumber()),
  };
}

function figuresOf(
  { fills, trades, notes, entitlements }: PortfolioMaterial,
  { before, through }: { readonly before: number; readonly through: number },
  curve: Pick<
    Performance,
    'initialEquity' | 'finalEquity' | 'flow' | 'equity' | 'growth' | 'daily'
  > & { readonly calendar: TradingCalendar },
): RunFigures {
  const { initialEquity, finalEquity, flow, equity, growth, daily, calendar } = curve;
  const inRange = (time: number) => time > before && time <= through;
  const tradeFigures = tradeFiguresOf(trades.filter(({ exitTime }) => inRange(exitTime)));
  const days = new Set(daily.days);
  const noted = notes.filter(({ tradingDay }) => days.has(tradingDay));
  const charges = sumOfNotes(
    noted.map((note) => ({
      charges: { ...note.charges, total: totalOfChargesView(note.charges) },
    })),
  );
  const traded = fills.map((fill) => activityFillOf({ ...fill, instrument: fill.instrumentId }));
  // What was given at an instant was held before it traded.
  const held = [
    ...entitlements.map(({ instrumentId, units, time }) => ({
      instrument: instrumentId,
      units: units.toNumber(),
      time,
    })),
    ...traded.map(({ instrument, signedQuantity, time }) => ({
      instrument: String(instrument),
      units: signedQuantity,
      time,
    })),
  ].sort((a, b) => a.time - b.time);
  const hours = daily.days.flatMap((day) => calendar.sessionOn(day) ?? []);
  const netPnl = tradeFigures.grossPnl.minus(charges.total);
  return {
    ...tradeFigures,
    ...curveFiguresOf(growth, initialEquity.toNumber(), daily.returns),
    turnover: activityOf(
      traded.filter(({ time }) => inRange(time)),
      equity,
    ).turnover,
    exposurePercent: exposurePercentOf(
      held,
      hours.map(({ open, close }) => ({ open, close: Math.min(close, through) })),
    ),
    initialCapital: initialEquity,
    finalEquity,
    charges,
    netPnl,
    // What positions carried into the range had gained before it is not of the range.
    openPnl: openPnlOf({ finalEquity, initialCapital: initialEquity.plus(flow), netPnl }),
  };
}

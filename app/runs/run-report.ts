import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import { contractNotesOf, type ContractNote } from '@nandax/core/charges/contract-note.ts';
import type { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import type { CandleColumns } from '@nandax/core/market/candles.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import type { EquityColumns } from '@nandax/core/portfolio/equity-curve.ts';
import { buyAndHoldOf } from '@nandax/core/portfolio/buy-and-hold.ts';
import { markedEquity } from '@nandax/core/portfolio/marked-equity.ts';
import { activityFillOf } from '@nandax/core/metrics/activity.ts';
import { runStatisticsOf } from '@nandax/core/metrics/run-statistics.ts';
import type { Decimal } from 'decimal.js';
import type { RunFill, RunMaterial } from '../views/strategy.ts';
import { nearestRateCardServed } from './caveats.ts';
import { readFigures, sumOfNotes, type RunFigures } from './run-figures.ts';

/** What is shown of a run's result. */
export interface RunReport {
  readonly figures: RunFigures;
  /** Epoch ms and rupees. */
  readonly equity: EquityColumns;
  /** Rupees in which the capital would lie in its instruments instead, at the same times; null: not known. */
  readonly benchmark: Float64Array | null;
  /** What it rests on that dated data did not cover, beyond what the run's row says. */
  readonly caveats: readonly string[];
}

/** The market that a run trades in, as far as it has come. */
export interface RunMarket {
  readonly instrumentIds: readonly string[];
  /** Minute candles per instrument, from the beginning of the run on. */
  readonly candles: readonly CandleColumns[];
  /** How many times its price one of quantity is worth, per instrument. */
  readonly multipliers: readonly number[];
  readonly calendar: TradingCalendar;
  readonly timeFrame: TimeFrame;
  /** Epoch ms of market time. */
  readonly until: number;
}

/**
 * The result of a run: as it was stored, or derived from its fills, its trades and the market. Null
 * where there is nothing of either yet.
 *
 * The derived equity is the curve a backtest writes for the same fills. Charges are those of the
 * contract notes that the run's fills alone would give, the day under way as if it had closed.
 */
export async function runReportOf(
  initialCapital: Decimal,
  material: RunMaterial,
  rateCards: RateCardBook,
  readMarket: () => Promise<RunMarket>,
): Promise<RunReport | null> {
  if (material.stored !== null) {
    const { statistics, equity, benchmark } = material.stored;
    return {
      figures: readFigures(statistics),
      equity: { ...equity, length: equity.time.length },
      benchmark,
      caveats: [],
    };
  }
  if (material.fills.length === 0) return null;
  const notes = contractNotesOf(material.fills.flatMap((fill) => chargedFillOf(fill, rateCards)));
  const market = await readMarket();
  const equity = equityOf(initialCapital, executionsOf(material), notes, market);
  const benchmark = buyAndHoldOf(equity.time, market.candles, initialCapital.toNumber());
  const charges = sumOfNotes(notes);
  const record = {
    initialCapital,
    trades: material.trades,
    fills: material.fills.map((fill) => activityFillOf({ ...fill, instrument: fill.instrumentId })),
    charges: charges.total,
    equity,
  };
  const caveats = notes.every(({ covered }) => covered) ? [] : [nearestRateCardServed];
  return { figures: { ...runStatisticsOf(record), charges }, equity, benchmark, caveats };
}

/** What changed what the run held, in the order of time. */
function executionsOf({ fills, metExits }: RunMaterial): readonly RunFill[] {
  return metExits.length === 0 ? fills : [...fills, ...metExits].sort((a, b) => a.time - b.time);
}

function chargedFillOf(fill: RunFill, rateCards: RateCardBook) {
  const date = exchangeDateOf(fill.time);
  const { instrumentId, side, product, charges } = fill;
  const serving = rateCards.serving(product, fill, date);
  // What no card prices was booked without charges and has no note.
  return serving === null ? [] : [{ date, instrument: instrumentId, side, charges, serving }];
}

function equityOf(
  initialCapital: Decimal,
  fills: readonly RunFill[],
  notes: readonly ContractNote[],
  { instrumentIds, ...market }: RunMarket,
): EquityColumns {
  return markedEquity({
    initialCapital: initialCapital.toNumber(),
    fills: fills.map(({ instrumentId, side, quantity, price, time, charges }) => ({
      instrument: instrumentIds.indexOf(instrumentId),
      signedQuantity: side === 'BUY' ? quantity.toNumber() : -quantity.toNumber(),
      price: price.toNumber(),
      time,
      charges: totalOfCharges(charges).toNumber(),
    })),
    notedOn: (date) =>
      notes.reduce(
        (sum, note) => (note.date === date ? sum + note.charges.total.toNumber() : sum),
        0,
      ),
    ...market,
  });
}

import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import { contractNotesOf, type ContractNote } from '@nandax/core/charges/contract-note.ts';
import {
  chargeSegmentOf,
  type ChargedExchange,
  type RateCardBook,
} from '@nandax/core/charges/rate-card.ts';
import { EquityCurve, type EquityColumns } from '@nandax/core/portfolio/equity-curve.ts';
import { runStatisticsOf } from '@nandax/core/portfolio/run-statistics.ts';
import type { Decimal } from 'decimal.js';
import type { RunFill, RunMaterial } from '../views.ts';
import { readFigures, sumOfNotes, type RunFigures } from './run-figures.ts';

/** What is shown of a run's result. */
export interface RunReport {
  readonly figures: RunFigures;
  /** Epoch ms and rupees. */
  readonly equity: EquityColumns;
}

/**
 * The result of a run: as it was stored, or, while it trades, derived from its fills and trades.
 * Null where there is nothing of either yet.
 *
 * The derived equity has a point at each fill and one at the last quotes; between fills a share
 * counts at the price it last traded for. Charges are those of the contract notes that the run's
 * fills alone would give, the day under way as if it had closed.
 */
export function runReportOf(
  initialCapital: Decimal,
  material: RunMaterial,
  rateCards: RateCardBook,
): RunReport | null {
  if (material.stored !== null) {
    const { statistics, equity } = material.stored;
    return { figures: readFigures(statistics), equity: { ...equity, length: equity.time.length } };
  }
  if (material.fills.length === 0) return null;
  const notes = contractNotesOf(material.fills.map((fill) => chargedFillOf(fill, rateCards)));
  const equity = equityOf(initialCapital, material, notes);
  const charges = sumOfNotes(notes);
  const record = { initialCapital, trades: material.trades, charges: charges.total, equity };
  return { figures: { ...runStatisticsOf(record), charges }, equity };
}

function chargedFillOf(fill: RunFill, rateCards: RateCardBook) {
  const date = exchangeDateOf(fill.time);
  const { instrumentId, exchange, side, product, charges } = fill;
  const serving = rateCards.find(exchange as ChargedExchange, chargeSegmentOf(product), date);
  if (serving === null) throw new Error(`no rate card for ${exchange} ${product}`);
  return { date, instrument: instrumentId, side, charges, serving };
}

function equityOf(
  initialCapital: Decimal,
  { fills, quotes }: RunMaterial,
  notes: readonly ContractNote[],
): EquityColumns {
  const instruments = [...new Set(fills.map(({ instrumentId }) => instrumentId))];
  const curve = new EquityCurve(initialCapital.toNumber(), instruments.length);
  let accrued = 0;
  fills.forEach((fill, index) => {
    const quantity = fill.quantity.toNumber();
    const signed = fill.side === 'BUY' ? quantity : -quantity;
    curve.fill(instruments.indexOf(fill.instrumentId), signed, fill.price.toNumber());
    const charges = totalOfCharges(fill.charges).toNumber();
    curve.charge(charges);
    accrued += charges;
    const date = exchangeDateOf(fill.time);
    const next = fills[index + 1];
    if (next === undefined || exchangeDateOf(next.time) !== date) {
      // The last fill of a day: the notes take the place of what had accrued.
      for (const note of notes) {
        if (note.date === date) curve.charge(note.charges.total.toNumber());
      }
      curve.charge(-accrued);
      accrued = 0;
    }
    curve.record(fill.time);
  });

  let now = fills.at(-1)?.time ?? -Infinity;
  for (const { instrumentId, price, time } of quotes) {
    const instrument = instruments.indexOf(instrumentId);
    if (instrument === -1) continue;
    curve.mark(instrument, price.toNumber());
    now = Math.max(now, time);
  }
  curve.record(now);
  return curve.columns();
}

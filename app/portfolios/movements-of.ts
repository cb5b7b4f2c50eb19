import { exchangeDateOf } from '@nandax/core/calendar/exchange-time.ts';
import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { contractValueOf } from '@nandax/core/portfolio/contract-value.ts';
import type { Movement } from '@nandax/core/portfolio/result-parts.ts';
import { roundTripsOf } from '@nandax/core/portfolio/round-trip.ts';
import { shareOut } from '@nandax/core/portfolio/share-out.ts';
import { Decimal } from 'decimal.js';
import type { PortfolioFill, PortfolioMaterial } from '../views/portfolio.ts';
import { totalOfChargesView } from './account-of.ts';

const zero = new Decimal(0);

/** By whom a result is owned: the run, or the user by hand. */
function ownerKey(runId: string | null): string {
  return runId ?? '';
}

/**
 * A portfolio's movements in the order of time. The charges of a contract note are shared among the
 * fills they are of: by what accrued, and the depository's by what was sold; so they sum to the note.
 */
export function movementsOf(
  { fills, notes, trades, metExits, entitlements }: PortfolioMaterial,
  rateCards: RateCardBook,
): readonly Movement[] {
  const charges = new Map<PortfolioFill, Decimal>();
  const charge = (of: readonly PortfolioFill[], amount: Decimal, weights: readonly Decimal[]) => {
    for (const [index, share] of shareOut(amount, weights).entries()) {
      const fill = of[index];
      if (fill !== undefined) charges.set(fill, (charges.get(fill) ?? zero).plus(share));
    }
  };
  const noted = bySegment(fills, rateCards);
  for (const { tradingDay, segment, charges: stated } of notes) {
    const own = noted.get(`${tradingDay} ${segment}`) ?? [];
    const sold = own.filter(({ side }) => side === 'SELL');
    const depository = stated.depositoryParticipantCharge;
    const accruing = totalOfChargesView(stated).minus(depository);
    charge(
      own,
      accruing,
      own.map((fill) => totalOfCharges(fill.charges)),
    );
    charge(
      sold,
      depository,
      sold.map(({ quantity, price }) => quantity.times(price)),
    );
  }
  const traded = fills.map((fill): Movement => {
    const units = fill.side === 'BUY' ? fill.quantity : fill.quantity.negated();
    // Of a future as if it were paid in full: what it gains is the same.
    const paid = contractValueOf(units, fill.price, fill.multiplier);
    return {
      time: fill.time,
      owner: ownerKey(fill.runId),
      instrument: fill.instrumentId,
      units,
      cash: paid.negated().toDecimalPlaces(2, Decimal.ROUND_HALF_UP),
      charges: charges.get(fill) ?? zero,
      trades: 0,
    };
  });
  const closed = roundTripsOf(trades).map((trade): Movement => ({
    time: trade.exitTime,
    owner: ownerKey(trade.runId),
    instrument: trade.instrumentId,
    units: zero,
    cash: zero,
    charges: zero,
    trades: 1,
  }));
  const passedOn = metExits.flatMap(
    ({ time, runId, instrumentId, units, value, takenByHand }): Movement[] => {
      const none = { time, instrument: instrumentId, charges: zero, trades: 0 };
      const left = { ...none, owner: ownerKey(runId), units: units.negated(), cash: value };
      const taken = { ...none, owner: ownerKey(null), units, cash: value.negated() };
      return takenByHand ? [left, taken] : [left];
    },
  );
  const given = entitlements.map(({ time, runId, instrumentId, units, cash }): Movement => ({
    time,
    owner: ownerKey(runId),
    instrument: instrumentId,
    units,
    cash,
    charges: zero,
    trades: 0,
  }));
  // What was given at an instant was held before it traded.
  return [...given, ...traded, ...passedOn, ...closed].sort((a, b) => a.time - b.time);
}

/** Fills by the note that states their charges. */
function bySegment(
  fills: readonly PortfolioFill[],
  rateCards: RateCardBook,
): ReadonlyMap<string, readonly PortfolioFill[]> {
  const groups = new Map<string, PortfolioFill[]>();
  for (const fill of fills) {
    const day = exchangeDateOf(fill.time);
    const segment = rateCards.serving(fill.product, fill, day)?.segment ?? '';
    const group = groups.get(`${day} ${segment}`);
    if (group === undefined) groups.set(`${day} ${segment}`, [fill]);
    else group.push(fill);
  }
  return groups;
}

import { Decimal } from 'decimal.js';
import { pnlOf } from '@nandax/core/portfolio/position.ts';
import { accruedChargesBy, totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { ChargesView } from '../views/order.ts';
import type { PortfolioFiguresView, PositionView } from '../views/portfolio.ts';

const zero = new Decimal(0);

/** No charges at all. */
export const noChargesView: ChargesView = {
  ...accruedChargesBy(() => zero),
  depositoryParticipantCharge: zero,
};

/** What a portfolio is worth; rupees. */
export interface PortfolioAccount {
  /** Balance of the ledger's CASH, without blocked margins; charges leave it with the contract note. */
  readonly cash: Decimal;
  /** Cash, blocked margins, what was paid for and what is held has gained. */
  readonly equity: Decimal;
  /** FIFO, before charges. */
  readonly realisedPnl: Decimal;
  /** At last prices, before charges. */
  readonly unrealisedPnl: Decimal;
  /** Of all contract notes, and accrued since the last. */
  readonly charges: ChargesView;
  /** Realised and unrealised, less charges. */
  readonly netPnl: Decimal;
}

/** A portfolio's account from its ledger's sums, its positions and the charges without a note yet. */
export function accountOf(
  figures: PortfolioFiguresView | null,
  positions: readonly PositionView[],
  accrued: ChargesView | null,
): PortfolioAccount {
  const cash = figures?.cash ?? zero;
  const realisedPnl = figures?.realisedPnl ?? zero;
  const unrealisedPnl = sum(positions.map(unrealisedPnlOf));
  const charges = addChargesViews(figures?.notedCharges ?? noChargesView, accrued ?? noChargesView);
  return {
    cash,
    equity: sum([
      cash,
      figures?.margin ?? zero,
      figures?.securities ?? zero,
      figures?.settlement ?? zero,
      unrealisedPnl,
    ]),
    realisedPnl,
    unrealisedPnl,
    charges,
    netPnl: realisedPnl.plus(unrealisedPnl).minus(totalOfChargesView(charges)),
  };
}

/** Gain of what is held at its last price, rupees before charges; 0 while there is no price. */
export function unrealisedPnlOf(position: PositionView): Decimal {
  return position.lastPrice === null
    ? zero
    : pnlOf(position, position.lastPrice).minus(position.realisedPnl);
}

/** Component by component `a + b`. */
export function addChargesViews(a: ChargesView, b: ChargesView): ChargesView {
  return {
    ...accruedChargesBy((component) => a[component].plus(b[component])),
    depositoryParticipantCharge: a.depositoryParticipantCharge.plus(b.depositoryParticipantCharge),
  };
}

/** The sum of all components. */
export function totalOfChargesView(charges: ChargesView): Decimal {
  return totalOfCharges(charges).plus(charges.depositoryParticipantCharge);
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), zero);
}

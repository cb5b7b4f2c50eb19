import { Decimal } from 'decimal.js';
import type { Side } from '../order/order-terms.ts';
import type { AccruedCharges, AccruedComponent } from './accrued-charges.ts';
import {
  accruedChargesBy,
  accruedComponents,
  addCharges,
  noCharges,
  totalOfCharges,
} from './accrued-charges.ts';
import type { ChargeSegment, ServingRates } from './rate-card.ts';

/** A fill as the contract note of its day sees it. */
export interface ChargedFill {
  /** Exchange date of the fill, `YYYY-MM-DD`. */
  readonly date: string;
  /** Identifies the instrument within the account. */
  readonly instrument: string;
  readonly side: Side;
  readonly charges: AccruedCharges;
  /** The rates the charges were taken from. */
  readonly serving: ServingRates;
}

/** Charges in rupees, 2 decimals. */
export type NoteCharges = Readonly<
  Record<AccruedComponent | 'depositoryParticipantCharge' | 'total', Decimal>
>;

/** The rounded charges of an account for one exchange day and segment. */
export interface ContractNote {
  readonly date: string;
  readonly segment: ChargeSegment;
  readonly charges: NoteCharges;
  readonly rateCardId: string;
  /** False: no card covers the day, the nearest one served. */
  readonly covered: boolean;
}

/** Taxes that the state takes in whole rupees; everything else has 2 decimals. */
const decimalsOf: Readonly<Record<AccruedComponent, number>> = {
  brokerage: 2,
  securitiesTransactionTax: 0,
  exchangeTransactionCharge: 2,
  sebiTurnoverFee: 2,
  stampDuty: 0,
  goodsAndServicesTax: 2,
};

/**
 * Rounds accrued charges as a contract note does: securities transaction tax and stamp duty to the
 * nearest rupee, the rest to 2 decimals, half up; the components are rounded first and then added
 * (source: Zerodha's brokerage calculator, reproduced to the paisa). The depository participant
 * charge is a rupee amount of its own and stands outside the tax base.
 */
export function roundCharges(
  accrued: AccruedCharges,
  depositoryParticipantCharge: Decimal,
): NoteCharges {
  const round = (component: AccruedComponent): Decimal =>
    accrued[component].toDecimalPlaces(decimalsOf[component], Decimal.ROUND_HALF_UP);
  const rounded = {
    brokerage: round('brokerage'),
    securitiesTransactionTax: round('securitiesTransactionTax'),
    exchangeTransactionCharge: round('exchangeTransactionCharge'),
    sebiTurnoverFee: round('sebiTurnoverFee'),
    stampDuty: round('stampDuty'),
    goodsAndServicesTax: round('goodsAndServicesTax'),
    depositoryParticipantCharge,
  };
  const total = accruedComponents.reduce(
    (sum, component) => sum.plus(rounded[component]),
    depositoryParticipantCharge,
  );
  return { ...rounded, total };
}

/**
 * The contract notes of one account's fills: one for each exchange day and segment, by day, then
 * segment. Each instrument sold in delivery costs the depository participant charge once a day.
 * The broker takes shares bought and sold on one day as intraday even under CNC; this does not, so
 * such a round trip is charged as delivery.
 */
export function contractNotesOf(fills: Iterable<ChargedFill>): ContractNote[] {
  const groups = new Map<string, [ChargedFill, ...ChargedFill[]]>();
  for (const fill of fills) {
    const key = `${fill.date} ${fill.serving.segment}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fill]);
    else group.push(fill);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => contractNoteOf(group));
}

/**
 * What a supplementary note charges for fills that were booked after the notes of their day and segment:
 * the note of all its fills, `whole`, less what is `noted` already, component by component and never
 * below 0. So whole rupees of tax and duty are rounded once a day, and the depository is paid once a day
 * for an instrument, however many notes the day takes.
 */
export function supplementOf(
  whole: Pick<ContractNote, 'charges'>,
  noted: readonly Pick<ContractNote, 'charges'>[],
): NoteCharges {
  const rest = (component: Exclude<keyof NoteCharges, 'total'>) =>
    Decimal.max(
      noted.reduce((left, { charges }) => left.minus(charges[component]), whole.charges[component]),
      0,
    );
  const depositoryParticipantCharge = rest('depositoryParticipantCharge');
  const charges = accruedChargesBy(rest);
  const total = totalOfCharges(charges).plus(depositoryParticipantCharge);
  return { ...charges, depositoryParticipantCharge, total };
}

function contractNoteOf(fills: readonly [ChargedFill, ...ChargedFill[]]): ContractNote {
  const [{ date, serving }] = fills;
  const accrued = fills.reduce((sum, fill) => addCharges(sum, fill.charges), noCharges);
  const soldAt = new Map<string, Decimal>();
  for (const fill of fills) {
    if (fill.side === 'SELL') {
      soldAt.set(fill.instrument, fill.serving.rates.depositoryParticipantCharge);
    }
  }
  const depositoryParticipantCharge = Decimal.sum(0, ...soldAt.values());
  return {
    date,
    segment: serving.segment,
    charges: roundCharges(accrued, depositoryParticipantCharge),
    rateCardId: serving.rateCardId,
    covered: fills.every((fill) => fill.serving.covered),
  };
}

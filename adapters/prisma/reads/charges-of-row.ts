import { accruedChargesBy } from '@nandax/core/charges/accrued-charges.ts';
import type { ChargesView } from '@nandax/app/views/order.ts';
import { Prisma } from '../generated/client.ts';
import { decimalOrZero, type Row } from './row-to-view.ts';

/** Charges from the columns of a row, or from the object a snapshot keeps them in. */
export function chargesOfRow(row: Row): ChargesView {
  const charges = (row['charges'] ?? row) as Row;
  return {
    ...accruedChargesBy((component) => decimalOrZero(charges[component])),
    depositoryParticipantCharge: decimalOrZero(charges['depositoryParticipantCharge']),
  };
}

/** Sums of the accruing charge columns of `item`. */
export const sumsOfCharges = Prisma.sql`
  sum(item."brokerage") AS "brokerage",
  sum(item."securitiesTransactionTax") AS "securitiesTransactionTax",
  sum(item."exchangeTransactionCharge") AS "exchangeTransactionCharge",
  sum(item."sebiTurnoverFee") AS "sebiTurnoverFee",
  sum(item."stampDuty") AS "stampDuty",
  sum(item."goodsAndServicesTax") AS "goodsAndServicesTax"`;

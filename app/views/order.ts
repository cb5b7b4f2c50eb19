import type { AccruedCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { Decimal } from 'decimal.js';
import type { GttRecord } from '../ports/gtts.ts';
import type { OrderRecord, OrderRequestRecord } from '../ports/orders.ts';
import type { ProtectionRecord } from '../ports/protections.ts';
import type { View } from './view.ts';

export interface OrderView
  extends
    View<'Order'>,
    Omit<
      OrderRecord,
      'id' | 'userId' | 'requestKind' | 'executions' | 'intent' | 'requestedTerms'
    > {
  readonly agentId: string | null;
}

export interface GttView
  extends View<'Gtt'>, Omit<GttRecord, 'id' | 'userId' | 'idempotencyKey' | 'requestHash'> {}

/** What somebody asked for under one key; its orders are read by it. */
export interface OrderRequestView
  extends View<'OrderRequest'>, Omit<OrderRequestRecord, 'id' | 'userId' | 'requestHash'> {}

export interface ProtectionView
  extends View<'Protection'>, Omit<ProtectionRecord, 'id' | 'userId'> {}

export interface OrderEventView {
  readonly number: number;
  readonly type: string;
  readonly statusAfter: OrderRecord['status'];
  readonly createdAt: Date;
}

/** Charges by component, rupees, at most 6 decimals. */
export interface ChargesView extends AccruedCharges {
  readonly depositoryParticipantCharge: Decimal;
}

export interface FillView extends View<'Fill'> {
  readonly orderId: string;
  readonly tradeId: string;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly executedAt: Date;
  readonly charges: ChargesView;
}

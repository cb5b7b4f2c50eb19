import type { AccruedCharges } from '@nandax/core/charges/accrued-charges.ts';
import type { Decimal } from 'decimal.js';
import type { GttRecord } from '../ports/gtts.ts';
import type { OrderRecord, OrderRequestRecord } from '../ports/orders.ts';
import type { ProtectionChangeRecord, ProtectionRecord } from '../ports/protections.ts';
import type { View } from './view.ts';

export interface OrderView
  extends
    View<'Order'>,
    Omit<OrderRecord, 'id' | 'userId' | 'requestKind' | 'executions' | 'intent'> {
  readonly agentId: string | null;
}

export interface GttView
  extends View<'Gtt'>, Omit<GttRecord, 'id' | 'userId' | 'idempotencyKey' | 'requestHash'> {}

/** What somebody asked for under one key; its orders are read by it. */
export interface OrderRequestView
  extends View<'OrderRequest'>, Omit<OrderRequestRecord, 'id' | 'userId' | 'requestHash'> {}

/** Other prices that were asked for a protection, rupees, and what became of them. */
export interface ProtectionChangeView {
  readonly status: ProtectionChangeRecord['status'];
  readonly stopPrice: Decimal;
  readonly targetPrice: Decimal | null;
  readonly stopPriceBefore: Decimal;
  readonly targetPriceBefore: Decimal | null;
  readonly reason: string | null;
  readonly createdAt: Date;
}

export interface ProtectionView
  extends View<'Protection'>, Omit<ProtectionRecord, 'id' | 'userId'> {
  /** The last one; null: its prices are those it was set at. */
  readonly lastChange: ProtectionChangeView | null;
}

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

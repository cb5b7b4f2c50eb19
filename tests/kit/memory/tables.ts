import type { AuditEntry } from '@nandax/app/ports/audit.ts';
import type { EventDraft, UnpublishedEvent } from '@nandax/app/ports/events.ts';
import type { QuoteRecord } from '@nandax/app/ports/feeds.ts';
import type { NewJobFailure } from '@nandax/app/ports/job-failures.ts';
import type { NotificationRecord } from '@nandax/app/ports/notifications.ts';
import type {
  FillRecord,
  OrderRecord,
  OrderRequestRecord,
  RefusedRequestRecord,
} from '@nandax/app/ports/orders.ts';
import type {
  LedgerTransaction,
  LockedPortfolio,
  PositionRecord,
  TradeRecord,
} from '@nandax/app/ports/portfolios.ts';
import type { GttRecord } from '@nandax/app/ports/gtts.ts';
import type { ProtectionChangeRecord, ProtectionRecord } from '@nandax/app/ports/protections.ts';
import type { InstrumentRecord, RunRecord } from '@nandax/app/records.ts';
import type { OrderEvent } from '@nandax/core/order/order-event.ts';

/** An order's event, numbered from 1. */
export interface MemoryOrderEvent {
  readonly orderId: string;
  readonly number: number;
  readonly event: OrderEvent;
}

/** An event in the outbox. */
export interface MemoryEvent extends UnpublishedEvent {
  readonly draft: EventDraft;
  readonly publishedAt: Date | null;
}

/** The tables of the order's way and their rows; a name with a dot is a unique key of its table. */
export interface Tables {
  readonly Order: OrderRecord;
  readonly 'Order.clientOrderId': { readonly id: string };
  readonly 'Order.absentReads': { readonly reads: number };
  readonly OrderRequest: OrderRequestRecord;
  readonly RefusedRequest: RefusedRequestRecord;
  readonly OrderEvent: MemoryOrderEvent;
  readonly Fill: FillRecord;
  readonly 'Fill.tradeId': { readonly id: string };
  readonly Portfolio: LockedPortfolio;
  readonly Position: PositionRecord;
  readonly Trade: TradeRecord;
  readonly LedgerTransaction: LedgerTransaction;
  readonly Event: MemoryEvent;
  readonly EventCounter: { readonly sequence: bigint };
  readonly Audit: AuditEntry;
  readonly Notification: NotificationRecord;
  readonly JobFailure: NewJobFailure;
  readonly Instrument: InstrumentRecord;
  readonly Run: RunRecord;
  readonly Protection: ProtectionRecord;
  readonly ProtectionOrder: { readonly protectionId: string; readonly orderId: string };
  readonly ProtectionChange: ProtectionChangeRecord;
  readonly 'ProtectionChange.key': { readonly id: string };
  readonly Gtt: GttRecord;
  readonly 'Gtt.key': { readonly id: string };
  readonly Feed: { readonly marketTime: Date };
  readonly Quote: QuoteRecord;
}

export type TableName = keyof Tables;

import type { Decimal } from 'decimal.js';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import type { ProtectionPhase, ProtectionPrices } from '@nandax/core/order/plan-protection.ts';

/** An instrument and product of a portfolio. */
export interface PositionPlace {
  readonly portfolioId: string;
  readonly instrumentId: string;
  readonly product: Product;
}

/** A stop, and perhaps a target, that follows what is held. */
export interface ProtectionRecord extends PositionPlace {
  readonly id: string;
  readonly userId: string;
  /** The feed whose prices it hears; null: it hears none. */
  readonly feedId: string | null;
  /** The entry whose units it protects (bracket); null: all that is held by hand. */
  readonly entryOrderId: string | null;
  /** Side of its exits. */
  readonly side: Side;
  /** Rupees. */
  readonly stopPrice: Decimal;
  /** Rupees; null: none. */
  readonly targetPrice: Decimal | null;
  /** ENDED: nothing is left to protect. REMOVED: by its user, the square-off or the kill switch. */
  readonly status: 'ACTIVE' | 'ENDED' | 'REMOVED';
  readonly phase: ProtectionPhase;
  /** Market time after which it hears prices. */
  readonly watchedFrom: Date;
  /** Why it ended, for people; null: it is ACTIVE. */
  readonly endReason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * - PENDING: an answer of the broker is awaited; until then the old prices rest.
 * - TAKEN: they stand, or nothing rests at the broker that would have to be changed.
 * - REFUSED: the broker refused; the old prices stand.
 * - LAPSED: the protection ended, or was set anew, before the broker answered.
 */
export type ProtectionChangeStatus = 'PENDING' | 'TAKEN' | 'REFUSED' | 'LAPSED';

/** Other prices that were asked for a protection. */
export interface ProtectionChangeRecord {
  readonly id: string;
  readonly userId: string;
  readonly protectionId: string;
  /** Chosen by the caller; the same key and body are one change. */
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly status: ProtectionChangeStatus;
  readonly asked: ProtectionPrices;
  /** What stood before, and comes back where the broker refuses. */
  readonly before: ProtectionPrices & { readonly phase: ProtectionPhase };
  /** Why it was refused, for people; null otherwise. */
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Protections within a transaction. Whoever writes holds the lock of the portfolio. */
export interface ProtectionRows {
  insert(protection: ProtectionRecord): Promise<void>;
  find(protectionId: string): Promise<ProtectionRecord | null>;
  /** Writes what can change: prices, state, phase and the time it hears from. */
  save(protection: ProtectionRecord): Promise<void>;
  /** Active ones of a place, oldest first; with an order: also the one whose entry or exit it is. */
  touchedBy(place: PositionPlace, orderId: string | null): Promise<readonly ProtectionRecord[]>;
  /** Active ones of a portfolio, oldest first. */
  activeOf(portfolioId: string): Promise<readonly ProtectionRecord[]>;
  /** Active ones that hear a feed, oldest first. */
  activeOnFeed(feedId: string): Promise<readonly ProtectionRecord[]>;
  /** All active ones, oldest first. */
  active(): Promise<readonly ProtectionRecord[]>;
  /** Notes an exit that it sent. */
  addOrder(protectionId: string, orderId: string): Promise<void>;
  /** The protection that sent an order; null: none did. */
  ofExit(orderId: string): Promise<ProtectionRecord | null>;
  /** Whether anything was ever protected at a place. */
  everAt(place: PositionPlace): Promise<boolean>;
  /** Throws UniqueKeyTaken where its user has used the key. */
  insertChange(change: ProtectionChangeRecord): Promise<void>;
  /** Writes what can change: status and reason. */
  saveChange(change: ProtectionChangeRecord): Promise<void>;
  /** The change that a user asked for under a key; null: none. */
  changeByKey(userId: string, idempotencyKey: string): Promise<ProtectionChangeRecord | null>;
  /** The change whose answer is awaited; null: none is. */
  pendingChange(protectionId: string): Promise<ProtectionChangeRecord | null>;
}

import type { Decimal } from 'decimal.js';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';
import type { ProtectionPhase } from '@nandax/core/order/plan-protection.ts';

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
}

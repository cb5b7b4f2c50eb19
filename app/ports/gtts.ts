import type { Decimal } from 'decimal.js';
import type { GttLeg, GttStatus } from '@nandax/core/order/gtt.ts';
import type { Product, Side } from '@nandax/core/order/order-terms.ts';

/** A leg of a stored GTT. */
export interface GttLegRecord extends GttLeg {
  /** From 1; of two the lower trigger comes first. */
  readonly number: number;
  /** The order that it sent; null: it has not fired. */
  readonly orderId: string | null;
}

/** A GTT as it is stored. */
export interface GttRecord {
  readonly id: string;
  readonly userId: string;
  readonly portfolioId: string;
  readonly instrumentId: string;
  /** The feed whose ticks it hears; it ends with it. */
  readonly feedId: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly side: Side;
  readonly product: Product;
  readonly status: GttStatus;
  /** Last price in rupees when it was placed or changed. */
  readonly lastPrice: Decimal;
  /** Market time from which it hears ticks. */
  readonly watchedFrom: Date;
  /** Market time at which it lapses. */
  readonly expiresAt: Date;
  /** Market time at which it ended; null: it is ACTIVE. */
  readonly endedAt: Date | null;
  /** Why it ended, for people; null: by its trigger or by its user. */
  readonly endReason: string | null;
  readonly legs: readonly GttLegRecord[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** GTTs within a transaction. Whoever writes holds the lock of the portfolio. */
export interface GttRows {
  /** @throws UniqueKeyTaken where the user has one with this key. */
  insert(gtt: GttRecord): Promise<void>;
  find(gttId: string): Promise<GttRecord | null>;
  findByKey(userId: string, idempotencyKey: string): Promise<GttRecord | null>;
  /** Writes what can change: state, legs and their orders. */
  save(gtt: GttRecord): Promise<void>;
  countActive(userId: string): Promise<number>;
  /** Active ones that hear a feed, oldest first. */
  activeOnFeed(feedId: string): Promise<readonly GttRecord[]>;
  /** Active ones of a portfolio, oldest first. */
  activeOf(portfolioId: string): Promise<readonly GttRecord[]>;
}

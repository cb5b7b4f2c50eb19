import type { Loaders } from '../loaders.ts';

/**
 * What a subscription yields: the event, and loaders of its own. A subscription's context lives as
 * long as the subscription, so reads remembered there would go stale.
 */
export interface Envelope {
  /** Place in the user's log; null: a live mark, which is in no log. */
  readonly sequence: bigint | null;
  readonly occurredAt: Date;
  /** What happened, e.g. ORDER_FILLED. */
  readonly type: string;
  readonly loaders: Loaders;
}

/**
 * Wake-up calls and lossy market data between processes. A message may be lost when a process
 * dies; whoever needs certainty reads the database after the call. Payloads stay below 7,500 bytes.
 */
export interface Bus {
  publish<T extends BusTopic>(topic: T, message: BusMessage<T>): Promise<void>;
  /**
   * Resolves when messages published from now on will arrive. `onGap` is called when the connection
   * was lost and is back: what was published in between is gone, so read the database.
   */
  subscribe<T extends BusTopic>(
    topic: T,
    handler: (message: BusMessage<T>) => void,
    onGap?: () => void,
  ): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * - `user.<id>`: this user's event log grew; the message names the new last sequence number.
 * - `outbox`: some event waits to be published.
 * - `ticks.<feedId>`: a batch of ticks.
 * - `feed.<feedId>`: the feed's owner has something to look at (an order, a settled decision, a control).
 * - `feeds`: a feed was started or stopped; owners look for work.
 * - `credentials`: what makes a user's credentials good or bad changed; look anew.
 * - `letters`: someone asked for a letter, or one was written.
 * - `kill-switch`: one was pulled.
 * - `audit`: a chain of the audit trail grew.
 * - `progress.<userId>`: progress of a run or of a search, the clock of a replay.
 */
export type BusTopic =
  | `user.${string}`
  | 'outbox'
  | `ticks.${string}`
  | `feed.${string}`
  | 'feeds'
  | 'credentials'
  | 'letters'
  | 'kill-switch'
  | 'audit'
  | `progress.${string}`;

export type BusMessage<T extends BusTopic> = T extends `ticks.${string}`
  ? TickBatch
  : T extends `user.${string}`
    ? { readonly sequence: string }
    : T extends `progress.${string}`
      ? ProgressMessage
      : T extends 'credentials'
        ? { readonly userId: string }
        : Record<string, never>;

/** Ticks as columns of equal length; instruments by id. */
export interface TickBatch {
  readonly instrumentIds: readonly string[];
  /** Epoch milliseconds of market time. */
  readonly times: readonly number[];
  readonly prices: readonly number[];
  /** Cumulative volume of the day; null: unknown. */
  readonly volumes: readonly (number | null)[];
}

/** Live progress that carries no sequence number: a run's percent, a search that came on, a replay's clock. */
export type ProgressMessage =
  | { readonly kind: 'run'; readonly runId: string; readonly percent: number }
  | { readonly kind: 'optimisation'; readonly optimisationId: string }
  | { readonly kind: 'replay'; readonly replaySessionId: string; readonly marketTime: number };

import type { Bus } from '@nandax/app/ports/bus.ts';
import type { EventView, Reads } from '@nandax/app/ports/reads.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { ResumePositionExpired } from '../errors/graphql-errors.ts';
import { createLoaders, type Loaders } from '../loaders.ts';

/** An event with the loaders that all its readers share. */
export interface LoggedEvent {
  readonly event: EventView;
  readonly loaders: Loaders;
}

/** Events read at a time. */
const batchSize = 200;
/** Newest events kept for readers who keep up; whoever lags behind them reads the database. */
const tailLength = 256;
/** Before a read that failed is tried again, milliseconds. */
const retryMs = 1_000;

export interface EventLogPorts {
  readonly bus: Bus;
  readonly reads: Reads;
  readonly log: Log;
}

/**
 * One user's event log in this process: the bus says that it grew, one read fetches what is new, and
 * every subscriber of that user draws from the same tail. Sequences have no gaps and become visible
 * in order (the counter is locked to the commit), so reading on from the last one misses nothing.
 */
export class UserEventLog {
  readonly #ports: EventLogPorts;
  readonly #userId: string;
  readonly #readers = new Set<() => void>();
  #unsubscribe: () => Promise<void> = () => Promise.resolve();
  /** The newest events, without a gap, up to `#head`. */
  #tail: LoggedEvent[] = [];
  #head = 0n;
  /** Nothing is read on before the head is known: it would be set back, and reads would overlap. */
  #reading = true;
  #grown = false;
  #closed = false;

  private constructor(ports: EventLogPorts, userId: string) {
    this.#ports = ports;
    this.#userId = userId;
  }

  static async open(ports: EventLogPorts, userId: string): Promise<UserEventLog> {
    const log = new UserEventLog(ports, userId);
    const look = () => void log.#readOn();
    // Listening first: what happens between that and the look at the head is then heard.
    log.#unsubscribe = await ports.bus.subscribe(`user.${userId}`, look, look);
    log.#head = (await ports.reads.events.bounds(userId)).last;
    log.#reading = false;
    if (log.#grown) look();
    return log;
  }

  /** Calls `wake` whenever there is more to read; returns how to stop that. */
  onGrowth(wake: () => void): () => void {
    this.#readers.add(wake);
    return () => this.#readers.delete(wake);
  }

  /** Where a reader begins: after `after`, or now. @throws ResumePositionExpired */
  async position(after: bigint | null): Promise<bigint> {
    const { first, last } = await this.#ports.reads.events.bounds(this.#userId);
    if (after === null) return last;
    if (after + 1n < first || after > last) throw new ResumePositionExpired(after, first, last);
    return after;
  }

  /** Some events after `position`, in order; empty: there are none yet. */
  async after(position: bigint): Promise<readonly LoggedEvent[]> {
    const oldest = this.#tail[0]?.event.sequence;
    if (oldest !== undefined && position + 1n >= oldest) {
      return this.#tail.slice(Number(position + 1n - oldest));
    }
    return position >= this.#head ? [] : this.#read(position);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#unsubscribe();
  }

  async #read(position: bigint): Promise<LoggedEvent[]> {
    const { reads } = this.#ports;
    const events = await reads.events.after(this.#userId, position, batchSize);
    return events.map((event) => ({ event, loaders: createLoaders(reads) }));
  }

  /** One read at a time; a call during a read makes another. */
  async #readOn(): Promise<void> {
    this.#grown = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#grown && !this.#closed) {
        this.#grown = false;
        await this.#fetch();
      }
    } catch (error) {
      this.#ports.log.error({ error, userId: this.#userId }, 'event log not read');
      setTimeout(() => void this.#readOn(), retryMs).unref();
    } finally {
      this.#reading = false;
    }
  }

  async #fetch(): Promise<void> {
    for (;;) {
      const events = await this.#read(this.#head);
      const last = events.at(-1);
      if (last === undefined) return;
      this.#tail = [...this.#tail, ...events].slice(-tailLength);
      this.#head = last.event.sequence;
      for (const wake of this.#readers) wake();
      if (events.length < batchSize) return;
    }
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '@nandax/app/ports/world.ts';
import type { Subscriptions } from './subscriptions.ts';

const channelPrefix = 'nandax.';

/** PostgreSQL cuts channel names at 63 bytes; ours, with a UUID, stay below. */
export function channelOf(topic: string): string {
  return channelPrefix + topic;
}

/**
 * The listening side: one connection that is made again whenever it breaks, listening again to
 * everything, and telling the subscribers that there was a gap.
 */
export class PostgresListener {
  readonly #connectionString: string;
  readonly #log: Log;
  readonly #subscriptions: Subscriptions;
  readonly #stop = new AbortController();
  #client: Promise<pg.Client>;
  #lastCommand: Promise<void> = Promise.resolve();

  constructor(connectionString: string, log: Log, subscriptions: Subscriptions) {
    this.#connectionString = connectionString;
    this.#log = log;
    this.#subscriptions = subscriptions;
    this.#client = this.#connect(false);
    this.#client.catch(() => undefined);
  }

  /** Resolves when the topic is listened to, however long the database is away. */
  async listen(topic: string): Promise<void> {
    await this.#command(`LISTEN ${pg.escapeIdentifier(channelOf(topic))}`);
  }

  async unlisten(topic: string): Promise<void> {
    if (this.#stop.signal.aborted) return;
    await this.#command(`UNLISTEN ${pg.escapeIdentifier(channelOf(topic))}`);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    const client = await this.#client.catch(() => null);
    await client?.end();
  }

  /** One after the other: a client runs one query at a time. */
  #command(sql: string): Promise<void> {
    const command = this.#lastCommand.then(() => this.#run(sql));
    this.#lastCommand = command.catch(() => undefined);
    return command;
  }

  async #run(sql: string): Promise<void> {
    for (;;) {
      const client = await this.#client;
      try {
        await client.query(sql);
        return;
      } catch (error) {
        if (this.#stop.signal.aborted) throw error;
        // LISTEN fails for the connection only. Its end, if not seen yet, brings the next one.
        await client.end().catch(() => undefined);
      }
    }
  }

  async #connect(again: boolean): Promise<pg.Client> {
    for (let attempt = 0; ; attempt += 1) {
      const client = new pg.Client({
        connectionString: this.#connectionString,
        application_name: 'nandax bus',
        connectionTimeoutMillis: 5_000,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
      });
      client.on('notification', ({ channel, payload }) =>
        this.#subscriptions.deliver(channel.slice(channelPrefix.length), payload ?? '{}'),
      );
      client.on('error', (error) => this.#log.warn({ error }, 'the bus is away'));
      try {
        await client.connect();
        const topics = this.#subscriptions.topics();
        const listens = topics.map((topic) => `LISTEN ${pg.escapeIdentifier(channelOf(topic))}`);
        if (listens.length > 0) await client.query(listens.join(';'));
        client.once('end', () => this.#replace());
        if (again) this.#subscriptions.gap();
        return client;
      } catch (error) {
        await client.end().catch(() => undefined);
        if (this.#stop.signal.aborted) throw error;
        this.#log.warn({ error, attempt }, 'the bus cannot connect');
        await pause(Math.min(100 * 2 ** attempt, 3_000), undefined, { signal: this.#stop.signal });
      }
    }
  }

  #replace(): void {
    if (this.#stop.signal.aborted) return;
    this.#client = this.#connect(true);
    this.#client.catch(() => undefined);
  }
}

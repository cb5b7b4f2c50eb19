import pg from 'pg';
import type { TickBatch } from '@nandax/app/ports/bus.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { channelOf } from './postgres-listener.ts';
import { isTickBatch } from './subscriptions.ts';
import { encodeTicks, joinTicks } from './tick-wire.ts';

/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const maxPayloadBytes = 7_900;

/** What waits for the next statement: messages in order, and per topic the ticks to join. */
interface Pending {
  readonly messages: { readonly topic: string; readonly text: string }[];
  readonly ticks: Map<string, TickBatch[]>;
}

/**
 * Sends notifications, one statement at a time: whatever is published while one is under way goes
 * out together with the next, ticks of one topic joined. So an idle bus adds no delay, and a busy
 * one few statements, since each NOTIFY takes a lock that commits wait for.
 */
export class PostgresNotifier {
  readonly #pool: pg.Pool;
  #pending: Pending = { messages: [], ticks: new Map() };
  /** The statement under way. */
  #current: Promise<void> | undefined;
  /** The one that will take what is pending. */
  #next: Promise<void> | undefined;

  constructor(connectionString: string, log: Log) {
    this.#pool = new pg.Pool({
      connectionString,
      max: 1,
      connectionTimeoutMillis: 5_000,
      // A notification needs no disk: were it lost in a crash, its listeners would have been, too.
      options: '-c synchronous_commit=off',
    });
    this.#pool.on('error', (error) => log.warn({ error }, 'the bus is away'));
  }

  async publish(topic: string, message: object): Promise<void> {
    if (isTickBatch(topic, message)) {
      const waiting = this.#pending.ticks.get(topic);
      if (waiting === undefined) this.#pending.ticks.set(topic, [message]);
      else waiting.push(message);
    } else {
      const text = JSON.stringify(message);
      if (Buffer.byteLength(text) > maxPayloadBytes) {
        throw new Error(`A message on ${topic} has more than ${maxPayloadBytes} bytes.`);
      }
      this.#pending.messages.push({ topic, text });
    }
    await (this.#next ??= this.#sendAfterCurrent());
  }

  async close(): Promise<void> {
    await (this.#next ?? this.#current)?.catch(() => undefined);
    await this.#pool.end();
  }

  async #sendAfterCurrent(): Promise<void> {
    // Also without a statement under way: what is published in this turn goes out together.
    await this.#current?.catch(() => undefined);
    const { messages, ticks } = this.#pending;
    this.#pending = { messages: [], ticks: new Map() };
    this.#next = undefined;
    for (const [topic, batches] of ticks) {
      for (const text of encodeTicks(joinTicks(batches), maxPayloadBytes)) {
        messages.push({ topic, text });
      }
    }
    this.#current = this.#send(messages);
    await this.#current;
  }

  async #send(messages: Pending['messages']): Promise<void> {
    await this.#pool.query({
      name: 'notify',
      text: 'SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS m(channel, payload)',
      values: [messages.map(({ topic }) => channelOf(topic)), messages.map(({ text }) => text)],
    });
  }
}

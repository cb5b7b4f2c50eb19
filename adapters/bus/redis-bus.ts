import { Redis } from 'ioredis';
import type { Bus } from '@nandax/app/ports/bus.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { isTickBatch, Subscriptions, type Subscription } from './subscriptions.ts';
import { encodeTicks } from './tick-wire.ts';

export interface RedisBusOptions {
  readonly url: string;
  /** Start of every channel's name. Default: `nandax`. */
  readonly prefix?: string;
  readonly log: Log;
}

/** The bus on Redis pub/sub. Publishing fails fast while Redis is away; subscriptions come back. */
export function createRedisBus(options: RedisBusOptions): Bus {
  const prefix = `${options.prefix ?? 'nandax'}:bus:`;
  const subscriptions = new Subscriptions(options.log);
  const publisher = new Redis(options.url, { maxRetriesPerRequest: 1 });
  // Subscribing again is done below, since the gap may be told only after it.
  const subscriber = new Redis(options.url, {
    maxRetriesPerRequest: null,
    autoResubscribe: false,
    // ioredis sends SUBSCRIBE before it asks INFO whether Redis is ready, which a subscriber may not.
    enableReadyCheck: false,
    connectionName: `${options.prefix ?? 'nandax'}-bus`,
  });
  for (const connection of [publisher, subscriber]) {
    connection.on('error', (error) => options.log.warn({ error }, 'the bus is away'));
  }
  let connectedBefore = false;
  subscriber.on('ready', () => {
    const channels = subscriptions.topics().map((topic) => prefix + topic);
    if (connectedBefore && channels.length > 0) {
      subscriber.subscribe(...channels).then(
        () => subscriptions.gap(),
        (error: unknown) => options.log.warn({ error }, 'the bus is away'),
      );
    }
    connectedBefore = true;
  });
  subscriber.on('message', (channel, text) =>
    subscriptions.deliver(channel.slice(prefix.length), text),
  );
  return {
    async publish(topic, message) {
      const texts = isTickBatch(topic, message)
        ? encodeTicks(message, Infinity)
        : [JSON.stringify(message)];
      await Promise.all(texts.map((text) => publisher.publish(prefix + topic, text)));
    },
    async subscribe(topic, handler, onGap) {
      const subscription: Subscription = { handler, onGap };
      subscriptions.add(topic, subscription);
      // Also when not the first: the first one's command may still be under way, and order holds.
      await subscriber.subscribe(prefix + topic);
      return async () => {
        if (subscriptions.remove(topic, subscription)) await subscriber.unsubscribe(prefix + topic);
      };
    },
    close() {
      publisher.disconnect();
      subscriber.disconnect();
      return Promise.resolve();
    },
  };
}

import type { Bus } from '@nandax/app/ports/bus.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { PostgresListener } from './postgres-listener.ts';
import { PostgresNotifier } from './postgres-notifier.ts';
import { Subscriptions, type Subscription } from './subscriptions.ts';

export interface PostgresBusOptions {
  /** A direct connection: LISTEN does not pass a pooler. */
  readonly connectionString: string;
  readonly log: Log;
}

/** The bus on LISTEN/NOTIFY. Publishing fails fast while PostgreSQL is away; subscriptions come back. */
export function createPostgresBus(options: PostgresBusOptions): Bus {
  const subscriptions = new Subscriptions(options.log);
  const listener = new PostgresListener(options.connectionString, options.log, subscriptions);
  const notifier = new PostgresNotifier(options.connectionString, options.log);
  return {
    publish: (topic, message) => notifier.publish(topic, message),
    async subscribe(topic, handler, onGap) {
      const subscription: Subscription = { handler, onGap };
      subscriptions.add(topic, subscription);
      await listener.listen(topic);
      return async () => {
        if (subscriptions.remove(topic, subscription)) await listener.unlisten(topic);
      };
    },
    async close() {
      await Promise.all([listener.close(), notifier.close()]);
    },
  };
}

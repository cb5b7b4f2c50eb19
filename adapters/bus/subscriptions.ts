import type { BusTopic, TickBatch } from '@nandax/app/ports/bus.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { decodeTicks } from './tick-wire.ts';

/** One caller's interest in a topic. */
export interface Subscription {
  readonly handler: (message: never) => void;
  readonly onGap: (() => void) | undefined;
}

/** Who listens to what in this process; the same for every bus. */
export class Subscriptions {
  readonly #byTopic = new Map<string, Set<Subscription>>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  topics(): string[] {
    return [...this.#byTopic.keys()];
  }

  /** True: the first one of its topic. */
  add(topic: BusTopic, subscription: Subscription): boolean {
    const others = this.#byTopic.get(topic);
    if (others !== undefined) {
      others.add(subscription);
      return false;
    }
    this.#byTopic.set(topic, new Set([subscription]));
    return true;
  }

  /** True: the last one of its topic. */
  remove(topic: BusTopic, subscription: Subscription): boolean {
    const all = this.#byTopic.get(topic);
    if (all?.delete(subscription) !== true || all.size > 0) return false;
    this.#byTopic.delete(topic);
    return true;
  }

  /** Hands a message to all of its topic; a handler that throws harms no other. */
  deliver(topic: string, text: string): void {
    const interested = this.#byTopic.get(topic);
    if (interested === undefined) return;
    const message = isTickTopic(topic) ? decodeTicks(text) : (JSON.parse(text) as unknown);
    for (const { handler } of [...interested]) {
      this.#guard(topic, () => handler(message as never));
    }
  }

  /** The connection was lost and is back: what was published in between is gone. */
  gap(): void {
    for (const [topic, interested] of this.#byTopic) {
      for (const { onGap } of [...interested]) if (onGap) this.#guard(topic, onGap);
    }
  }

  #guard(topic: string, call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#log.error({ topic, error }, 'a bus handler failed');
    }
  }
}

export function isTickTopic(topic: string): boolean {
  return topic.startsWith('ticks.');
}

/** Narrows a message by its topic. */
export function isTickBatch(topic: string, message: object): message is TickBatch {
  return isTickTopic(topic) && 'times' in message;
}

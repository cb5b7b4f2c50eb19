import type { Bus, BusTopic } from '@nandax/app/ports/bus.ts';
import type { Scheduler, SimulatedProcess } from './scheduler.ts';

/** A bus that loses nothing but what a dead process should have heard. */
export class SimulatedBus {
  readonly #calls = new Map<string, Set<() => void>>();

  constructor(private readonly scheduler: Scheduler) {}

  connect(process: SimulatedProcess): Bus {
    return {
      publish: async (topic) => {
        await this.scheduler.turn(process);
        for (const call of this.#calls.get(topic) ?? []) call();
      },
      subscribe: (topic, handler) => {
        const hear = () => (handler as (message: object) => void)({});
        this.#topic(topic).add(hear);
        return Promise.resolve(() => Promise.resolve(void this.#topic(topic).delete(hear)));
      },
      close: () => Promise.resolve(),
    };
  }

  #topic(topic: BusTopic): Set<() => void> {
    const calls = this.#calls.get(topic) ?? new Set();
    this.#calls.set(topic, calls);
    return calls;
  }
}

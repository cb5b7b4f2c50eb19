import type { Bus, BusTopic } from '@nandax/app/ports/bus.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';

/** Something that is looked at again and again. */
export interface Chore {
  /** For the log. */
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** What is done in rounds, and when the next one begins. */
export interface RoundsPlan {
  /** In their order; one that fails holds up no other. */
  readonly chores: readonly Chore[];
  /** Milliseconds from the end of a round to the next although nobody called: a call may be lost. */
  readonly everyMs: number;
  /** Topics whose messages begin a round at once. */
  readonly calls?: readonly Extract<BusTopic, 'outbox' | 'letters' | 'kill-switch' | 'audit'>[];
  /** Milliseconds in which a burst of calls is gathered to be one round; left out: none. */
  readonly gatherMs?: number;
  /** Whether a stop does one more round, for what the last jobs left behind. */
  readonly endsWithRound?: boolean;
}

/** Does its chores at once, at every call and from time to time, one round at a time. */
export class Rounds {
  readonly #wake = new WakeCall();
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly ports: { readonly bus: Bus; readonly log: Log },
    private readonly plan: RoundsPlan,
  ) {}

  async start(): Promise<void> {
    const { calls = [] } = this.plan;
    const call = () => this.#wake.call();
    const unsubscribe = await Promise.all(
      calls.map((topic) => this.ports.bus.subscribe(topic, call, call)),
    );
    this.#loop = this.#run().finally(() => Promise.all(unsubscribe.map((end) => end())));
  }

  /** Resolves when the chore under way is done. */
  async close(): Promise<void> {
    this.#stopped = true;
    this.#wake.call();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { everyMs, gatherMs, endsWithRound = false } = this.plan;
    for (;;) {
      const last = this.#stopped;
      if (!last || endsWithRound) await this.#round();
      if (last) return;
      await this.#wake.wait(everyMs);
      if (gatherMs !== undefined && !this.#stopped) {
        await new Promise((resolve) => setTimeout(resolve, gatherMs));
      }
    }
  }

  async #round(): Promise<void> {
    const { chores, endsWithRound = false } = this.plan;
    for (const { name, run } of chores) {
      if (this.#stopped && !endsWithRound) return;
      try {
        await run();
      } catch (error) {
        this.ports.log.error({ error, chore: name }, 'a chore failed');
      }
    }
  }
}

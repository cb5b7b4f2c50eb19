import { relayOutbox } from '@nandax/app/events/relay-outbox.ts';
import { requeueFailedJobs } from '@nandax/app/events/requeue-failed-jobs.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';

/** The outbox is looked at this often even when no call came; a call may be lost, an event not. */
const lookAgainMs = 1_000;

/** Moves events out of the outbox as soon as transactions leave them there. */
export class OutboxRelay {
  readonly #wake = new WakeCall();
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly ports: Pick<TradingPorts, 'store' | 'queue' | 'bus' | 'clock' | 'log'>,
  ) {}

  async start(): Promise<void> {
    const unsubscribe = await this.ports.bus.subscribe('outbox', () => this.#wake.call());
    this.#loop = this.#run().finally(unsubscribe);
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#wake.call();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await relayOutbox(this.ports);
        await requeueFailedJobs(this.ports);
      } catch (error) {
        this.ports.log.error({ error }, 'the outbox could not be relayed');
      }
      // `close` calls too, so that a stop does not wait for the next look.
      await this.#wake.wait(lookAgainMs);
    }
  }
}

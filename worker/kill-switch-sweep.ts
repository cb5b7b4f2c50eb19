import { sweepKillSwitches, type KillSwitchPorts } from '@nandax/app/risk/sweep-kill-switch.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';

/** Pulled kill switches are looked for this often even when no call came; a call may be lost. */
const lookAgainMs = 1_000;

/** Goes on with pulled kill switches, at once and every second, until all is flat. */
export class KillSwitchSweep {
  readonly #wake = new WakeCall();
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(private readonly ports: KillSwitchPorts) {}

  async start(): Promise<void> {
    const unsubscribe = await this.ports.bus.subscribe('kill-switch', () => this.#wake.call());
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
        await sweepKillSwitches(this.ports);
      } catch (error) {
        this.ports.log.error({ error }, 'the kill switches could not be swept');
      }
      await this.#wake.wait(lookAgainMs);
    }
  }
}

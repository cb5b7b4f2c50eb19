import { AnchoredHeads, type AnchorHeadsPorts } from '@nandax/app/audit/anchored-heads.ts';
import type { Bus } from '@nandax/app/ports/bus.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';

/** Heads are looked at this often even when no call came. */
const lookAgainMs = 60_000;
/** A burst of rows is gathered for so long, to be one batch and one fsync. */
const gatherMs = 100;

/** Anchors the heads of the audit trail as they move. */
export class AuditAnchoring {
  readonly #wake = new WakeCall();
  readonly #heads: AnchoredHeads;
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(private readonly ports: AnchorHeadsPorts & { readonly bus: Bus }) {
    this.#heads = new AnchoredHeads(ports);
  }

  async start(): Promise<void> {
    const call = () => this.#wake.call();
    // What trades tells of its rows by their events only.
    const unsubscribe = await Promise.all(
      (['audit', 'outbox'] as const).map((topic) => this.ports.bus.subscribe(topic, call, call)),
    );
    this.#loop = this.#run().finally(() => Promise.all(unsubscribe.map((end) => end())));
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#wake.call();
    await this.#loop;
  }

  async #run(): Promise<void> {
    for (;;) {
      // Once more at the end, so that what the last jobs did is anchored too.
      const last = this.#stopped;
      try {
        await this.#heads.catchUp();
      } catch (error) {
        this.ports.log.error({ error }, 'the audit trail could not be anchored');
      }
      if (last) return;
      await this.#wake.wait(lookAgainMs);
      if (!this.#stopped) await new Promise((resolve) => setTimeout(resolve, gatherMs));
    }
  }
}

import { deliverLetters } from '@nandax/app/mail/deliver-letters.ts';
import type { AccountPorts } from '@nandax/app/ports/account-ports.ts';
import type { LetterBox, MailTransport } from '@nandax/app/ports/mail.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { writeLettersForRequests } from '@nandax/app/registration/write-letters-for-requests.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';

/** Letters are looked at this often even when no call came: one may be lost, and some were put off. */
const lookAgainMs = 30_000;

export interface PostOfficePorts extends AccountPorts {
  readonly log: Log;
  readonly letterBox: LetterBox;
  /** Null: no mail server; letters stay in the local outbox. */
  readonly mail: MailTransport | null;
}

/** Writes the letters that were asked for, and hands all that wait to the mail server. */
export class PostOffice {
  readonly #wake = new WakeCall();
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(private readonly ports: PostOfficePorts) {}

  async start(): Promise<void> {
    const call = () => this.#wake.call();
    const unsubscribe = await this.ports.bus.subscribe('letters', call, call);
    this.#loop = this.#run().finally(unsubscribe);
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#wake.call();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      // One that fails must not hold up the other.
      await this.#attempt('letters could not be written', () =>
        writeLettersForRequests(this.ports),
      );
      const { mail } = this.ports;
      if (mail !== null) {
        await this.#attempt('letters could not be delivered', () =>
          deliverLetters({ ...this.ports, mail }),
        );
      }
      await this.#wake.wait(lookAgainMs);
    }
  }

  async #attempt(failure: string, work: () => Promise<number>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.ports.log.error({ error }, failure);
    }
  }
}

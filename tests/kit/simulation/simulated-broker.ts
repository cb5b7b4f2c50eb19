import type {
  Broker,
  BrokerDirectory,
  BrokerOrder,
  BrokerOrderState,
  LookupOutcome,
  PlacementOutcome,
} from '@nandax/app/ports/broker.ts';
import type { BrokerFault } from '../broker/faults.ts';
import { positionOf } from '../broker/position-of.ts';
import type { StandInBroker } from '../broker/stand-in-broker.ts';
import type { Scheduler, SimulatedProcess } from './scheduler.ts';

/** Milliseconds after which a call to the broker is given up. */
const timeoutMs = 5_000;
/** Longest that something is late, milliseconds: some of it comes after the call was given up. */
const longestDelayMs = 25_000;
/** How often a call or a push meets the fault of the story. */
const faultChance = 0.5;

const silence = { kind: 'TIMED_OUT', reason: 'The broker gave no answer.' } as const;
const noAnswer = { kind: 'FAILED', reason: 'The broker gave no answer.' } as const;

/** The network between the broker and us, with the one fault of a story on it. */
export class FaultyNetwork {
  /** What is on its way arrives though the process that sent it dies. */
  readonly #wire: SimulatedProcess = { name: 'network', alive: true };
  #fault: BrokerFault;
  #onTheWay = 0;

  constructor(
    private readonly scheduler: Scheduler,
    readonly broker: StandInBroker,
    fault: BrokerFault,
  ) {
    this.#fault = fault;
  }

  /** From now on nothing is lost any more. */
  heal(): void {
    this.#fault = 'NONE';
  }

  /** Whether nothing is on its way. */
  get isQuiet(): boolean {
    return this.#onTheWay === 0;
  }

  /** Brings every word of the broker to `deliver`, as often and as late as the fault has it. */
  onPush(deliver: (word: BrokerOrderState) => void): void {
    this.broker.onChange((word) => {
      const fault = this.#draw();
      // Neither a lost push nor one that nobody can read tells anything.
      if (fault === 'DROP' || fault === 'GARBAGE') return;
      const late = fault === 'DELAY' || fault === 'REORDER';
      const copies = fault === 'DUPLICATE' ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        this.#send(async () => {
          await this.scheduler.sleep(this.#wire, late ? this.#delay() : 0);
          deliver(word);
        });
      }
    });
  }

  /** The broker as a process sees it. */
  connect(process: SimulatedProcess, placesOnce: boolean): BrokerDirectory {
    const broker: Broker = {
      placesOnce,
      traffic: null,
      place: (order) => this.#place(process, order),
      modify: async ({ brokerOrderId }, terms) =>
        (await this.#call(process, () => this.broker.modify(brokerOrderId, terms))) ?? silence,
      cancel: async ({ brokerOrderId }) =>
        (await this.#call(process, () => this.broker.cancel(brokerOrderId))) ?? silence,
      lookUp: (clientOrderId) => this.#lookUp(process, clientOrderId),
      orderBook: async () => {
        const orders = await this.#call(process, () => [...this.broker.book]);
        return orders === null ? noAnswer : { kind: 'READ', orders };
      },
      positions: async () => {
        const positions = await this.#call(process, () => this.broker.positions());
        return positions === null
          ? noAnswer
          : { kind: 'READ', positions: [...positions].map(positionOf) };
      },
      funds: () => Promise.resolve(noAnswer),
    };
    return { of: () => broker };
  }

  async #place(process: SimulatedProcess, order: BrokerOrder): Promise<PlacementOutcome> {
    const answer = await this.#call(process, () => this.broker.place(order));
    return answer ?? silence;
  }

  async #lookUp(process: SimulatedProcess, clientOrderId: string): Promise<LookupOutcome> {
    const answer = await this.#call(process, () => ({ state: this.broker.find(clientOrderId) }));
    if (answer === null) return noAnswer;
    return answer.state === null ? { kind: 'ABSENT' } : { kind: 'FOUND', state: answer.state };
  }

  /** Null: no answer that can be read, though the broker may have done what was asked. */
  async #call<T>(process: SimulatedProcess, work: () => T): Promise<T | null> {
    const { scheduler } = this;
    const fault = this.#draw();
    const answers: (T | null)[] = [];
    const [lostOnTheWay, lateOnTheWay] = [
      scheduler.random.chance(0.5),
      scheduler.random.chance(0.5),
    ];
    this.#send(async () => {
      if (fault === 'DROP' && lostOnTheWay) return;
      await scheduler.sleep(this.#wire, fault === 'DELAY' && lateOnTheWay ? this.#delay() : 0);
      const value = work();
      if (fault === 'DROP') return;
      await scheduler.sleep(this.#wire, fault === 'DELAY' ? this.#delay() : 0);
      answers.push(fault === 'ERROR' || fault === 'GARBAGE' ? null : value);
    });
    await scheduler.until(process, () => answers.length > 0, timeoutMs);
    return answers[0] ?? null;
  }

  #send(journey: () => Promise<void>): void {
    this.#onTheWay += 1;
    this.scheduler.spawn(this.#wire, () => journey().finally(() => (this.#onTheWay -= 1)));
  }

  #draw(): BrokerFault {
    return this.scheduler.random.chance(faultChance) ? this.#fault : 'NONE';
  }

  #delay(): number {
    return this.scheduler.random.below(longestDelayMs);
  }
}

import { SeededRandom } from './seeded-random.ts';

/** A process of a simulated installation. Once dead, none of its promises ever settles. */
export interface SimulatedProcess {
  readonly name: string;
  alive: boolean;
}

interface Waiting {
  readonly process: SimulatedProcess;
  readonly isReady: () => boolean;
  /** Virtual time at which it goes on in any case. */
  readonly due: number;
  readonly resume: () => void;
}

/**
 * The one clock and the one order of things: whatever happens in a simulation waits here for its
 * turn, and the seed decides who goes next. So a seed fixes every interleaving.
 */
export class Scheduler {
  readonly random: SeededRandom;
  /** Epoch milliseconds of the virtual wall clock. */
  now: number;
  #waiting: Waiting[] = [];
  /** Turns given so far. */
  turns = 0;
  #failure: { readonly error: unknown } | null = null;

  constructor(seed: number, now: number) {
    this.random = new SeededRandom(seed);
    this.now = now;
  }

  /** Resolves when it is the caller's turn. */
  turn(process: SimulatedProcess): Promise<void> {
    return this.until(process, always, Infinity);
  }

  /** Resolves `milliseconds` of virtual time later. */
  sleep(process: SimulatedProcess, milliseconds: number): Promise<void> {
    return this.until(process, never, milliseconds);
  }

  /** Resolves at a turn at which the condition holds, or once `patience` milliseconds are over. */
  until(process: SimulatedProcess, isReady: () => boolean, patience = Infinity): Promise<void> {
    if (!process.alive) return new Promise(() => undefined);
    return new Promise((resume) => {
      this.#waiting.push({ process, isReady, due: this.now + patience, resume });
    });
  }

  /** Starts work of a process beside whatever else it does. */
  spawn(process: SimulatedProcess, work: () => Promise<void>): void {
    void work().catch((error: unknown) => {
      if (process.alive) this.#failure ??= { error };
    });
  }

  /** SIGKILL: nothing is drained, nothing is said. */
  kill(process: SimulatedProcess): void {
    process.alive = false;
    this.#waiting = this.#waiting.filter((waiting) => waiting.process !== process);
  }

  /** Gives turns until `isDone`; throws what a spawned work threw, and where all wait for ever. */
  async run(isDone: () => boolean): Promise<void> {
    for (;;) {
      // Whatever the last turn set going has come to its next wait once the loop is idle.
      await new Promise(setImmediate);
      if (this.#failure !== null) throw this.#failure.error;
      if (isDone()) return;
      this.#giveTurn();
    }
  }

  #giveTurn(): void {
    let ready = this.#ready();
    if (ready.length === 0) {
      const due = Math.min(...this.#waiting.map((waiting) => waiting.due));
      if (due === Infinity) throw new Error('everything waits for something that never comes');
      this.now = due;
      ready = this.#ready();
    }
    const next = this.random.pick(ready);
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.now += this.random.below(3);
    this.turns += 1;
    next.resume();
  }

  #ready(): Waiting[] {
    return this.#waiting.filter(({ due, isReady }) => due <= this.now || isReady());
  }
}

function always(): boolean {
  return true;
}

function never(): boolean {
  return false;
}

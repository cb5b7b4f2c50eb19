import type { Sampler } from './sampler.ts';
import type { Proposal, Trial, TrialOutcome } from './trial.ts';

/**
 * A search that is asked for points to try and told what came of them, in any order and by any number of
 * threads. Which points it asks for depends on the sampler only. Trials that are known already, of a
 * search that was broken off, are not asked for again, and the search goes on as it would have.
 */
export class Search {
  /** Most points that are proposed at one time. */
  readonly batchSize: number;
  /** Null: it has proposed all that it will; what it remembers can go. */
  #sampler: Sampler | null;
  readonly #most: number;
  readonly #known: Map<number, Trial>;
  readonly #trials: (Trial | undefined)[] = [];
  #queue: Proposal[] = [];
  #proposed = 0;
  #told = 0;

  /** At most `most` trials. @throws Error for known trials of another search. */
  constructor(sampler: Sampler, most: number, known: readonly Trial[] = []) {
    this.#sampler = sampler;
    this.batchSize = sampler.batchSize;
    this.#most = most;
    this.#known = new Map(known.map((trial) => [trial.number, trial]));
    this.#refill();
  }

  /** How many trials were told. */
  get told(): number {
    return this.#told;
  }

  /** Whether every trial there will be was told. */
  get isOver(): boolean {
    return this.#sampler === null && this.#told === this.#proposed;
  }

  /** The trials told, by their number. */
  trials(): readonly Trial[] {
    return this.#trials.filter((trial) => trial !== undefined);
  }

  /** At most `count` points to try; none while it waits for what it asked for, or is at its end. */
  ask(count: number): readonly Proposal[] {
    const asked: Proposal[] = [];
    while (asked.length < count) {
      if (this.#queue.length === 0) this.#refill();
      const next = this.#queue.shift();
      if (next === undefined) break;
      asked.push(next);
    }
    return asked;
  }

  /** Takes what came of a proposal. */
  tell({ number, point }: Proposal, outcome: TrialOutcome): void {
    if (this.#trials[number] !== undefined) throw new Error(`trial ${number} was told twice`);
    this.#trials[number] = { number, point, outcome };
    this.#told += 1;
    if (this.#queue.length === 0) this.#refill();
  }

  /** Proposes batches until one holds something to try, or must wait for trials, or none is left. */
  #refill(): void {
    while (this.#queue.length === 0 && this.#sampler !== null) {
      const { learns, batchSize } = this.#sampler;
      if (learns && this.#told < this.#proposed) return;
      const points = this.#sampler.next(learns ? this.trials() : []);
      for (const point of points.slice(0, this.#most - this.#proposed)) {
        this.#propose({ number: this.#proposed, point });
      }
      if (points.length < batchSize || this.#proposed === this.#most) this.#sampler = null;
    }
  }

  #propose(proposal: Proposal): void {
    this.#proposed += 1;
    const known = this.#known.get(proposal.number);
    if (known === undefined) {
      this.#queue.push(proposal);
      return;
    }
    if (known.point.join(' ') !== proposal.point.join(' ')) {
      throw new Error(`trial ${proposal.number} is not one of this search`);
    }
    this.#trials[proposal.number] = known;
    this.#told += 1;
  }
}

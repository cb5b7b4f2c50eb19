import type { SeededRandom } from './seeded-random.ts';
import { isUnnumbered, killsBefore, orderSteps } from './steps.ts';

/** How often a process dies at a step that the story did not choose. */
const randomKillChance = 1 / 60;

/** Where a story kills: at its own step, at those that lead there, and anywhere now and then. */
export class KillPlan {
  kills = 0;
  readonly unlisted = new Set<string>();
  #passes: number;
  #ahead: string[];
  #calm = false;

  constructor(
    private readonly random: SeededRandom,
    step: string,
  ) {
    const first = killsBefore[step] ?? [];
    this.#ahead = [...first, step];
    // The step of a story comes more than once; where others lead to it, or few stories come to it at
    // all, the first is taken.
    this.#passes = first.length > 0 || step.startsWith('send:') ? 0 : random.below(2);
  }

  /** Whether the story's own step came, so that the kill happened. */
  get reached(): boolean {
    return this.#ahead.length === 0;
  }

  endRandomKills(): void {
    this.#calm = true;
  }

  diesAt(step: string): boolean {
    if (!orderSteps.includes(step) && !isUnnumbered(step)) this.unlisted.add(step);
    const dies = this.#isAhead(step) || (!this.#calm && this.random.chance(randomKillChance));
    if (dies) this.kills += 1;
    return dies;
  }

  #isAhead(step: string): boolean {
    if (this.#ahead[0] !== step) return false;
    if (this.#passes > 0) {
      this.#passes -= 1;
      return false;
    }
    this.#ahead = this.#ahead.slice(1);
    return true;
  }
}

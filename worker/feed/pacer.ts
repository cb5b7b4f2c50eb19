import type { Clock } from '@nandax/app/ports/world.ts';
import type { WakeCall } from '@nandax/app/wake-call.ts';

/** Longest single wait; after it the speed and state of the session are looked at again. */
const longestWaitMs = 1_000;

/** Maps market time to the wall clock at a speed that may change on the way. */
export class Pacer {
  #speed: number | null = null;
  /** A pair of instants that belong together; null until the first tick at this speed. */
  #anchor: { readonly market: number; readonly wall: number } | null = null;
  /** Whether the rest of the minute under way is no longer waited for. */
  #hurried = false;

  constructor(
    private readonly clock: Clock,
    private readonly wake: WakeCall,
    /** Says whether to stop waiting at once. */
    private readonly interrupted: () => Promise<boolean>,
  ) {}

  /** A new minute is waited for again, whatever interrupted the one before. */
  beginMinute(): void {
    this.#hurried = false;
  }

  /** Multiple of real time; null: no pace. */
  set speed(speed: number | null) {
    if (speed === this.#speed) return;
    this.#speed = speed;
    this.#anchor = null;
  }

  get paced(): boolean {
    return this.#speed !== null;
  }

  /** Real time or slower does not wait for anyone; faster keeps in step. */
  get inStep(): boolean {
    return this.#speed === null || this.#speed > 1;
  }

  /**
   * Resolves when market time `time` (epoch ms) is due; at once where the wait, or an earlier one of
   * this minute, is interrupted.
   */
  async until(time: number): Promise<void> {
    while (!this.#hurried) {
      const speed = this.#speed;
      if (speed === null) return;
      const now = this.clock.now().getTime();
      // A night or a long gap is not waited for: the market clock just jumps.
      if (this.#anchor === null || time - this.#anchor.market > longestGapMs) {
        this.#anchor = { market: time, wall: now };
      }
      const dueIn = this.#anchor.wall + (time - this.#anchor.market) / speed - now;
      if (dueIn <= 0) {
        // The anchor moves along with what was due, so that a gap is told from a long run.
        this.#anchor = { market: time, wall: now + dueIn };
        return;
      }
      await this.wake.wait(Math.min(dueIn, longestWaitMs));
      this.#hurried = await this.interrupted();
    }
  }
}

/** Market time without ticks that is skipped rather than waited for. */
const longestGapMs = 10 * 60_000;

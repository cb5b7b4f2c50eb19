import type { FailedAttempts } from '../ports/limits.ts';
import type { Clock } from '../ports/world.ts';
import { waitSecondsAfter } from '../sessions/login-throttle.ts';

export interface CodeThrottlePorts {
  readonly failedAttempts: FailedAttempts;
  readonly clock: Clock;
}

/** Without another failure, they are forgotten after this. */
const forgetAfterSeconds = 3_600;

/**
 * Slows down whoever guesses the codes of a user. A code has a million values only and whoever may
 * try knows the password already, so guesses count for the user, from wherever they come. Passkeys
 * and recovery codes at a login cannot be guessed; they stay open to the owner meanwhile.
 */
export class CodeThrottle {
  readonly #ports: CodeThrottlePorts;
  readonly #key: string;

  constructor(ports: CodeThrottlePorts, userId: string) {
    this.#ports = ports;
    this.#key = `second-factor:${userId}`;
  }

  /**
   * Seconds until a guess may be made; 0: now, and it counts as a failure until `succeeded`. It is
   * counted before it is looked at, so guesses at one instant cannot slip past each other.
   */
  async begin(): Promise<number> {
    const { failedAttempts, clock } = this.#ports;
    const now = clock.now();
    const { count, lastAt } = await failedAttempts.read(this.#key, now);
    const since = lastAt === null ? Infinity : (now.getTime() - lastAt.getTime()) / 1000;
    const left = waitSecondsAfter(count) - since;
    if (left > 0) return Math.ceil(left);
    const before = (await failedAttempts.add(this.#key, now, forgetAfterSeconds)) - 1;
    return before > count ? waitSecondsAfter(before) : 0;
  }

  async succeeded(): Promise<void> {
    await this.#ports.failedAttempts.clear(this.#key);
  }
}

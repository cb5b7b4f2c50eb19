import { createHash } from 'node:crypto';
import type { FailedAttempts } from '../ports/limits.ts';
import type { Clock, Pause } from '../ports/world.ts';
import { networkOf } from './network.ts';

export interface ThrottlePorts {
  readonly failedAttempts: FailedAttempts;
  readonly clock: Clock;
  readonly pause: Pause;
}

/** Failures that one network may make for one address before it has to wait. */
const freeFailures = 5;
const firstWaitSeconds = 5;
const longestWaitSeconds = 900;
/** Without another failure, they are forgotten after this. */
const forgetAfterSeconds = 3_600;
/** By how much each failure for an address, from anywhere, slows the next answer. */
const slowerByMs = 100;
const slowestMs = 3_000;

/** How long to wait after so many failures in a row, seconds: longer each time, 15 minutes at most. */
export function waitSecondsAfter(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(firstWaitSeconds * 2 ** (failures - freeFailures), longestWaitSeconds);
}

/**
 * Slows down whoever guesses passwords, for known and unknown addresses alike. One network that
 * fails again and again for one address waits longer each time. Failures from all networks together
 * only slow the answers, by 3 seconds at most: a stranger cannot lock an account.
 */
export class LoginThrottle {
  readonly #ports: ThrottlePorts;
  readonly #pairKey: string;
  readonly #addressKey: string;

  constructor(ports: ThrottlePorts, email: string, ipAddress: string | null) {
    const address = createHash('sha256').update(email).digest('hex');
    this.#ports = ports;
    this.#pairKey = `login:${address}:${networkOf(ipAddress)}`;
    this.#addressKey = `login:${address}`;
  }

  /** Seconds until this network may try again; 0: now. Answers after the delay that is due. */
  async waitSeconds(): Promise<number> {
    const { failedAttempts, clock, pause } = this.#ports;
    const now = clock.now();
    const pair = await failedAttempts.read(this.#pairKey, now);
    if (pair.lastAt !== null) {
      const left = waitSecondsAfter(pair.count) - (now.getTime() - pair.lastAt.getTime()) / 1000;
      if (left > 0) return Math.ceil(left);
    }
    const { count } = await failedAttempts.read(this.#addressKey, now);
    const delay = Math.min(count * slowerByMs, slowestMs);
    if (delay > 0) await pause(delay);
    return 0;
  }

  async failed(): Promise<void> {
    const { failedAttempts, clock } = this.#ports;
    const now = clock.now();
    await failedAttempts.add(this.#pairKey, now, forgetAfterSeconds);
    await failedAttempts.add(this.#addressKey, now, forgetAfterSeconds);
  }

  async succeeded(): Promise<void> {
    await this.#ports.failedAttempts.clear(this.#pairKey);
    await this.#ports.failedAttempts.clear(this.#addressKey);
  }
}

import type { RateLimit, RateVerdict } from '@nandax/app/ports/limits.ts';
import { networkOf } from '@nandax/app/sessions/network.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import type { ApiPorts } from '../ports.ts';
import { takeOrPass, type LimitPorts } from './take-or-pass.ts';

const windowSeconds = 60;
/** Operations of all callers of one network who are not logged in. */
const strangerLimit: RateLimit = { limit: 120, windowSeconds };
/** How long a tier's budget is believed before it is read again, milliseconds. */
const believedMs = 10_000;

/** Who an operation counts for. */
export interface Spender {
  /** Null: someone who is not logged in. */
  readonly viewer: UserView | null;
  readonly ipAddress: string | null;
}

/** What was taken of a budget, with the limit it was taken of. */
export interface BudgetVerdict extends RateVerdict, RateLimit {}

/** How many operations a minute each user and each network of strangers may make. */
export class RequestBudgets {
  readonly #ports: LimitPorts & Pick<ApiPorts, 'reads'>;
  #tiers: { readonly perMinute: ReadonlyMap<string, number>; readonly until: number } | null = null;

  constructor(ports: LimitPorts & Pick<ApiPorts, 'reads'>) {
    this.#ports = ports;
  }

  /** Takes one operation; an administrator's and the demo account's count like any other's. */
  async take({ viewer, ipAddress }: Spender): Promise<BudgetVerdict> {
    const limit =
      viewer === null
        ? strangerLimit
        : { limit: await this.#perMinuteOf(viewer.tier), windowSeconds };
    const key = viewer === null ? `stranger:${networkOf(ipAddress)}` : `user:${viewer.id}`;
    return { ...limit, ...(await takeOrPass(this.#ports, key, limit)) };
  }

  async #perMinuteOf(tier: UserView['tier']): Promise<number> {
    const now = this.#ports.clock.now().getTime();
    if (this.#tiers === null || this.#tiers.until <= now) {
      const limits = await this.#ports.reads.tierLimits();
      const perMinute = new Map(limits.map((each) => [each.tier, each.requestsPerMinute]));
      this.#tiers = { perMinute, until: now + believedMs };
    }
    const perMinute = this.#tiers.perMinute.get(tier);
    if (perMinute === undefined) throw new Error(`The tier ${tier} has no limits.`);
    return perMinute;
  }
}

import { eraseDueAccounts } from '@nandax/app/accounts/erase-due-accounts.ts';
import { stopAgentsOfClosedAccounts } from '@nandax/app/accounts/stop-agents-of-closed-accounts.ts';
import { sweepExpiredRows } from '@nandax/app/accounts/sweep-expired-rows.ts';
import type { AgentPorts } from '@nandax/app/agents/control-agent.ts';
import type { AccountPorts } from '@nandax/app/ports/account-ports.ts';
import type { ExpiredRows } from '@nandax/app/ports/housekeeping.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import type { Log } from '@nandax/app/ports/world.ts';
import { closeLiveDays } from '@nandax/app/portfolios/close-live-days.ts';

const everyMs = 3_600_000;

export type HousekeepingPorts = AccountPorts &
  AgentPorts &
  Pick<TradingPorts, 'history'> & { readonly log: Log; readonly expiredRows: ExpiredRows };

/** Clears up at once and every hour, one round at a time: what is due by the clock and by nothing else. */
export class Housekeeping {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;

  constructor(private readonly ports: HousekeepingPorts) {}

  start(): void {
    this.#begin();
    this.#timer = setInterval(() => this.#begin(), everyMs);
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
  }

  #begin(): void {
    this.#running ??= this.#round().finally(() => {
      this.#running = null;
    });
  }

  async #round(): Promise<void> {
    const { ports } = this;
    await this.#attempt('agents of closed accounts', () => stopAgentsOfClosedAccounts(ports));
    await this.#attempt('accounts due for erasure', () => eraseDueAccounts(ports));
    await this.#attempt('expired rows', () => sweepExpiredRows(ports));
    await this.#attempt('days of live markets', () => closeLiveDays(ports));
  }

  /** One chore that fails must not hold up the others. */
  async #attempt(chore: string, work: () => Promise<unknown>): Promise<void> {
    try {
      const done = await work();
      this.ports.log.debug({ chore, done }, 'housekeeping');
    } catch (error) {
      this.ports.log.error({ error, chore }, 'housekeeping failed');
    }
  }
}

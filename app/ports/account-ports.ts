import type { AccountStore } from './accounts.ts';
import type { Bus } from './bus.ts';
import type { Settings } from './settings.ts';
import type { Clock, IdSource } from './world.ts';

/** What every use-case on accounts needs from the world; some need more. */
export interface AccountPorts {
  readonly accounts: AccountStore;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly settings: Settings;
}

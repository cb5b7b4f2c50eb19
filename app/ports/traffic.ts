import type { TrafficCounts } from '@nandax/core/traffic/traffic.ts';

/** Counts as they were read. */
export interface KeptTraffic {
  readonly counts: TrafficCounts;
  /** Tells this writing from every other one. */
  readonly revision: string;
}

/** What left for each broker account, counted by all processes together. */
export interface TrafficLedger {
  /** Null: nothing of the account was ever counted. */
  read(account: string): Promise<KeptTraffic | null>;
  /** Replaces what was read. False: somebody else wrote meanwhile, and nothing is changed. */
  replace(account: string, before: KeptTraffic | null, counts: TrafficCounts): Promise<boolean>;
}

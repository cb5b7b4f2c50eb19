import type { KeptTraffic, TrafficLedger } from '@nandax/app/ports/traffic.ts';

/** Traffic of broker accounts in memory, for as many processes as share it. */
export function memoryTraffic(): TrafficLedger {
  const kept = new Map<string, KeptTraffic>();
  return {
    read: (account) => Promise.resolve(kept.get(account) ?? null),
    replace(account, before, counts) {
      const now = kept.get(account);
      if (now?.revision !== before?.revision) return Promise.resolve(false);
      kept.set(account, { counts, revision: String(Number(now?.revision ?? 0) + 1) });
      return Promise.resolve(true);
    },
  };
}

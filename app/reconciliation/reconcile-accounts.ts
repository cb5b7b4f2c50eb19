import { JobHeld } from '../ports/queue.ts';
import { reconcileAccount, type ReconcilePorts } from './reconcile-account.ts';

const times = { everyMs: 60_000, secondLookMs: 5_000 } as const;
/** Longest that a worker which died keeps an account from the others. */
const claimMs = 30_000;

/**
 * Lets no account count as read: the first thing that a worker does, which knows nothing of what its
 * brokers did while nobody looked.
 */
export async function forgetReadings(ports: Pick<ReconcilePorts, 'store'>): Promise<void> {
  await ports.store.transaction(({ readings }) => readings.forgetAll());
}

/**
 * Reads the accounts whose turn it is, each a minute after the last time, sooner where a difference
 * wants a second look. One that fails holds up no other; it is read again when its claim has passed.
 */
export async function reconcileAccounts(ports: ReconcilePorts): Promise<void> {
  const now = ports.clock.now();
  const due = await ports.store.read(({ readings }) => readings.due(now, times));
  for (const account of due) {
    const until = new Date(ports.clock.now().getTime() + claimMs);
    const claimed = await ports.store.transaction(({ readings }) =>
      readings.claim(account.id, ports.clock.now(), until),
    );
    if (!claimed) continue;
    await reconcileAccount(ports, account).catch((error: unknown) => {
      // The broker's limits leave no room for a reading now.
      if (error instanceof JobHeld) return;
      ports.log.error({ error, portfolioId: account.id }, 'account not reconciled');
    });
  }
}

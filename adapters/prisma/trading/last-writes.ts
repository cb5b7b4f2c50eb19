import type { AuditEntry, AuditRows } from '@nandax/app/ports/audit.ts';
import type { EventDraft, EventRows } from '@nandax/app/ports/events.ts';
import { appendDated, type AuditTools, type DatedEntry } from '../audit/audit-rows.ts';
import { appendEvents } from './event-rows.ts';
import type { TransactionClient } from './transaction-client.ts';

/** What a transaction says of itself: kept back until its work is done. */
interface LastWrites {
  readonly audit: AuditRows;
  readonly append: EventRows['append'];
  /** Writes all of it; nothing else of the transaction may come after. */
  write(): Promise<void>;
}

/**
 * Audit entries and events of a transaction, written when its work is done. Their locks, the heads of
 * the audit chains and the counters of events, are those that most transactions of a user share: taken
 * last, in the order of their ids, they never close a circle with the locks of the work (see `Store`),
 * wherever in the work they were asked for.
 */
function lastWrites(client: TransactionClient, tools: AuditTools): LastWrites {
  const entries: DatedEntry[] = [];
  const told: { userId: string; drafts: readonly EventDraft[]; at: Date }[] = [];
  return {
    audit: {
      append(added: readonly AuditEntry[], at) {
        entries.push(...added.map((entry) => ({ entry, at })));
        return Promise.resolve();
      },
    },
    append(userId, drafts, at) {
      if (drafts.length > 0) told.push({ userId, drafts, at });
      return Promise.resolve();
    },
    async write() {
      await appendDated(client, tools, entries);
      for (const userId of [...new Set(told.map((one) => one.userId))].sort()) {
        for (const { drafts, at } of told.filter((one) => one.userId === userId)) {
          await appendEvents(client, userId, drafts, at);
        }
      }
    },
  };
}

/** Does a transaction's work, then writes what it said of itself. */
export async function withLastWrites<T>(
  client: TransactionClient,
  tools: AuditTools,
  work: (last: Pick<LastWrites, 'audit' | 'append'>) => Promise<T>,
): Promise<T> {
  const last = lastWrites(client, tools);
  const outcome = await work(last);
  await last.write();
  return outcome;
}

import type { AuditEntry, AuditRows } from '@nandax/app/ports/audit.ts';
import type { CorporateRows } from '@nandax/app/ports/corporate.ts';
import type { FeedRows } from '@nandax/app/ports/feeds.ts';
import type { JobFailureRows } from '@nandax/app/ports/job-failures.ts';
import type { NotificationRows } from '@nandax/app/ports/notifications.ts';
import type { RiskRows } from '@nandax/app/ports/risk.ts';
import type { RunRows } from '@nandax/app/ports/runs.ts';
import type { Store, StoreTransaction } from '@nandax/app/ports/store.ts';
import type { InstrumentRecord } from '@nandax/app/records.ts';
import type { MemoryDatabase, MemoryTransaction, Turns } from './memory-database.ts';
import { memoryEventRows } from './memory-event-rows.ts';
import { memoryGttRows } from './memory-gtt-rows.ts';
import { memoryOrderRows } from './memory-order-rows.ts';
import { memoryPortfolioRows } from './memory-portfolio-rows.ts';
import { memoryProtectionRows } from './memory-protection-rows.ts';
import { partial } from './partial.ts';

/** A process's connection to a database in memory. */
export interface MemoryStore extends Store {
  /** What the server does when the process is gone: its open transactions roll back. */
  abandon(): void;
}

/**
 * The app's store in memory, as far as the order's way goes: read committed, guarded by row locks,
 * like adapters/prisma/trading/store.ts. tests/conformance/store.test.ts proves the likeness.
 */
export function memoryStore(database: MemoryDatabase, turns: Turns): MemoryStore {
  const open = new Set<MemoryTransaction>();
  return {
    async transaction(work) {
      const transaction = database.begin(turns);
      open.add(transaction);
      try {
        const result = await work(rowsOf(transaction));
        await turns.turn();
        transaction.commit();
        return result;
      } catch (error) {
        transaction.rollback();
        throw error;
      } finally {
        open.delete(transaction);
      }
    },
    read: (work) => work(rowsOf(database.begin(turns))),
    snapshot: (work) => work(rowsOf(database.begin(turns))),
    abandon() {
      for (const transaction of open) transaction.rollback();
      open.clear();
    },
  };
}

function rowsOf(transaction: MemoryTransaction): StoreTransaction {
  return partial<StoreTransaction>('rows', {
    orders: memoryOrderRows(transaction),
    portfolios: memoryPortfolioRows(transaction),
    corporate: corporateRows(),
    events: memoryEventRows(transaction),
    runs: runRows(transaction),
    feeds: feedRows(transaction),
    audit: auditRows(transaction),
    notifications: notificationRows(transaction),
    jobFailures: jobFailureRows(transaction),
    risk: riskRows(transaction),
    protections: memoryProtectionRows(transaction),
    gtts: memoryGttRows(transaction),
  });
}

/** No company does anything here; what they do is told on the real database, tests/trading/corporate-actions. */
function corporateRows(): CorporateRows {
  return partial<CorporateRows>('corporate', { due: () => Promise.resolve([]) });
}

/** Nobody sets limits here; what they do is told on the real database, tests/trading/risk-limits. */
function riskRows(transaction: MemoryTransaction): RiskRows {
  return partial<RiskRows>('risk', {
    limitsOf: async (_portfolio, runIds) => {
      await transaction.turn();
      return new Map(runIds.map((runId) => [runId, []]));
    },
    usageOf: () => Promise.resolve([]),
  });
}

function runRows(transaction: MemoryTransaction): RunRows {
  const findInstrument = async (instrumentId: string): Promise<InstrumentRecord | null> => {
    await transaction.turn();
    return transaction.get('Instrument', instrumentId);
  };
  const findInstruments = async (ids: readonly string[]) => {
    await transaction.turn();
    return ids.flatMap((id) => transaction.get('Instrument', id) ?? []);
  };
  return partial<RunRows>('runs', {
    findInstrument,
    visibleInstrument: findInstrument,
    findInstruments,
    visibleInstruments: findInstruments,
    async findRun(runId) {
      await transaction.turn();
      return transaction.get('Run', runId);
    },
  });
}

function feedRows(transaction: MemoryTransaction): FeedRows {
  return partial<FeedRows>('feeds', {
    async marketTime(feedId) {
      await transaction.turn();
      return transaction.get('Feed', feedId)?.marketTime ?? null;
    },
    // Nobody takes the feed from its owner here; whoever asks is it.
    async assertLease() {
      await transaction.turn();
    },
    async quote(feedId, instrumentId) {
      await transaction.turn();
      return transaction.get('Quote', `${feedId} ${instrumentId}`);
    },
    async quotesOf(feedId, instrumentIds) {
      await transaction.turn();
      return instrumentIds.flatMap((id) => transaction.get('Quote', `${feedId} ${id}`) ?? []);
    },
  });
}

function auditRows(transaction: MemoryTransaction): AuditRows {
  return {
    async append(entries: readonly AuditEntry[]) {
      await transaction.turn();
      for (const entry of entries) {
        await transaction.lock(`AuditHead ${entry.chain}`);
        const position = transaction.all('Audit').length + 1;
        await transaction.insert('Audit', `${entry.chain} ${position}`, entry);
      }
    },
  };
}

function notificationRows(transaction: MemoryTransaction): NotificationRows {
  return partial<NotificationRows>('notifications', {
    async insert(notification) {
      await transaction.turn();
      await transaction.insert('Notification', notification.id, notification);
    },
    async wasTold({ userId, title, body, since }) {
      await transaction.turn();
      return transaction
        .all('Notification')
        .some(
          (told) =>
            told.userId === userId &&
            told.title === title &&
            told.body === body &&
            told.createdAt >= since,
        );
    },
  });
}

function jobFailureRows(transaction: MemoryTransaction): JobFailureRows {
  return partial<JobFailureRows>('jobFailures', {
    async insert(failure) {
      await transaction.turn();
      await transaction.insert('JobFailure', failure.id, failure);
    },
  });
}

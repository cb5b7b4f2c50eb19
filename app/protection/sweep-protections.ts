import { applyBrokerUpdate } from '../orders/apply-broker-update.ts';
import { loadDoorData, type DoorData } from '../orders/pass-door.ts';
import { passRead } from '../orders/pass-traffic.ts';
import type { SubmitPorts } from '../orders/submit-order.ts';
import type { ProtectionRecord } from '../ports/protections.ts';
import { JobHeld } from '../ports/queue.ts';
import { followProtections } from './follow-position.ts';

/**
 * The regular look at every protection of real money: the broker's book is asked what became of the
 * exits that rest, and what is missing is put back. On paper that is left to the feed's owner, who
 * knows when the market trades. A book that cannot be read is no answer. A portfolio that fails
 * holds up no other.
 */
export async function sweepProtections(ports: SubmitPorts): Promise<void> {
  const active = await ports.store.read(({ protections }) => protections.active());
  if (active.length === 0) return;
  const data = await loadDoorData(ports);
  for (const portfolioId of new Set(active.map((one) => one.portfolioId))) {
    const theirs = active.filter((one) => one.portfolioId === portfolioId);
    await lookAfter(ports, data, portfolioId, theirs).catch((error: unknown) => {
      // What the broker's limits hold is looked at the next time.
      if (error instanceof JobHeld) return;
      ports.log.error({ error, portfolioId }, 'protections not looked after');
    });
  }
}

async function lookAfter(
  ports: SubmitPorts,
  data: DoorData,
  portfolioId: string,
  protections: readonly ProtectionRecord[],
): Promise<void> {
  const { store, brokers, clock, bus } = ports;
  const portfolio = await store.transaction((rows) => rows.portfolios.lock(portfolioId));
  if (portfolio === null || portfolio.kind === 'PAPER') return;
  const broker = brokers.of(portfolio);
  await passRead(ports, broker.traffic, 'EXIT');
  const book = await broker.orderBook(portfolio);
  if (book.kind === 'READ') {
    const resting = await restingOf(ports, protections);
    for (const { clientOrderId, ...state } of book.orders) {
      if (clientOrderId === null || !resting.has(clientOrderId)) continue;
      await applyBrokerUpdate(ports, { clientOrderId, ...state });
    }
  }
  let changed = false;
  for (const protection of protections) {
    changed =
      (await store.transaction(async (rows) => {
        const locked = await rows.portfolios.lock(portfolioId);
        if (locked === null) return false;
        const drafts = await followProtections(rows, ports, data, protection, null);
        if (drafts.length > 0) await rows.events.append(locked.userId, drafts, clock.now());
        return drafts.length > 0;
      })) || changed;
  }
  if (changed) await Promise.all([bus.publish('outbox', {}), bus.publish('audit', {})]);
}

/** Client order ids of the exits that rest at the broker. */
async function restingOf(
  { store }: SubmitPorts,
  protections: readonly ProtectionRecord[],
): Promise<ReadonlySet<string>> {
  const exits = await store.read((rows) =>
    Promise.all(protections.map(({ id }) => rows.orders.exitsOfProtection(id))),
  );
  return new Set(
    exits
      .flat()
      .filter(({ status }) => status === 'ACCEPTED' || status === 'PARTIALLY_FILLED')
      .map(({ clientOrderId }) => clientOrderId),
  );
}

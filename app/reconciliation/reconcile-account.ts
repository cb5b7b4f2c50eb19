import {
  agree,
  compareAccount,
  type AccountBooks,
  type Difference,
  type OurOrder,
  type TheirOrder,
} from '@nandax/core/reconciliation/compare-account.ts';
import { isInDoubt } from '@nandax/core/order/status.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { marginRatesOn } from '@nandax/core/risk/order-margins.ts';
import type { MarginRate } from '@nandax/core/risk/margin.ts';
import { Decimal } from 'decimal.js';
import { snapshot } from '../events/snapshot.ts';
import { notify } from '../notifications/notify.ts';
import { applyBrokerUpdate, type UpdatePorts } from '../orders/apply-broker-update.ts';
import { passRead } from '../orders/pass-traffic.ts';
import { fundsOf } from '../portfolios/funds-of.ts';
import { portfolioTime } from '../portfolios/owned-paper-portfolio.ts';
import type { BookedOrder, Broker, ReadFailed } from '../ports/broker.ts';
import type { EventDraft } from '../ports/events.ts';
import type { OrderRecord } from '../ports/orders.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { AccountToRead, FindingRecord } from '../ports/readings.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { readAccount } from '../risk/read-account.ts';
import { noteOfFinding } from './note-of-finding.ts';

export type ReconcilePorts = UpdatePorts &
  Pick<TradingPorts, 'brokers' | 'traffic'> & {
    /** Rupees that the sums of the two books may lie apart. */
    readonly fundsTolerance: Decimal;
  };

/** The broker's books of one account, as they were read. */
interface ReadBooks extends AccountBooks<TheirOrder> {
  readonly book: readonly BookedOrder[];
}

/**
 * Reads an account's order book, positions and funds at its broker and compares them with ours, after
 * the broker's word about each order was applied. A difference is a finding when the next reading
 * shows it alike and nothing of it moved in between; its user is told once, and it ends with the
 * first reading that does not show it. A read that failed is no answer: nothing is concluded from it.
 */
export async function reconcileAccount(
  ports: ReconcilePorts,
  account: AccountToRead,
): Promise<void> {
  const read = await readBooks(ports, account);
  if ('kind' in read) {
    ports.log.warn({ portfolioId: account.id, reason: read.reason }, 'account not read');
    const at = ports.clock.now();
    await ports.store.transaction((rows) => rows.readings.saveFailure(account.id, read.reason, at));
    return;
  }
  await applyWords(ports, read.book);
  const rates = await ports.history.marginRates();
  const changed = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(account.id);
    if (portfolio === null) return false;
    const ours = await ourBooks(rows, ports, portfolio, read.book, rates);
    const differences = compareAccount(ours, read, ports.fundsTolerance);
    return writeDown(rows, ports, portfolio, differences, stampOf(read.book));
  });
  if (changed) await ports.bus.publish('outbox', {});
}

async function readBooks(
  ports: ReconcilePorts,
  account: AccountToRead,
): Promise<ReadBooks | ReadFailed> {
  const broker: Broker = ports.brokers.of(account);
  await passRead(ports, broker.traffic, 'ENTRY');
  const book = await broker.orderBook(account);
  if (book.kind === 'FAILED') return book;
  await passRead(ports, broker.traffic, 'ENTRY');
  const positions = await broker.positions(account);
  if (positions.kind === 'FAILED') return positions;
  await passRead(ports, broker.traffic, 'ENTRY');
  const funds = await broker.funds(account);
  if (funds.kind === 'FAILED') return funds;
  return {
    book: book.orders,
    orders: book.orders.map(theirOrderOf),
    positions: positions.positions,
    funds: funds.funds,
  };
}

function theirOrderOf({ executions, ...order }: BookedOrder): TheirOrder {
  const { clientOrderId, brokerOrderId, status, instrumentId, product } = order;
  const filledQuantity = Decimal.sum(0, ...executions.map(({ quantity }) => quantity));
  return { clientOrderId, brokerOrderId, status, filledQuantity, instrumentId, product };
}

/** Lets the broker's word about each of our orders have its effect, where it brings something new. */
async function applyWords(ports: ReconcilePorts, book: readonly BookedOrder[]): Promise<void> {
  const tags = book.flatMap(({ clientOrderId }) => (clientOrderId === null ? [] : [clientOrderId]));
  const known = await ports.store.read(({ orders }) => orders.findByClientOrderIds(tags));
  const byTag = new Map(known.map((order) => [order.clientOrderId, order]));
  for (const booked of book) {
    const { clientOrderId } = booked;
    const order = clientOrderId === null ? undefined : byTag.get(clientOrderId);
    if (clientOrderId === null || order === undefined) continue;
    const isNews = isInDoubt(order.status) || !agree(order, theirOrderOf(booked));
    if (isNews) await applyBrokerUpdate(ports, { ...booked, clientOrderId });
  }
}

async function ourBooks(
  rows: StoreTransaction,
  ports: ReconcilePorts,
  portfolio: LockedPortfolio,
  book: readonly BookedOrder[],
  rates: readonly MarginRate[],
): Promise<AccountBooks<OurOrder>> {
  const account = await readAccount(rows, portfolio.id);
  const tags = book.flatMap(({ clientOrderId }) => (clientOrderId === null ? [] : [clientOrderId]));
  const booked = await rows.orders.findByClientOrderIds(tags);
  const working = account.working.filter(({ feedId }) => feedId === portfolio.feedId);
  const orders = new Map<string, OrderRecord>(
    [...working, ...booked.filter(({ portfolioId }) => portfolioId === portfolio.id)].map(
      (order) => [order.id, order],
    ),
  );
  const time = await portfolioTime(rows, portfolio, ports.clock.now());
  // What has not left holds money with us alone.
  const left = account.working.filter(({ status }) => status !== 'INITIALIZED');
  // Brokers take charges off in the evening.
  const ours = { ...account, working: left };
  const funds = fundsOf(ours, marginRatesOn(rates, time), new Decimal(0));
  return {
    orders: [...orders.values()],
    positions: account.positions.map(({ instrumentId, product, ...position }) => ({
      ...{ instrumentId, product },
      netQuantity: netQuantityOf(position),
    })),
    funds: {
      available: funds.available,
      utilised: funds.marginUsed.plus(funds.marginHeld),
    },
  };
}

/** Moves with every execution: positions and money that differ alike at one stamp stood still. */
function stampOf(book: readonly BookedOrder[]): string {
  return String(book.reduce((sum, { executions }) => sum + executions.length, 0));
}

/** Writes down what a reading showed; returns whether anything is to be told. */
async function writeDown(
  rows: StoreTransaction,
  ports: ReconcilePorts,
  portfolio: LockedPortfolio,
  differences: readonly Difference[],
  stamp: string,
): Promise<boolean> {
  const { id: portfolioId, userId } = portfolio;
  const at = ports.clock.now();
  const open = await rows.readings.openFindings(portfolioId);
  const suspected = new Set(await rows.readings.suspicions(portfolioId));
  const drafts: EventDraft[] = [];
  const suspicions: string[] = [];
  let agrees = true;
  for (const difference of differences) {
    const known = open.find((finding) => isSame(finding, difference));
    if (known?.acknowledgedAt == null) agrees = false;
    if (known !== undefined) {
      await rows.readings.saveFinding({ ...known, ...difference, seenAt: at });
      continue;
    }
    const fingerprint = `${JSON.stringify(snapshot(difference))} ${stamp}`;
    if (!suspected.has(fingerprint)) {
      suspicions.push(fingerprint);
      continue;
    }
    const finding: FindingRecord = {
      ...{ ...difference, id: ports.ids.uuid(), userId, portfolioId },
      ...{ openedAt: at, seenAt: at, endedAt: null, acknowledgedAt: null },
    };
    await rows.readings.insertFinding(finding);
    const note = await noteOfFinding(rows, finding);
    drafts.push(await notify(rows, ports.ids, { userId, ...note, at }));
  }
  for (const finding of open) {
    if (differences.some((difference) => isSame(finding, difference))) continue;
    await rows.readings.saveFinding({ ...finding, endedAt: at });
  }
  await rows.readings.saveReading(portfolioId, { at, agrees, suspicions });
  if (drafts.length > 0) await rows.events.append(userId, drafts, at);
  return drafts.length > 0;
}

function isSame(finding: FindingRecord, { kind, subject }: Difference): boolean {
  return finding.kind === kind && finding.subject === subject;
}

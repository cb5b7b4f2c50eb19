import { agentBarJob, type DecisionTrigger } from '../jobs.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import { minuteOfDay } from '@nandax/core/calendar/exchange-time.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';
import { sendCancel } from '../orders/change-at-broker.ts';
import { loadDoorData } from '../orders/pass-door.ts';
import { submitOrder, type SubmitPorts } from '../orders/submit-order.ts';
import type { EventDraft } from '../ports/events.ts';
import type { FeedLease } from '../ports/feeds.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { RunRecord, StrategyVersionRecord } from '../records.ts';
import { rulesOfVersion } from '../strategies/version-rules.ts';
import { cancelIntradayOrders, squareOffPositions } from './square-off-positions.ts';
import type { WakeCall } from '../wake-call.ts';

/** Safety net of the waiting: the database is looked at again even when no call came. */
const lookAgainMs = 250;
/** Waiting longer than this, whatever a dead worker may have left is taken up again. */
const takeUpAgainMs = 2_000;

type DispatchPorts = SubmitPorts & Pick<TradingPorts, 'queue'>;

interface Traits {
  readonly timeFrame: TimeFrame;
  readonly instrumentIds: readonly string[];
  readonly document: StrategyDocument;
}

/**
 * Asks the runs of a feed to decide, one job each, and waits until their decisions and orders have
 * settled where the replay is to stay in step.
 */
export class DecisionDispatch {
  readonly #ports: DispatchPorts;
  readonly #lease: FeedLease;
  readonly #wake: WakeCall;
  readonly #instrumentIds: readonly string[];
  readonly #dueAt: (time: number) => ReadonlySet<string>;
  readonly #beforeDecisions: () => Promise<void>;
  readonly #traits = new Map<string, Traits>();
  /** Whether the runs that an owner before this one left are among the traits. */
  #knowsRuns = false;

  constructor(
    ports: DispatchPorts,
    lease: FeedLease,
    wake: WakeCall,
    instrumentIds: readonly string[],
    /** Ids of the instruments whose intraday positions are to leave at a market time (epoch ms). */
    dueAt: (time: number) => ReadonlySet<string>,
    /** Brings the database up to the moment of a decision; called only where one is due. */
    beforeDecisions: () => Promise<void>,
  ) {
    this.#ports = ports;
    this.#lease = lease;
    this.#wake = wake;
    this.#instrumentIds = instrumentIds;
    this.#dueAt = dueAt;
    this.#beforeDecisions = beforeDecisions;
  }

  /** Bars closed at `time`: every running run that has one of them decides. */
  async barsClosed(
    time: number,
    closed: ReadonlyMap<TimeFrame, ReadonlySet<number>>,
    inStep: boolean,
  ): Promise<void> {
    const runIds = await this.#ports.store.read(async (rows) => {
      const due: string[] = [];
      for (const run of await rows.runs.runningOnFeed(this.#lease.feedId)) {
        const { timeFrame, instrumentIds } = await this.#traitsOf(rows, run);
        const instruments = closed.get(timeFrame);
        if (instruments === undefined) continue;
        const ids = [...instruments].map((index) => this.#instrumentIds[index]);
        if (instrumentIds.some((id) => ids.includes(id))) due.push(run.id);
      }
      return due;
    });
    await this.#dispatch(runIds, 'BAR', time, inStep);
  }

  /**
   * Intraday positions that are due are left: a run's by its decision, also at a time of its strategy's
   * own, a person's by the platform.
   */
  async squareOff(time: number, inStep: boolean): Promise<void> {
    const leaving = this.#dueAt(time);
    // Most minutes of the day concern nobody.
    if (leaving.size === 0 && !(await this.#someLeaveEarly())) return;
    const runIds = await this.#runsToSquareOff(time, leaving);
    const sent = leaving.size > 0 && (await this.#squareOffByHand(new Date(time)));
    await this.#dispatch(runIds, 'SQUARE_OFF', time, inStep);
    if (sent && inStep && runIds.length === 0) await this.ordersSettled(time);
  }

  /** Whether a strategy among those that run here names a square-off time of its own. */
  async #someLeaveEarly(): Promise<boolean> {
    if (!this.#knowsRuns) {
      await this.#ports.store.read(async (rows) => {
        for (const run of await rows.runs.liveOnFeed(this.#lease.feedId)) {
          await this.#traitsOf(rows, run);
        }
      });
      this.#knowsRuns = true;
    }
    return [...this.#traits.values()].some(({ document }) => document.session.squareOffAt !== null);
  }

  async #runsToSquareOff(time: number, leaving: ReadonlySet<string>): Promise<readonly string[]> {
    return this.#ports.store.read(async (rows) => {
      const due: string[] = [];
      for (const run of await rows.runs.liveOnFeed(this.#lease.feedId)) {
        const { document } = await this.#traitsOf(rows, run);
        if (document.product !== 'MIS') continue;
        const leavesAll = minuteOfDay(time) >= (document.session.squareOffAt ?? Infinity);
        const open = await rows.portfolios.openTradesOfRun(run.id);
        if (open.some(({ instrumentId }) => leavesAll || leaving.has(instrumentId))) {
          due.push(run.id);
        }
      }
      return due;
    });
  }

  /** Resolves when no order of the feed waits for the broker's answer; `time` is the market's. */
  ordersSettled(time: number): Promise<void> {
    return this.#untilSettled([], time);
  }

  /** Takes up orders that were written down and never answered. */
  async resumeOrders(): Promise<void> {
    const orders = await this.#ports.store.read((rows) =>
      rows.orders.unanswered(this.#lease.feedId),
    );
    for (const { id } of orders) await submitOrder(this.#ports, id);
  }

  async #dispatch(
    runIds: readonly string[],
    trigger: DecisionTrigger,
    barTime: number,
    inStep: boolean,
  ): Promise<void> {
    if (runIds.length === 0) return;
    await this.#beforeDecisions();
    for (const runId of runIds) {
      await this.#ports.queue.add(agentBarJob(runId, trigger, barTime, this.#lease.fencingNumber));
    }
    if (!inStep) return;
    await this.#untilSettled(
      runIds.map((runId) => ({ runId, trigger })),
      barTime,
    );
  }

  /** Leaves what people hold intraday by their own orders. Says whether orders were sent. */
  async #squareOffByHand(marketTime: Date): Promise<boolean> {
    const { store, bus } = this.#ports;
    const { feedId } = this.#lease;
    const portfolios = await store.read((rows) => rows.portfolios.onFeed(feedId));
    if (portfolios.length === 0) return false;
    await this.#beforeDecisions();
    const data = await loadDoorData(this.#ports);
    let [sent, asked] = [false, false];
    for (const { id } of portfolios) {
      const cancels = await this.#withPortfolio(id, (rows, portfolio) =>
        cancelIntradayOrders(rows, this.#ports, data.markets, portfolio, marketTime),
      );
      for (const orderId of cancels?.orderIds ?? []) await sendCancel(this.#ports, orderId);
      const exits = await this.#withPortfolio(id, async (rows, portfolio) => ({
        drafts: await squareOffPositions(rows, this.#ports, data, portfolio, marketTime),
      }));
      asked ||= (cancels?.drafts.length ?? 0) > 0;
      sent ||= (exits?.drafts.length ?? 0) > 0;
    }
    if (sent || asked) await Promise.all([bus.publish('outbox', {}), bus.publish('audit', {})]);
    return sent;
  }

  /** Does something to a portfolio under its lock and tells its user; null where it left the feed. */
  async #withPortfolio<T extends { readonly drafts: readonly EventDraft[] }>(
    portfolioId: string,
    act: (rows: StoreTransaction, portfolio: LockedPortfolio) => Promise<T>,
  ): Promise<T | null> {
    const { store, clock } = this.#ports;
    return store.transaction(async (rows) => {
      const portfolio = await rows.portfolios.lock(portfolioId);
      if (portfolio?.feedId !== this.#lease.feedId) return null;
      const done = await act(rows, portfolio);
      if (done.drafts.length > 0) {
        await rows.events.append(portfolio.userId, done.drafts, clock.now());
      }
      return done;
    });
  }

  async #untilSettled(
    awaited: readonly { readonly runId: string; readonly trigger: string }[],
    barTime: number,
  ): Promise<void> {
    let waitedMs = 0;
    let since = this.#ports.clock.now().getTime();
    for (;;) {
      const left = await this.#ports.store.read(({ feeds }) =>
        feeds.unsettled(this.#lease.feedId, awaited, new Date(barTime)),
      );
      if (left === 0) return;
      await this.#wake.wait(lookAgainMs);
      const now = this.#ports.clock.now().getTime();
      waitedMs += now - since;
      since = now;
      if (waitedMs < takeUpAgainMs) continue;
      waitedMs = 0;
      await this.#ports.store.transaction(({ feeds }) => feeds.assertLease(this.#lease));
      await this.resumeOrders();
    }
  }

  async #traitsOf(rows: StoreTransaction, run: RunRecord): Promise<Traits> {
    const known = this.#traits.get(run.strategyVersionId);
    if (known !== undefined) return known;
    const version = await rows.runs.findVersion(run.strategyVersionId);
    if (version === null) throw new Error(`run ${run.id} has no strategy version`);
    const traits = traitsOf(version);
    this.#traits.set(run.strategyVersionId, traits);
    return traits;
  }
}

function traitsOf(version: StrategyVersionRecord): Traits {
  const { strategy } = rulesOfVersion(version);
  return {
    timeFrame: version.timeFrame,
    instrumentIds: version.instruments.map(({ id }) => id),
    document: strategy.document,
  };
}

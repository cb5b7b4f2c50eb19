import { Decimal } from 'decimal.js';
import type { Bus } from '@nandax/app/ports/bus.ts';
import type { EventSubjects, Reads } from '@nandax/app/ports/reads.ts';
import type { EventTopic } from '@nandax/app/ports/events.ts';
import type { Clock, Log } from '@nandax/app/ports/world.ts';
import type { NotificationView } from '@nandax/app/views/account.ts';
import type { ReplaySessionView } from '@nandax/app/views/market.ts';
import type { GttView, OrderView } from '@nandax/app/views/order.ts';
import type { PortfolioView, TradeView } from '@nandax/app/views/portfolio.ts';
import type {
  AgentDecisionView,
  AgentView,
  OptimisationView,
  RunView,
} from '@nandax/app/views/strategy.ts';
import { createLoaders } from '../loaders.ts';
import { accountUpdates } from './account-updates.ts';
import type { Envelope } from './envelope.ts';
import { Latest } from './latest.ts';
import { PortfolioMarks, type PortfolioMark } from './portfolio-marks.ts';
import { progressUpdates } from './progress-updates.ts';
import { Shared } from './shared.ts';
import { Streams, type StreamSource } from './stream.ts';
import { tickSource, type TickUpdate } from './tick-source.ts';
import { UserEventLog, type LoggedEvent } from './user-event-log.ts';

type Stream<Update> = Promise<AsyncIterableIterator<Update>>;

export interface HubPorts {
  readonly bus: Bus;
  readonly reads: Reads;
  readonly clock: Clock;
  readonly log: Log;
}

/** The live streams of this process: what they read is shared by all who read the same. */
export class Hub {
  readonly #ports: HubPorts;
  readonly #streams: Streams;
  readonly #logs: Shared<UserEventLog>;
  readonly #marks: Shared<PortfolioMarks>;

  constructor(ports: HubPorts) {
    this.#ports = ports;
    this.#streams = new Streams((error) => ports.log.warn({ error }, 'a stream did not close'));
    this.#logs = new Shared((userId) => UserEventLog.open(ports, userId));
    this.#marks = new Shared((userId) => PortfolioMarks.open(ports, userId));
  }

  orderUpdates(userId: string, after: bigint | null): Stream<Envelope & { order: OrderView }> {
    return this.#account(userId, after, 'ORDER', (order) => ({ order }));
  }

  gttUpdates(userId: string, after: bigint | null): Stream<Envelope & { gtt: GttView }> {
    return this.#account(userId, after, 'GTT', (gtt) => ({ gtt }));
  }

  tradeUpdates(userId: string, after: bigint | null): Stream<Envelope & { trade: TradeView }> {
    return this.#account(userId, after, 'TRADE', (trade) => ({ trade }));
  }

  agentUpdates(
    userId: string,
    after: bigint | null,
  ): Stream<Envelope & { agent: AgentView; decision: AgentDecisionView | null }> {
    return this.#account(userId, after, 'AGENT', (agent, { event }) => ({
      agent,
      decision: event.decision,
    }));
  }

  notifications(
    userId: string,
    after: bigint | null,
  ): Stream<Envelope & { notification: NotificationView }> {
    return this.#account(userId, after, 'NOTIFICATION', (notification) => ({
      notification,
    }));
  }

  portfolioUpdates(
    userId: string,
    after: bigint | null,
  ): Stream<Envelope & { portfolio: PortfolioView }> {
    const updateOf = (portfolio: PortfolioView) => ({ portfolio });
    return this.#account(userId, after, 'PORTFOLIO', updateOf, (wake) =>
      this.#markSource(userId, wake),
    );
  }

  runUpdates(userId: string, after: bigint | null): Stream<Envelope & { run: RunView }> {
    const updateOf = (run: RunView) => ({ run });
    return this.#account(userId, after, 'RUN', updateOf, (wake) =>
      progressUpdates(
        this.#ports.bus,
        userId,
        'run',
        async ({ runId, percent }) => {
          const live = this.#liveEnvelope();
          const run = await live.loaders.run.load(runId);
          if (run?.status !== 'RUNNING') return null;
          return { ...live, run: { ...run, progress: new Decimal(percent) } };
        },
        wake,
      ),
    );
  }

  optimisationUpdates(
    userId: string,
    after: bigint | null,
  ): Stream<Envelope & { optimisation: OptimisationView }> {
    const updateOf = (optimisation: OptimisationView) => ({ optimisation });
    return this.#account(userId, after, 'OPTIMISATION', updateOf, (wake) =>
      progressUpdates(
        this.#ports.bus,
        userId,
        'optimisation',
        async ({ optimisationId }) => {
          const live = this.#liveEnvelope();
          const optimisation = await live.loaders.optimisation.load(optimisationId);
          return optimisation?.status === 'RUNNING' ? { ...live, optimisation } : null;
        },
        wake,
      ),
    );
  }

  replayUpdates(
    userId: string,
    after: bigint | null,
  ): Stream<Envelope & { replaySession: ReplaySessionView }> {
    const updateOf = (replaySession: ReplaySessionView) => ({ replaySession });
    return this.#account(userId, after, 'REPLAY', updateOf, (wake) =>
      progressUpdates(
        this.#ports.bus,
        userId,
        'replay',
        async ({ replaySessionId }) => {
          const live = this.#liveEnvelope();
          const session = await live.loaders.replaySession.load(replaySessionId);
          // The clock is told after its minute is stored, so the row is at least as new.
          return session === null ? null : { ...live, replaySession: session };
        },
        wake,
      ),
    );
  }

  ticks(feedId: string, instrumentIds: readonly string[]): Stream<TickUpdate> {
    return this.#streams.open(async (wake) => [
      await tickSource(this.#ports, feedId, instrumentIds, wake),
    ]);
  }

  /** Ends every stream; call it before the bus is closed. */
  close(): Promise<void> {
    return this.#streams.close();
  }

  #account<Topic extends EventTopic, Part extends object>(
    userId: string,
    after: bigint | null,
    topic: Topic,
    partOf: (subject: EventSubjects[Topic], logged: LoggedEvent) => Part,
    live?: (wake: () => void) => Promise<StreamSource<Envelope & Part>>,
  ): Stream<Envelope & Part> {
    const updateOf = (logged: LoggedEvent): Envelope & Part => {
      const { sequence, occurredAt, type, subject } = logged.event;
      const part = partOf(subject as EventSubjects[Topic], logged);
      return { sequence, occurredAt, type, loaders: logged.loaders, ...part };
    };
    return this.#streams.open(async (wake) => {
      const events = await accountUpdates(this.#logs, { userId, after, topic }, updateOf, wake);
      if (live === undefined) return [events];
      try {
        return [events, await live(wake)];
      } catch (error) {
        await events.close();
        throw error;
      }
    });
  }

  async #markSource(
    userId: string,
    wake: () => void,
  ): Promise<StreamSource<Envelope & { portfolio: PortfolioView }>> {
    const { resource: marks, release } = await this.#marks.acquire(userId);
    const latest = new Latest<string, { portfolio: PortfolioView; mark: PortfolioMark }>(0, wake);
    const stop = marks.onMark((mark) => {
      for (const portfolio of mark.portfolios) latest.put(portfolio.id, { portfolio, mark });
    });
    return {
      next: () =>
        Promise.resolve(
          latest.take().map(({ portfolio, mark: { occurredAt, loaders } }) => ({
            sequence: null,
            occurredAt,
            type: 'PORTFOLIO_MARKED',
            loaders,
            portfolio,
          })),
        ),
      async close() {
        stop();
        latest.close();
        await release();
      },
    };
  }

  #liveEnvelope(): Envelope {
    return {
      sequence: null,
      occurredAt: this.#ports.clock.now(),
      type: 'PROGRESS',
      loaders: createLoaders(this.#ports.reads),
    };
  }
}

import { Decimal } from 'decimal.js';
import type { Bus } from '@nandax/app/ports/bus.ts';
import type { Reads } from '@nandax/app/ports/reads.ts';
import type { Clock, Log } from '@nandax/app/ports/world.ts';
import type { PortfolioView, PositionView } from '@nandax/app/views/portfolio.ts';
import { createLoaders, type Loaders } from '../loaders.ts';
import { Latest } from './latest.ts';

/** A user's portfolios are marked to market at most this often, milliseconds. */
const intervalMs = 250;
const mostPortfolios = 200;

/** The portfolios of a feed whose prices moved, valued at them. */
export interface PortfolioMark {
  readonly occurredAt: Date;
  readonly portfolios: readonly PortfolioView[];
  readonly loaders: Loaders;
}

/** A feed that is listened to. */
interface FollowedFeed {
  /** Last price of each instrument that had a tick since. */
  readonly prices: Map<string, number>;
  readonly stop: () => Promise<void>;
}

export interface MarkPorts {
  readonly bus: Bus;
  readonly reads: Reads;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Live marks of one user's portfolios, read once for all their subscribers. Last prices come from
 * the feed's ticks, which run ahead of the quotes in the database.
 */
export class PortfolioMarks {
  readonly #ports: MarkPorts;
  readonly #userId: string;
  readonly #readers = new Set<(mark: PortfolioMark) => void>();
  readonly #feeds = new Map<string, FollowedFeed>();
  readonly #moved: Latest<string, string>;
  #stopProgress: () => Promise<void> = () => Promise.resolve();
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(ports: MarkPorts, userId: string) {
    this.#ports = ports;
    this.#userId = userId;
    this.#moved = new Latest(intervalMs, () => this.#enqueue(() => this.#mark()));
  }

  static async open(ports: MarkPorts, userId: string): Promise<PortfolioMarks> {
    const marks = new PortfolioMarks(ports, userId);
    // A replay's clock makes known the feeds that portfolios have begun to follow since.
    marks.#stopProgress = await ports.bus.subscribe(`progress.${userId}`, (message) => {
      if (message.kind === 'replay') {
        marks.#moved.put(message.replaySessionId, message.replaySessionId);
      }
    });
    await marks.#follow(await marks.#portfolios());
    return marks;
  }

  /** Calls `reader` with each mark; returns how to stop that. */
  onMark(reader: (mark: PortfolioMark) => void): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#moved.close();
    await this.#work;
    const feeds = [...this.#feeds.values()];
    await Promise.all([this.#stopProgress(), ...feeds.map(({ stop }) => stop())]);
  }

  /** One thing after the other; a failure is logged and the next mark tries again. */
  #enqueue(job: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (!this.#closed) await job();
    });
    this.#work = this.#work.catch((error: unknown) =>
      this.#ports.log.error({ error, userId: this.#userId }, 'portfolios not marked'),
    );
  }

  /** Listens to the ticks of the feeds that the portfolios follow, and to no others. */
  async #follow(portfolios: readonly PortfolioView[]): Promise<void> {
    const followed = new Set(portfolios.map(({ feedId }) => feedId));
    for (const feedId of followed) {
      if (feedId === null || this.#feeds.has(feedId)) continue;
      const prices = new Map<string, number>();
      const stop = await this.#ports.bus.subscribe(`ticks.${feedId}`, (batch) => {
        batch.instrumentIds.forEach((id, index) => prices.set(id, batch.prices[index] ?? NaN));
        this.#moved.put(feedId, feedId);
      });
      this.#feeds.set(feedId, { prices, stop });
    }
    for (const [feedId, { stop }] of this.#feeds) {
      if (followed.has(feedId)) continue;
      this.#feeds.delete(feedId);
      await stop();
    }
  }

  async #mark(): Promise<void> {
    const moved = new Set(this.#moved.take());
    const all = await this.#portfolios();
    await this.#follow(all);
    const portfolios = all.filter(({ feedId }) => feedId !== null && moved.has(feedId));
    if (portfolios.length === 0) return;
    const mark: PortfolioMark = {
      occurredAt: this.#ports.clock.now(),
      portfolios,
      loaders: createLoaders(this.#pricedReads(portfolios)),
    };
    for (const reader of this.#readers) reader(mark);
  }

  async #portfolios(): Promise<readonly PortfolioView[]> {
    const window = { first: mostPortfolios, after: null, filter: null };
    const pages = await this.#ports.reads.lists.page('portfoliosOfUser', [this.#userId], window);
    return pages.get(this.#userId)?.rows.map(({ view }) => view) ?? [];
  }

  /** The reads with the ticks' prices in place of the quotes'. */
  #pricedReads(portfolios: readonly PortfolioView[]): Reads {
    const { reads } = this.#ports;
    const pricesOf = new Map(
      portfolios.map(({ id, feedId }) => [id, new Map(this.#feeds.get(feedId ?? '')?.prices)]),
    );
    return {
      ...reads,
      batches: {
        ...reads.batches,
        async positionsOfPortfolio(ids) {
          const positions = await reads.batches.positionsOfPortfolio(ids);
          return new Map(
            [...positions].map(([id, held]) => [
              id,
              held.map((position) => pricedBy(pricesOf.get(id), position)),
            ]),
          );
        },
      },
    };
  }
}

function pricedBy(
  prices: ReadonlyMap<string, number> | undefined,
  position: PositionView,
): PositionView {
  const price = prices?.get(position.instrumentId);
  return price === undefined ? position : { ...position, lastPrice: new Decimal(price) };
}

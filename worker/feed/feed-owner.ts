import { LeaseLost, type FeedLease } from '@nandax/app/ports/feeds.ts';
import type { ReplaySessionRecord } from '@nandax/app/records.ts';
import { endReplay, failReplay } from '@nandax/app/replay/end-replay.ts';
import { ReplayPlayer, type PlayerPorts } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { Pacer } from './pacer.ts';

/** A lease not renewed for this long may be taken over; a standby has the feed within 5 s. */
const leaseMs = 4_000;
const renewEveryMs = 1_000;
/** A clock that runs fast is told at most this often. */
const tellClockEveryMs = 200;

/** A replay that breaks off this often without playing a minute in between cannot go on. */
const mostBreaks = 3;

/** Plays one replay for as long as this process owns its feed and the session runs. */
export class FeedOwner {
  readonly #ports: PlayerPorts;
  readonly #lease: FeedLease;
  readonly #wake = new WakeCall();
  readonly #pacer: Pacer;
  #stopping = false;
  #clockTold = 0;
  #gotOn = false;

  private constructor(ports: PlayerPorts, lease: FeedLease) {
    this.#ports = ports;
    this.#lease = lease;
    this.#pacer = new Pacer(ports.clock, this.#wake, () => this.#interrupted());
  }

  /** Takes the feed's lease; null where another process holds it. */
  static async acquire(
    ports: PlayerPorts,
    feedId: string,
    owner: string,
  ): Promise<FeedOwner | null> {
    const now = ports.clock.now();
    const lease = await ports.store.transaction(({ feeds }) =>
      feeds.acquireLease(feedId, owner, now, new Date(now.getTime() + leaseMs)),
    );
    return lease === null ? null : new FeedOwner(ports, lease);
  }

  /** Whether it played a minute to its end. */
  get gotOn(): boolean {
    return this.#gotOn;
  }

  /** Resolves when the session no longer runs, the lease is lost or `stop` was called. */
  async run(): Promise<void> {
    const { log, bus } = this.#ports;
    const unsubscribe = await bus.subscribe(`feed.${this.#lease.feedId}`, () => this.#wake.call());
    const renewal = setInterval(() => void this.#renew(), renewEveryMs);
    try {
      await this.#play();
      await this.#ports.store.transaction(({ feeds }) => feeds.releaseLease(this.#lease));
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      log.warn({ feedId: this.#lease.feedId }, 'another process took the feed over');
    } finally {
      clearInterval(renewal);
      await unsubscribe();
    }
  }

  /** Lets go of the feed after the minute under way. */
  stop(): void {
    this.#stopping = true;
    this.#wake.call();
  }

  async #play(): Promise<void> {
    const player = await ReplayPlayer.open(this.#ports, this.#lease, this.#wake);
    while (!this.#stopping && player.session.state === 'RUNNING') {
      this.#pacer.speed = player.session.speed;
      this.#pacer.beginMinute();
      if (player.nextTime === null) {
        await player.finish();
        await endReplay(this.#ports, this.#lease);
        return;
      }
      await player.playMinute({
        until: (time) => this.#pacer.until(time),
        paced: this.#pacer.paced,
        inStep: this.#pacer.inStep,
      });
      this.#gotOn = true;
      this.#tellClock(player.session);
    }
  }

  /** A pause in the middle of a minute is obeyed at its end; its rest is not waited for. */
  async #interrupted(): Promise<boolean> {
    const session = await this.#read();
    this.#pacer.speed = session.speed;
    return this.#stopping || session.state !== 'RUNNING';
  }

  async #read(): Promise<ReplaySessionRecord> {
    const session = await this.#ports.store.read(({ feeds }) =>
      feeds.findReplay(this.#lease.feedId),
    );
    if (session === null) throw new LeaseLost(this.#lease);
    return session;
  }

  #tellClock({ id, userId, cursor }: ReplaySessionRecord): void {
    const now = this.#ports.clock.now().getTime();
    if (cursor === null || now - this.#clockTold < tellClockEveryMs) return;
    this.#clockTold = now;
    void this.#ports.bus
      .publish(`progress.${userId}`, {
        kind: 'replay',
        replaySessionId: id,
        marketTime: cursor.getTime(),
      })
      .catch((error: unknown) => this.#ports.log.warn({ error }, 'replay clock not told'));
  }

  async #renew(): Promise<void> {
    const expiresAt = new Date(this.#ports.clock.now().getTime() + leaseMs);
    try {
      await this.#ports.store.transaction(({ feeds }) => feeds.renewLease(this.#lease, expiresAt));
    } catch (error) {
      this.#ports.log.warn({ error, feedId: this.#lease.feedId }, 'lease not renewed');
      if (error instanceof LeaseLost) this.stop();
    }
  }
}

/** Plays every running replay that no other process plays. */
export class FeedOwners {
  readonly #owned = new Map<string, { readonly owner: FeedOwner; readonly done: Promise<void> }>();
  /** Feeds that broke off, and how often since they last got on. */
  readonly #breaks = new Map<string, number>();
  readonly #wake = new WakeCall();
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly ports: PlayerPorts,
    /** Names this process in the lease. */
    private readonly name: string,
  ) {}

  /** Begins to look for feeds: at every call on the bus, and every second for abandoned ones. */
  async start(): Promise<void> {
    const unsubscribe = await this.ports.bus.subscribe('feeds', () => this.#wake.call());
    this.#loop = this.#run().finally(unsubscribe);
  }

  /** Lets go of all feeds, each after its minute, so that a standby can go on at once. */
  async close(): Promise<void> {
    this.#stopped = true;
    this.#wake.call();
    await this.#loop;
    for (const { owner } of this.#owned.values()) owner.stop();
    await Promise.all([...this.#owned.values()].map(({ done }) => done));
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#takeUnowned();
      } catch (error) {
        this.ports.log.error({ error }, 'looking for feeds failed');
      }
      // `close` calls too, so that a stop does not wait for the next look.
      await this.#wake.wait(renewEveryMs);
    }
  }

  async #takeUnowned(): Promise<void> {
    const feedIds = await this.ports.store.read(({ feeds }) =>
      feeds.unownedFeeds(this.ports.clock.now()),
    );
    for (const feedId of feedIds) {
      if (this.#owned.has(feedId)) continue;
      const owner = await FeedOwner.acquire(this.ports, feedId, this.name);
      if (owner === null) continue;
      this.ports.log.info({ feedId }, 'feed taken');
      const done = owner
        .run()
        .then(
          () => void this.#breaks.delete(feedId),
          (error: unknown) => this.#brokeOff(feedId, owner, error),
        )
        .catch((error: unknown) => this.ports.log.error({ error, feedId }, 'failure not recorded'))
        .finally(() => {
          this.#owned.delete(feedId);
          this.#wake.call();
        });
      this.#owned.set(feedId, { owner, done });
    }
  }

  /**
   * A database or queue that was away for a moment is no reason to end a replay: its lease runs out,
   * and whoever takes it next goes on from the cursor.
   */
  async #brokeOff(feedId: string, owner: FeedOwner, error: unknown): Promise<void> {
    const breaks = (owner.gotOn ? 0 : (this.#breaks.get(feedId) ?? 0)) + 1;
    this.#breaks.set(feedId, breaks);
    if (breaks < mostBreaks) {
      this.ports.log.warn({ error, feedId, breaks }, 'replay broke off; it will be taken up again');
      return;
    }
    this.#breaks.delete(feedId);
    this.ports.log.error({ error, feedId }, 'replay failed');
    await failReplay(this.ports, feedId, error instanceof Error ? error.message : 'unknown');
  }
}

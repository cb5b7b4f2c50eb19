import { minuteCandles } from '../market-data/minute-candles.ts';
import type { History } from '../ports/store.ts';
import type { Clock } from '../ports/world.ts';
import type { ReplaySessionRecord, RunRecord, StrategyVersionRecord } from '../records.ts';
import { rulesOfVersion } from '../strategies/version-rules.ts';
import { RunWalk } from './run-walk.ts';

/** Walks kept in memory; a walk that is needed again after it was dropped starts anew. */
const mostWalks = 200;
/** A walk that nobody asked for so long (its run has ended or rests) is dropped at the next chance. */
const idleMs = 10 * 60_000;

interface KeptWalk {
  readonly walk: Promise<RunWalk>;
  /** Wall clock, epoch ms. */
  readonly askedAt: number;
}

/** The walks of the runs that this process decides for, made when first asked for. */
export class RunWalks {
  readonly #walks = new Map<string, KeptWalk>();

  constructor(
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** The walk of a run over the history that its replay plays. */
  of(
    run: RunRecord,
    version: StrategyVersionRecord,
    session: ReplaySessionRecord,
  ): Promise<RunWalk> {
    const known = this.#walks.get(run.id);
    // Moves the walk to the young end of the map, so that the oldest is the one least used.
    this.#walks.delete(run.id);
    const walk = known?.walk ?? this.#make(version, session);
    const now = this.clock.now().getTime();
    this.#walks.set(run.id, { walk, askedAt: now });
    walk.catch(() => this.#walks.delete(run.id));
    this.#drop(now);
    return walk;
  }

  /** Each walk holds its run's whole recording, so those that are done with must go. */
  #drop(now: number): void {
    for (const [runId, { askedAt }] of this.#walks) {
      if (this.#walks.size <= mostWalks && now - askedAt < idleMs) return;
      this.#walks.delete(runId);
    }
  }

  async #make(version: StrategyVersionRecord, session: ReplaySessionRecord): Promise<RunWalk> {
    const { strategy, traded, read } = rulesOfVersion(version);
    const calendar = await this.history.calendar(traded[0]?.exchange ?? 'NSE');
    const candles = await minuteCandles(this.history, calendar, {
      datasetId: session.datasetId,
      kind: session.datasetKind,
      instrumentIds: [...traded, ...read].map(({ id }) => id),
      from: session.rangeFrom,
      to: session.rangeTo,
    });
    const markets = await this.history.markets();
    return new RunWalk({
      strategy,
      calendar,
      ownCalendars: traded.map((one) => markets.hoursOf(one)?.calendar ?? null),
      decidedCount: version.instruments.length,
      tradedCount: traded.length,
      candles,
    });
  }
}

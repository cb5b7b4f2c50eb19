import { compileStrategy } from '@nandax/core/strategy/compile-strategy.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import { minuteCandles } from '../market-data/minute-candles.ts';
import type { History } from '../ports/store.ts';
import type { ReplaySessionRecord, RunRecord, StrategyVersionRecord } from '../records.ts';
import { RunWalk } from './run-walk.ts';

/** Walks kept in memory; a walk that is needed again after it was dropped starts anew. */
const mostWalks = 200;

/** The walks of the runs that this process decides for, made when first asked for. */
export class RunWalks {
  readonly #walks = new Map<string, Promise<RunWalk>>();

  constructor(private readonly history: History) {}

  /** The walk of a run over the history that its replay plays. */
  of(
    run: RunRecord,
    version: StrategyVersionRecord,
    session: ReplaySessionRecord,
  ): Promise<RunWalk> {
    const known = this.#walks.get(run.id);
    // Moves the walk to the young end of the map, so that the oldest is the one least used.
    this.#walks.delete(run.id);
    const walk = known ?? this.#make(version, session);
    this.#walks.set(run.id, walk);
    walk.catch(() => this.#walks.delete(run.id));
    const [oldest] = this.#walks.keys();
    if (this.#walks.size > mostWalks && oldest !== undefined) this.#walks.delete(oldest);
    return walk;
  }

  async #make(version: StrategyVersionRecord, session: ReplaySessionRecord): Promise<RunWalk> {
    const { instruments, timeFrame } = version;
    const document = parseStrategy(version.document);
    // Versions are checked before they are stored.
    if (!document.ok) throw new Error(`strategy version ${version.id} does not parse`);
    const calendar = await this.history.calendar(instruments[0]?.exchange ?? 'NSE');
    const candles = await minuteCandles(this.history, calendar, {
      datasetId: session.datasetId,
      kind: session.datasetKind,
      instrumentIds: instruments.map(({ id }) => id),
      from: session.rangeFrom,
      to: session.rangeTo,
    });
    return new RunWalk({ strategy: compileStrategy(document.value), timeFrame, calendar, candles });
  }
}

import type { Study, StudyTrial } from '@nandax/core/optimise/study.ts';
import type { BestFound, OptimisationRecord } from '../ports/optimisations.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { packTrials } from './packed-trials.ts';

/** Trials are kept at least so often while they come: what a crash costs, milliseconds. */
const keepEveryMs = 1_000;

type KeeperPorts = Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus' | 'log'>;

/**
 * Keeps the trials of a search in the database as they come, some at a time, and tells its user how far
 * it is. Where it finds that the search was cancelled meanwhile, it aborts `cancelled`.
 */
export class TrialKeeper {
  readonly #ports: KeeperPorts;
  readonly #optimisation: OptimisationRecord;
  readonly #study: Study;
  readonly #best: () => BestFound | null;
  readonly #cancelled: AbortController;
  #waiting: StudyTrial[] = [];
  #keeping: Promise<void> = Promise.resolve();
  #keptAt = 0;

  constructor(
    ports: KeeperPorts,
    optimisation: OptimisationRecord,
    study: Study,
    best: () => BestFound | null,
    cancelled: AbortController,
  ) {
    this.#ports = ports;
    this.#optimisation = optimisation;
    this.#study = study;
    this.#best = best;
    this.#cancelled = cancelled;
  }

  /** Writes down how many trials there will be. */
  async announce(): Promise<void> {
    const { id } = this.#optimisation;
    await this.#ports.store.transaction(async ({ optimisations }) => {
      if ((await optimisations.lock(id))?.status !== 'RUNNING') return;
      await optimisations.setStatus(id, 'RUNNING', { trialsPlanned: this.#study.total });
    });
  }

  /** Takes trials that came. */
  add(trials: readonly StudyTrial[]): void {
    this.#waiting.push(...trials);
    const now = this.#ports.clock.now().getTime();
    if (now - this.#keptAt < keepEveryMs) return;
    this.#keptAt = now;
    // Whatever goes wrong is heard by `keepAll`; more trials come meanwhile.
    this.#keeping = this.#keeping.then(() => this.#keep());
    this.#keeping.catch(() => undefined);
  }

  /** Waits until all that came is kept. @throws what went wrong while keeping */
  async keepAll(): Promise<void> {
    await this.#keeping;
    await this.#keep();
  }

  async #keep(): Promise<void> {
    const trials = this.#waiting;
    if (trials.length === 0) return;
    this.#waiting = [];
    const { id, userId } = this.#optimisation;
    const trialsDone = this.#study.told;
    const isRunning = await this.#ports.store.transaction(({ optimisations }) =>
      optimisations.addTrials(id, {
        id: this.#ports.ids.uuid(),
        packed: packTrials(trials),
        trialsDone,
        best: this.#best(),
      }),
    );
    if (!isRunning) {
      this.#cancelled.abort(new Error('the optimisation was cancelled'));
      return;
    }
    // Live progress may be lost: it is repeated, and the end is an event.
    await this.#ports.bus
      .publish(`progress.${userId}`, { kind: 'optimisation', optimisationId: id })
      .catch((error: unknown) =>
        this.#ports.log.warn({ error, optimisationId: id }, 'progress lost'),
      );
  }
}

import { GttWatch } from '@nandax/app/gtt/watch-gtts.ts';
import { relayOutbox } from '@nandax/app/events/relay-outbox.ts';
import { applyBrokerUpdate } from '@nandax/app/orders/apply-broker-update.ts';
import { ChangeUnanswered } from '@nandax/app/orders/change-at-broker.ts';
import { reconcileOrders } from '@nandax/app/orders/reconcile-orders.ts';
import { ProtectionWatch } from '@nandax/app/protection/watch-protections.ts';
import type { Tick } from '@nandax/core/market/tick.ts';
import type { Job } from '@nandax/app/jobs.ts';
import type { BrokerOrderState } from '@nandax/app/ports/broker.ts';
import type { ExhaustedHandler } from '@nandax/app/ports/queue.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import type { IdSource, Log } from '@nandax/app/ports/world.ts';
import {
  exhaustedHandler,
  jobHandlers,
  type WorkerPorts,
} from '@nandax/worker/processors/handlers.ts';
import { uuidVersion7 } from '@nandax/adapters/clock/uuid-version-7.ts';
import { MemoryDatabase } from '../memory/memory-database.ts';
import { memoryTraffic } from '../memory/memory-traffic.ts';
import { memoryStore, type MemoryStore } from '../memory/memory-store.ts';
import type { Scheduler, SimulatedProcess } from './scheduler.ts';
import { SimulatedBus } from './simulated-bus.ts';
import type { FaultyNetwork } from './simulated-broker.ts';
import { SimulatedQueue } from './simulated-queue.ts';
import { steppedPorts, type AtStep, type OrderTask } from './steps.ts';
import { bundledHistory, feedId, listed } from './trading-data.ts';

/** As in worker/plans.ts; the look at the outbox is rarer here. */
const lookAgainMs = 5_000;
const reconcileEveryMs = 60_000;
const jobsAtATime = 3;

/** Longest that a process is away after a kill, milliseconds. */
const longestAbsenceMs = 4_000;

interface RunningProcess extends SimulatedProcess {
  readonly ports: TradingPorts;
  readonly store: MemoryStore;
}

/**
 * An API and two workers over one database, queue and bus, with the real use-cases in them. What is
 * killed comes back by itself after a while.
 */
export class Installation {
  readonly database = new MemoryDatabase();
  readonly queue: SimulatedQueue;
  readonly bus: SimulatedBus;
  readonly traffic = memoryTraffic();
  /** What a process logged as an error: nobody expects any. */
  readonly errors: string[] = [];
  #api: RunningProcess;
  #workers: RunningProcess[] = [];
  #minted = 0;
  #retelling = false;
  /** The market's ticks, and how many of them the feed's owner has heard; it hears one again that died. */
  readonly #ticks: Tick[] = [];
  #heardTicks = 0;
  readonly #outside: SimulatedProcess = { name: 'outside', alive: true };

  constructor(
    private readonly scheduler: Scheduler,
    private readonly network: FaultyNetwork,
    private readonly options: {
      readonly placesOnce: boolean;
      /** Whether the process that takes the step is killed there. */
      readonly diesAt: (step: string) => boolean;
    },
  ) {
    this.queue = new SimulatedQueue(scheduler);
    this.bus = new SimulatedBus(scheduler);
    this.#api = this.#process('api');
    for (const name of ['worker 1', 'worker 2']) this.#startWorker(name);
    network.onPush((word) => this.#hear(word));
  }

  /** Asks for something as a client does: again with the same key until there is an answer. */
  async ask<Answer>(
    task: Extract<OrderTask, 'place' | 'change'>,
    work: (ports: TradingPorts) => Promise<Answer>,
  ): Promise<Answer> {
    for (;;) {
      const api = this.#api;
      const answers: Answer[] = [];
      this.scheduler.spawn(api, async () => {
        answers.push(await work(this.#stepped(api, task)));
      });
      await this.scheduler.until(this.#outside, () => answers.length > 0 || !api.alive);
      const [answer] = answers;
      if (answer !== undefined) return answer;
      await this.scheduler.until(this.#outside, () => this.#api.alive);
    }
  }

  /** From now on the broker's whole book is heard again now, and by every worker that starts. */
  startRetelling(): void {
    this.#retelling = true;
    for (const worker of this.#workers) if (worker.alive) this.#hearBook(worker);
  }

  /** The market moved: the worker that owns the feed lets GTTs and protections hear of it. */
  tick(tick: Tick): void {
    this.#ticks.push(tick);
  }

  /** Whether the feed's owner has heard all that happened in the market. */
  get hasHeard(): boolean {
    return this.#heardTicks === this.#ticks.length;
  }

  /** SIGKILL; it is started again later. */
  kill(victim: SimulatedProcess): void {
    const process = [this.#api, ...this.#workers].find((running) => running === victim);
    if (process?.alive !== true) return;
    this.scheduler.kill(process);
    process.store.abandon();
    this.queue.abandon(process);
    this.scheduler.spawn(this.#outside, async () => {
      await this.scheduler.sleep(this.#outside, this.scheduler.random.below(longestAbsenceMs));
      if (process.name === 'api') this.#api = this.#process('api');
      else this.#startWorker(process.name);
    });
  }

  #process(name: string): RunningProcess {
    const process: SimulatedProcess = { name, alive: true };
    const { scheduler } = this;
    const store = memoryStore(this.database, {
      turn: () => scheduler.turn(process),
      until: (condition) => scheduler.until(process, condition),
    });
    const ports: TradingPorts = {
      clock: { now: () => new Date(scheduler.now) },
      ids: this.#ids(),
      log: this.#log(name),
      store,
      history: bundledHistory,
      queue: this.queue.connect(process),
      bus: this.bus.connect(process),
      brokers: this.network.connect(process, this.options.placesOnce),
      traffic: this.traffic,
    };
    return Object.assign(process, { ports, store });
  }

  #startWorker(name: string): void {
    const worker = this.#process(name);
    this.#workers = [...this.#workers.filter((other) => other.name !== name), worker];
    this.scheduler.spawn(worker, () => this.#relay(worker));
    this.scheduler.spawn(worker, () => this.#reconcile(worker));
    this.scheduler.spawn(worker, () => this.#watch(worker));
    if (this.#retelling) this.#hearBook(worker);
    for (let lane = 0; lane < jobsAtATime; lane += 1) {
      this.scheduler.spawn(worker, () =>
        this.queue.consume(
          worker,
          (job, attempt) => this.#handle(worker, job, attempt),
          (job, error) => this.#exhaust(worker, job, error),
        ),
      );
    }
  }

  async #relay(worker: RunningProcess): Promise<void> {
    let called = true;
    await worker.ports.bus.subscribe('outbox', () => {
      called = true;
    });
    for (;;) {
      called = false;
      await this.#logged(worker, relayOutbox(this.#stepped(worker, 'relay')));
      await this.scheduler.until(worker, () => called, lookAgainMs);
    }
  }

  async #reconcile(worker: RunningProcess): Promise<void> {
    for (;;) {
      await this.#logged(worker, reconcileOrders(this.#stepped(worker, 'reconcile')));
      await this.scheduler.sleep(worker, reconcileEveryMs);
    }
  }

  /** What the owner of a feed does with GTTs and protections; the feed is the first living worker's. */
  async #watch(worker: RunningProcess): Promise<void> {
    const owns = () => this.#workers.find(({ alive }) => alive) === worker;
    const ports = this.#stepped(worker, 'watch');
    const lease = { feedId, owner: worker.name, fencingNumber: 1n };
    const ids = listed.map(({ id }) => id);
    // Last prices stand still in a story, as they do for its other decisions.
    const saved = () => Promise.resolve();
    const gtts = new GttWatch(ports, lease, ids, saved);
    const protections = new ProtectionWatch(ports, lease, ids, saved);
    for (;;) {
      await this.scheduler.until(worker, () => owns() && !this.hasHeard);
      const tick = this.#ticks[this.#heardTicks];
      if (tick === undefined) continue;
      const at = new Date(tick.time);
      await this.#logged(worker, gtts.hear([tick], at));
      await this.#logged(worker, protections.hear([tick], at));
      this.#heardTicks += 1;
    }
  }

  /** A worker's own loops outlive a failure of theirs. */
  async #logged(worker: RunningProcess, work: Promise<unknown>): Promise<void> {
    await work.catch((error: unknown) => worker.ports.log.error({ error }, 'a loop failed'));
  }

  async #handle(worker: RunningProcess, job: Job, attempt: number): Promise<void> {
    const task = job.name === 'place-order' ? 'submit' : 'send';
    const handlers = jobHandlers(this.#stepped(worker, task) as WorkerPorts);
    const { signal } = new AbortController();
    await handlers[job.name](job.payload as never, { attempt, signal });
  }

  #exhaust(worker: RunningProcess, job: Job, error: unknown): Promise<void> {
    const { queue, id: jobId, name, payload } = job;
    // A broker that is silent to every attempt: an administrator sees the job, reconciliation asks on.
    if (error instanceof ChangeUnanswered) return Promise.resolve();
    const reason = error instanceof Error ? error.message : String(error);
    const failure: Parameters<ExhaustedHandler>[0] = {
      queue,
      jobId,
      name,
      payload,
      reason,
      attempts: 3,
    };
    return exhaustedHandler(worker.ports as WorkerPorts)(failure);
  }

  /** A push reaches one worker; where none lives it is lost. */
  #hear(word: BrokerOrderState): void {
    const alive = this.#workers.filter((worker) => worker.alive);
    if (alive.length === 0) return;
    this.#apply(this.scheduler.random.pick(alive), word);
  }

  #hearBook(worker: RunningProcess): void {
    for (const word of this.network.broker.book) this.#apply(worker, word);
  }

  #apply(worker: RunningProcess, word: BrokerOrderState): void {
    this.scheduler.spawn(worker, () =>
      this.#logged(worker, applyBrokerUpdate(this.#stepped(worker, 'hear'), word)),
    );
  }

  #stepped(process: RunningProcess, task: OrderTask): TradingPorts {
    const at: AtStep = async (step) => {
      await this.scheduler.turn(process);
      if (!this.options.diesAt(step)) return;
      this.kill(process);
      await this.scheduler.turn(process);
    };
    return steppedPorts(process.ports, task, at);
  }

  #ids(): IdSource {
    const bytes = (length: number) =>
      Uint8Array.from({ length }, () => this.scheduler.random.below(256));
    return {
      uuid: () => {
        this.#minted += 1;
        return uuidVersion7(this.scheduler.now, this.#minted & 0xfff, bytes(8));
      },
      randomBytes: bytes,
    };
  }

  #log(name: string): Log {
    const log: Log = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (fields, message) => void this.errors.push(`${name}: ${message}: ${wordsOf(fields)}`),
      child: () => log,
    };
    return log;
  }
}

function wordsOf(fields: object): string {
  return JSON.stringify(fields, (_key, value: unknown) =>
    value instanceof Error ? (value.stack ?? value.message) : value,
  );
}

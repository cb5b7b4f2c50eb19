import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import type { Environment } from '@nandax/adapters/env/environment.ts';
import { dataFolder, keptSecret, makeDataFolder } from '@nandax/adapters/postgres/data-folder.ts';
import { mintKeyRing } from '@nandax/adapters/secrets/installation-key-ring.ts';
import { openDatabase, type OpenDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { deployMigrations } from '../../prisma/migrations.ts';
import { seedReferenceData } from '../../prisma/seed-reference-data.ts';
import { seedDemoAccount, type DemoAccount } from '../demo-account.ts';
import { bannerOf } from './banner.ts';
import { SupervisedChild } from './child.ts';
import { claimFolder } from './folder-lock.ts';
import { choosePort } from './ports.ts';

export interface SupervisorOptions {
  readonly environment: Environment;
  readonly say: (line: string) => void;
  /** Serves the web from its sources, with hot reload. */
  readonly development: boolean;
}

/** How long each process may drain. */
const drainMs = 20_000;

/**
 * Everything that `npm start` runs: database, migrations, seed, then api, worker and web, each
 * started again when it dies.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #children = new Map<string, SupervisedChild>();
  #database: OpenDatabase | undefined;
  #letGoOfFolder: (() => Promise<void>) | undefined;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Resolves when all is ready. Throws a `Refusal` for what the caller can mend. */
  start(): Promise<void> {
    return (this.#starting ??= this.#start());
  }

  get isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  /** Drains the processes, then lets go of the database. Asked again, it gives the same answer. */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#stop());
  }

  /** For the impatient: no draining, but the database still ends in order. */
  hurry(): void {
    for (const child of this.#children.values()) child.kill();
  }

  /** Starts processes anew, by name: their code has changed. */
  restart(names: readonly string[]): void {
    for (const name of names) this.#children.get(name)?.restart();
  }

  async #start(): Promise<void> {
    const began = performance.now();
    const { environment, development, say } = this.#options;
    const folder = dataFolder(environment.home);
    await makeDataFolder(folder);
    this.#letGoOfFolder = await claimFolder(folder);
    const web = await choosePort('PORT', environment.port, 3000);
    const api = await choosePort('API_PORT', environment.apiPort, 3001, [web.port]);
    const logs = join(folder, 'logs');
    await mkdir(logs, { recursive: true });
    const secret = environment.secret ?? (await keptSecret(folder, 'secret'));
    if (environment.keyRing === undefined) await mintKeyRing(folder, systemClock.now());

    const [database, demo] = await this.#openDatabase(folder);
    const variables = () => ({
      NODE_ENV: development ? 'development' : 'production',
      DATABASE_URL: this.#database?.url,
      DIRECT_URL: this.#database?.directUrl,
      NANDAX_HOME: folder,
      NANDAX_SECRET: secret,
      PORT: String(web.port),
      API_PORT: String(api.port),
      API_URL: `http://127.0.0.1:${api.port}`,
      PUBLIC_URL: environment.publicUrl ?? `http://localhost:${web.port}`,
    });
    const scripts = {
      api: 'api/main.ts',
      worker: 'worker/main.ts',
      web: development ? 'cli/dev-web.ts' : 'web/server.ts',
    };
    this.#throwIfStopping();
    await Promise.all(
      Object.entries(scripts).map(([name, script]) => {
        const logFile = join(logs, `${name}.log`);
        const child = new SupervisedChild({ name, script, variables, logFile, say });
        this.#children.set(name, child);
        return child.start();
      }),
    );
    say(
      bannerOf({
        web,
        api,
        database: database.label,
        redis: environment.redisUrl !== undefined,
        folder,
        demo,
        seconds: (performance.now() - began) / 1000,
      }),
    );
  }

  async #openDatabase(folder: string): Promise<[OpenDatabase, DemoAccount | null]> {
    const { environment } = this.#options;
    const database = await openDatabase(environment);
    this.#keep(database);
    const world = { ids: systemIds(), clock: systemClock };
    await deployMigrations(database.directUrl);
    await seedReferenceData(database.directUrl, world);
    const wanted = environment.demo ?? database.embeddedIn !== null;
    const demo = wanted ? await seedDemoAccount(environment, database, folder) : null;
    return [database, demo];
  }

  /** An embedded database that dies is started again, where it was if that port is still free. */
  #keep(database: OpenDatabase): void {
    this.#database = database;
    void database.lost.then(async () => {
      if (this.isStopping) return;
      this.#options.say('The database ended and is started again.');
      try {
        const port = Number(new URL(database.url).port);
        const next = await openDatabase(this.#options.environment, port);
        this.#keep(next);
        if (next.url !== database.url) this.restart([...this.#children.keys()]);
      } catch (error) {
        this.#options.say(`The database could not be started again: ${String(error)}`);
        await this.stop();
      }
    });
  }

  async #stop(): Promise<void> {
    await Promise.all([...this.#children.values()].map((child) => child.stop(drainMs)));
    // A start under way ends now, at its next step or because its processes are gone.
    await this.#starting?.catch(() => undefined);
    await this.#database?.release();
    await this.#letGoOfFolder?.();
  }

  #throwIfStopping(): void {
    if (this.isStopping) throw new Error('Stopped before everything was ready.');
  }
}

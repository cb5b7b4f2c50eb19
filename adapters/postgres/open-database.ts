import type { Environment } from '../env/environment.ts';
import { dataFolder } from './data-folder.ts';
import { attachEmbeddedDatabase } from './embedded-database.ts';

/** The database the environment asks for, open for a command or for the supervisor. */
export interface OpenDatabase {
  readonly url: string;
  /** Past any pooler: for migrations and LISTEN. */
  readonly directUrl: string;
  /** The data folder of the embedded database; null: DATABASE_URL names the database. */
  readonly embeddedIn: string | null;
  /** Which database this is, without its password. */
  readonly label: string;
  /** Resolves when an embedded database ends although it was not released. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * DATABASE_URL when it is set; else the embedded database of the data folder, attached to when it
 * runs and started for the time of use when not, on the port preferred if that is free.
 */
export async function openDatabase(
  environment: Environment,
  preferredPort?: number,
): Promise<OpenDatabase> {
  if (environment.databaseUrl !== undefined) {
    const url = environment.databaseUrl;
    const { host, pathname } = new URL(url);
    return {
      url,
      directUrl: environment.directUrl ?? url,
      embeddedIn: null,
      label: `PostgreSQL at ${host}, database ${pathname.slice(1)}`,
      lost: new Promise(() => undefined),
      release: () => Promise.resolve(),
    };
  }
  const home = dataFolder(environment.home);
  const database = await attachEmbeddedDatabase({
    home,
    ...(preferredPort === undefined ? {} : { port: preferredPort }),
  });
  return {
    url: database.url,
    directUrl: database.url,
    embeddedIn: home,
    label: `embedded PostgreSQL on port ${database.port}`,
    lost: database.lost,
    release: () => database.release(),
  };
}

import { z } from 'zod';

const port = z.coerce
  .number({ error: 'must be a port number' })
  .int()
  .min(1, 'must be a port number, 1 to 65535')
  .max(65_535, 'must be a port number, 1 to 65535');

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a connection string like postgresql://user:password@host:5432/database',
});

/** The parts of a worker; one process may take any of them. */
export const workerRoles = ['trading', 'agents', 'backtests', 'feed'] as const;
export type WorkerRole = (typeof workerRoles)[number];

const schema = z
  .object({
    /** PostgreSQL to use; unset: the embedded one. */
    DATABASE_URL: postgresUrl.optional(),
    /** PostgreSQL without a pooler in between, for migrations and LISTEN; unset: DATABASE_URL. */
    DIRECT_URL: postgresUrl.optional(),
    /** Redis for queue, bus and limits; unset: PostgreSQL does them. */
    REDIS_URL: z
      .url({ protocol: /^rediss?$/, error: 'must be an address like redis://host:6379' })
      .optional(),
    /** Port of the web; unset: 3000, or a free one when that is taken. */
    PORT: port.optional(),
    /** Port of the API; unset: 3001, or a free one when that is taken. */
    API_PORT: port.optional(),
    /** Data folder; unset: see adapters/postgres/data-folder.ts. */
    NANDAX_HOME: z.string().optional(),
    /** Secret of this installation, shared by its processes; unset: kept in the data folder. */
    NANDAX_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    /** Whether the demo account is seeded; unset: only into the embedded database. */
    NANDAX_DEMO: z
      .enum(['true', 'false'], { error: 'must be true or false' })
      .transform((value) => value === 'true')
      .optional(),
    LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], {
        error: 'must be debug, info, warn, error or silent',
      })
      .default('info'),
    /** Which parts this worker takes. */
    WORKER_ROLES: z
      .string()
      .transform((list) => list.split(',').map((role) => role.trim()))
      .pipe(
        z.array(
          z.enum(workerRoles, { error: `must be a comma list of ${workerRoles.join(', ')}` }),
        ),
      )
      .default([...workerRoles]),
    NODE_ENV: z.string().optional(),
  })
  .transform((values) => ({
    databaseUrl: values.DATABASE_URL,
    directUrl: values.DIRECT_URL ?? values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    port: values.PORT,
    apiPort: values.API_PORT,
    home: values.NANDAX_HOME,
    secret: values.NANDAX_SECRET,
    demo: values.NANDAX_DEMO,
    logLevel: values.LOG_LEVEL,
    workerRoles: values.WORKER_ROLES,
    production: values.NODE_ENV === 'production',
  }));

/** What the surroundings ask of a process, checked and frozen. */
export type Environment = Readonly<z.output<typeof schema>>;

/** Every setting that is wrong, named with what was expected. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads the settings out of `variables`; an empty string counts as unset, unknown variables are
 * ignored. Throws `EnvironmentError` with all problems at once.
 */
export function parseEnvironment(variables: Record<string, string | undefined>): Environment {
  const set = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(set);
  if (parsed.success) return Object.freeze(parsed.data);
  throw new EnvironmentError(
    parsed.error.issues.map((issue) => `${String(issue.path[0] ?? '')} ${issue.message}`),
  );
}

/** The environment of this process: the one place of the server side that reads process.env. */
export function readEnvironment(): Environment {
  return parseEnvironment(process.env);
}

/** The variables of this process with changes, for a child of ours; undefined removes one. */
export function childVariables(
  changes: Record<string, string | undefined>,
): Record<string, string | undefined> {
  return { ...process.env, ...changes };
}

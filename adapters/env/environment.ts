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

const trueOrFalse = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((value) => value === 'true');

function wholeNumber(least: number, most: number, unit: string) {
  const words = `must be a whole number of ${unit}, ${least} to ${most}`;
  return z.coerce.number({ error: words }).int(words).min(least, words).max(most, words);
}

/** Origin of a page, e.g. `https://trade.example.com`. */
const origin = z
  .url({ protocol: /^https?$/, error: 'must be an address like https://trade.example.com' })
  .transform((text) => new URL(text).origin);

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
    /** Keys that seal secrets, `id:base64` separated by commas, the first seals; unset: in the data folder. */
    NANDAX_KEY_RING: z.string().optional(),
    /** Whether the demo account is seeded; unset: only into the embedded database. */
    NANDAX_DEMO: trueOrFalse.optional(),
    /** Address at which people open the web: links in letters, passkeys; unset: http://localhost:PORT. */
    PUBLIC_URL: origin.optional(),
    /** Origins of other pages that may call the API, a comma list; unset: none. */
    CORS_ORIGINS: z
      .string()
      .transform((list) => list.split(',').map((each) => each.trim()))
      .pipe(z.array(origin))
      .default([]),
    /** Mail server, e.g. smtps://user:password@mail.example.com; unset: letters stay in the local outbox. */
    SMTP_URL: z
      .url({
        protocol: /^smtps?$/,
        error: 'must be an address like smtps://user:password@host:465',
      })
      .optional(),
    /** Sender of letters. */
    MAIL_FROM: z.string().default('NandaX <no-reply@localhost>'),
    /** Minutes that an access token lives; 7 days at most. */
    ACCESS_TOKEN_MINUTES: wholeNumber(1, 10_080, 'minutes').default(10),
    /** Days that a refresh token lives unused. */
    REFRESH_TOKEN_DAYS: wholeNumber(1, 365, 'days').default(30),
    /** Days that a browser's session lives unused. */
    SESSION_DAYS: wholeNumber(1, 365, 'days').default(30),
    /** Days after which a deleted account's personal data are erased. */
    DELETION_GRACE_DAYS: wholeNumber(1, 365, 'days').default(30),
    /** Rupees that the money of a broker's books and ours may lie apart before it is told. */
    FUNDS_TOLERANCE: wholeNumber(0, 10_000_000, 'rupees').default(100),
    /** Whether a live broker connection asks for a second factor. */
    SECOND_FACTOR_FOR_LIVE_BROKERS: trueOrFalse.default(true),
    /** Whether the schema may be asked for. */
    INTROSPECTION: trueOrFalse.default(true),
    /** Seconds that one operation may take. */
    OPERATION_TIMEOUT_SECONDS: wholeNumber(1, 300, 'seconds').default(20),
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
    keyRing: values.NANDAX_KEY_RING,
    demo: values.NANDAX_DEMO,
    publicUrl: values.PUBLIC_URL,
    corsOrigins: values.CORS_ORIGINS,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    accessTokenMinutes: values.ACCESS_TOKEN_MINUTES,
    refreshTokenDays: values.REFRESH_TOKEN_DAYS,
    sessionDays: values.SESSION_DAYS,
    deletionGraceDays: values.DELETION_GRACE_DAYS,
    fundsTolerance: values.FUNDS_TOLERANCE,
    secondFactorForLiveBrokers: values.SECOND_FACTOR_FOR_LIVE_BROKERS,
    introspection: values.INTROSPECTION,
    operationTimeoutSeconds: values.OPERATION_TIMEOUT_SECONDS,
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

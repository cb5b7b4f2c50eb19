import { pino, type DestinationStream, type Logger } from 'pino';
import type { Log } from '@nandax/app/ports/world.ts';

/** Names of fields whose values never reach a log line, at any depth of three. */
const secretFields = [
  'password',
  'passwordHash',
  'secret',
  'token',
  'accessToken',
  'apiKey',
  'apiSecret',
  'cookie',
  'authorization',
  'connectionString',
];

export interface LogOptions {
  /** Which process speaks: api, worker, cli. */
  readonly process: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** One JSON line per event, with secrets redacted and errors unfolded under `error`. */
export function createLog(options: LogOptions): Log {
  const paths = secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const logger = pino(
    {
      level: options.level,
      base: { process: options.process },
      errorKey: 'error',
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[redacted]' },
      serializers: { error: pino.stdSerializers.err },
      formatters: { level: (level) => ({ level }) },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
  return wrap(logger);
}

function wrap(logger: Logger): Log {
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    child: (fields) => wrap(logger.child(fields)),
  };
}

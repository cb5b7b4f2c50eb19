import { pino, type DestinationStream, type Logger } from 'pino';
import type { Log } from '@nandax/app/ports/world.ts';
import { redactText } from './redact-text.ts';
import { redact } from './redact.ts';

export interface LogOptions {
  /** Which process speaks: api, worker, cli. */
  readonly process: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** One JSON line per event, with secrets redacted and errors unfolded under `error`. */
export function createLog(options: LogOptions): Log {
  const logger = pino(
    {
      level: options.level,
      base: { process: options.process },
      errorKey: 'error',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
  return wrap(logger);
}

function wrap(logger: Logger): Log {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: object, message: string) => {
    // Nothing is looked through for a level that is off.
    if (logger.isLevelEnabled(level)) logger[level](redact(fields), redactText(message));
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(logger.child(redact(fields))),
  };
}

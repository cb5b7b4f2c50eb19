import { EnvironmentError, readEnvironment } from '@nandax/adapters/env/environment.ts';
import { Refusal } from './supervisor/refusal.ts';
import { Supervisor } from './supervisor/supervisor.ts';
import { watchSources } from './supervisor/watch-sources.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Starts everything and keeps it running until a signal asks for its end. */
export async function run(development: boolean): Promise<void> {
  const supervisor = new Supervisor({ environment: environmentOrEnd(), development, say });
  const stop = () => {
    if (supervisor.isStopping) {
      supervisor.hurry();
      return;
    }
    say('Stopping: finishing what is under way. Once more to end at once.');
    void supervisor.stop().then(() => {
      say('Stopped.');
      process.exit(0);
    }, end);
  };
  // SIGHUP: the terminal was closed.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    await supervisor.start();
    if (development) watchSources((names) => supervisor.restart(names));
  } catch (error) {
    // A stop that was asked for ends the process itself.
    if (supervisor.isStopping) return;
    await supervisor.stop();
    end(error);
  }
}

function environmentOrEnd(): ReturnType<typeof readEnvironment> {
  try {
    return readEnvironment();
  } catch (error) {
    return end(error);
  }
}

/** Words for what a person can mend; the whole trace for what is a fault of ours. */
function end(error: unknown): never {
  const plain = error instanceof Refusal || error instanceof EnvironmentError;
  const words = error instanceof Error && !plain ? error.stack : String(error);
  process.stderr.write(`${(plain ? error.message : words) ?? ''}\n`);
  process.exit(1);
}

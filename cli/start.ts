import { EnvironmentError, readEnvironment } from '@nandax/adapters/env/environment.ts';
import { watchSources } from './supervisor/watch-sources.ts';
import { Refusal } from './supervisor/refusal.ts';
import { Supervisor } from './supervisor/supervisor.ts';

/** `npm start` and, with `--dev`, `npm run dev`. */
const development = process.argv.includes('--dev');
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const supervisor = new Supervisor({ environment: readEnvironment(), development, say });
  const stop = () => {
    if (supervisor.isStopping) {
      supervisor.hurry();
      return;
    }
    say('Stopping: finishing what is under way. Once more to end at once.');
    void supervisor.stop().then(
      () => {
        say('Stopped.');
        process.exit(0);
      },
      (error: unknown) => end(error),
    );
  };
  // SIGHUP: the terminal was closed.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    await supervisor.start();
    if (development) watchSources((names) => supervisor.restart(names));
  } catch (error) {
    // Once a stop was asked for, its own end is the end.
    if (!supervisor.isStopping) {
      await supervisor.stop();
      end(error);
    }
  }
} catch (error) {
  end(error);
}

/** Words for what a person can mend; the whole trace for what is a fault of ours. */
function end(error: unknown): void {
  const plain = error instanceof Refusal || error instanceof EnvironmentError;
  const words = error instanceof Error ? (plain ? error.message : error.stack) : String(error);
  process.stderr.write(`${words ?? ''}\n`);
  process.exit(1);
}

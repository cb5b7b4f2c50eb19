import { CommanderError, type Command } from 'commander';
import type { Result } from '@nandax/core/result.ts';
import { printable } from '../printable.ts';

/** Exit code of a command whose files, rules or options are wrong. */
const badInput = 2;

/**
 * Runs a command of quants: what it refuses goes to stderr as one line, with exit code 2; so do options
 * that the command does not know.
 */
export async function runQuantCommand(
  command: Command,
  act: () => Promise<Result<string, string>>,
): Promise<void> {
  // Whoever reads only the head of it has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  // A suggestion comes on a line of its own, and we promise one line.
  command.exitOverride().configureOutput({ outputError: (text) => refuse(text.trim()) });
  try {
    command.parse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // The help that somebody asked for is no mistake.
    process.exitCode = error.exitCode === 0 ? 0 : badInput;
    return;
  }
  const result = await act();
  if (result.ok) {
    process.stdout.write(`${result.value}\n`);
    return;
  }
  refuse(result.failure);
}

function refuse(reason: string): void {
  process.stderr.write(`${printable(reason)}\n`);
  process.exitCode = badInput;
}

/** `FILE:LINE:COLUMN: message`, as editors and terminals know to open it. */
export function placed(file: string, line: number, column: number, message: string): string {
  return `${file}:${line}:${column}: ${message}`;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder for the processes that a test file starts, gone at its end. */
export const testHome = mkdtempSync(join(tmpdir(), 'nandax-home-'));

process.once('exit', () => rmSync(testHome, { recursive: true, force: true }));

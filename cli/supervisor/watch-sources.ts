import { watch } from 'node:fs';
import { join } from 'node:path';
import { rootFolder } from './root.ts';

/** Which processes run the code of a folder; the web reloads itself. */
const readers: Readonly<Record<string, readonly string[]>> = {
  core: ['api', 'worker'],
  app: ['api', 'worker'],
  adapters: ['api', 'worker'],
  api: ['api'],
  worker: ['worker'],
};

/** Editors save in several steps; a restart waits for the last of them. */
const quietMs = 150;

/** Calls with the processes whose code was saved. */
export function watchSources(onChange: (names: readonly string[]) => void): void {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  for (const [folder, names] of Object.entries(readers)) {
    watch(join(rootFolder, folder), { recursive: true }, (_event, file) => {
      if (file === null || !/\.ts$/.test(file) || /\.test\.ts$|node_modules/.test(file)) return;
      for (const name of names) waiting.add(name);
      clearTimeout(timer);
      timer = setTimeout(() => {
        onChange([...waiting]);
        waiting.clear();
      }, quietMs);
    });
  }
}

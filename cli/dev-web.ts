import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Vite from 'vite';
import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { rootFolder } from './supervisor/root.ts';

/** The web from its sources, with hot reload, as a process of `npm run dev`. */
const folder = join(rootFolder, 'web');
process.chdir(folder);
// The web's own Vite, whichever other one is at the root.
const vitePath = createRequire(join(folder, 'package.json')).resolve('vite');
const { createServer } = (await import(pathToFileURL(vitePath).href)) as typeof Vite;
const { port = 3000, apiPort = 3001 } = readEnvironment();
const api = { target: `http://127.0.0.1:${apiPort}`, ws: true };
const server = await createServer({
  root: folder,
  server: { port, strictPort: true, proxy: { '/graphql': api } },
});
await server.listen();

const stop = () => void server.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('disconnect', stop);
process.send?.({ ready: true, port });

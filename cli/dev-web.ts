import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Vite from 'vite';
import { rootFolder } from './supervisor/root.ts';

/** The web from its sources, with hot reload, as a process of `npm run dev`. */
const folder = join(rootFolder, 'web');
process.chdir(folder);
// The web's own Vite, whichever other one is at the root.
const vitePath = createRequire(join(folder, 'package.json')).resolve('vite');
const { createServer } = (await import(pathToFileURL(vitePath).href)) as typeof Vite;
const port = Number(process.env['PORT'] ?? '3000');
const server = await createServer({ root: folder, server: { port, strictPort: true } });
await server.listen();

const stop = () => void server.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('disconnect', stop);
process.send?.({ ready: true, port });

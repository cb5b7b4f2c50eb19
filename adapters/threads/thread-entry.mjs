// The loader that reads TypeScript does not reach worker threads on Node 20, so each registers its own.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.file);

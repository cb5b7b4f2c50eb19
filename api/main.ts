import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { startApi } from './compose.ts';

const api = await startApi(readEnvironment());

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await api.close();
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
// The supervisor is gone; nobody would stop us any more.
process.once('disconnect', () => void stop());
process.send?.({ ready: true, port: api.port });

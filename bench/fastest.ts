/** The fastest go, by wall and by processor time: what else runs on the machine only ever adds. */
export interface Fastest {
  /** Milliseconds. */
  readonly wall: number;
  /** Milliseconds of all threads of the process together. */
  readonly cpu: number;
}

/** Goes through the work so many times. */
export async function fastest(goes: number, work: () => unknown): Promise<Fastest> {
  let [wall, cpu] = [Infinity, Infinity];
  for (let go = 0; go < goes; go += 1) {
    const start = performance.now();
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    wall = Math.min(wall, performance.now() - start);
    cpu = Math.min(cpu, (user + system) / 1000);
  }
  return { wall, cpu };
}

/**
 * What the work allocated and held at its end, MB; null where the collector cannot be called. Columns lie
 * outside of the heap, so both are counted, right after the work and before any collection.
 */
export async function megabytesOf(work: () => unknown): Promise<number | null> {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (collect === undefined) return null;
  collect();
  const before = process.memoryUsage();
  await work();
  const after = process.memoryUsage();
  const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  return Math.max(0, grown) / 1e6;
}

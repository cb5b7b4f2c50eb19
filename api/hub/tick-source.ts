import type { Bus } from '@nandax/app/ports/bus.ts';
import type { Reads } from '@nandax/app/ports/reads.ts';
import { createLoaders, type Loaders } from '../loaders.ts';
import { Latest } from './latest.ts';
import type { StreamSource } from './stream.ts';

/** One reader gets ticks at most this often, milliseconds. */
const intervalMs = 20;

/** A batch of ticks of one feed, at most one an instrument. */
export interface TickUpdate {
  readonly feedId: string;
  readonly ticks: readonly {
    readonly instrumentId: string;
    readonly time: Date;
    readonly price: number;
    readonly volume: number | null;
  }[];
  /** Instruments do not change, so these last as long as the subscription. */
  readonly loaders: Loaders;
}

/** Ticks of some instruments of a feed, the latest of each winning while the reader is busy. */
export async function tickSource(
  { bus, reads }: { readonly bus: Bus; readonly reads: Reads },
  feedId: string,
  instrumentIds: readonly string[],
  wake: () => void,
): Promise<StreamSource<TickUpdate>> {
  const wanted = new Set(instrumentIds);
  const loaders = createLoaders(reads);
  const latest = new Latest<string, TickUpdate['ticks'][number]>(intervalMs, wake);
  const unsubscribe = await bus.subscribe(`ticks.${feedId}`, (batch) => {
    batch.instrumentIds.forEach((instrumentId, index) => {
      if (!wanted.has(instrumentId)) return;
      latest.put(instrumentId, {
        instrumentId,
        time: new Date(batch.times[index] ?? NaN),
        price: batch.prices[index] ?? NaN,
        volume: batch.volumes[index] ?? null,
      });
    });
  });
  return {
    next() {
      const ticks = latest.take();
      return Promise.resolve(ticks.length === 0 ? [] : [{ feedId, ticks, loaders }]);
    },
    async close() {
      latest.close();
      await unsubscribe();
    },
  };
}

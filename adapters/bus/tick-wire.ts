import type { TickBatch } from '@nandax/app/ports/bus.ts';

/** A tick batch as it travels: each instrument's id once, and per tick its place in that list. */
interface WireTicks {
  readonly ids: readonly string[];
  readonly at: readonly number[];
  readonly times: readonly number[];
  readonly prices: readonly number[];
  readonly volumes: readonly (number | null)[];
}

/** Encodes ticks, in order, as messages of at most `maxBytes` each (one tick always fits). */
export function encodeTicks(batch: TickBatch, maxBytes: number): string[] {
  const text = JSON.stringify(toWire(batch));
  const count = batch.times.length;
  if (count <= 1 || Buffer.byteLength(text) <= maxBytes) return [text];
  const half = count >> 1;
  return [
    ...encodeTicks(sliceTicks(batch, 0, half), maxBytes),
    ...encodeTicks(sliceTicks(batch, half, count), maxBytes),
  ];
}

/** The batch that `encodeTicks` made a message of. */
export function decodeTicks(text: string): TickBatch {
  const { ids, at, times, prices, volumes } = JSON.parse(text) as WireTicks;
  return { instrumentIds: at.map((place) => ids[place] ?? ''), times, prices, volumes };
}

/** Several batches as one, in order. */
export function joinTicks(batches: readonly TickBatch[]): TickBatch {
  const [only] = batches;
  if (only !== undefined && batches.length === 1) return only;
  return {
    instrumentIds: batches.flatMap((batch) => batch.instrumentIds),
    times: batches.flatMap((batch) => batch.times),
    prices: batches.flatMap((batch) => batch.prices),
    volumes: batches.flatMap((batch) => batch.volumes),
  };
}

function toWire(batch: TickBatch): WireTicks {
  const places = new Map<string, number>();
  const at = batch.instrumentIds.map((id) => {
    const place = places.get(id) ?? places.size;
    places.set(id, place);
    return place;
  });
  const { times, prices, volumes } = batch;
  return { ids: [...places.keys()], at, times, prices, volumes };
}

function sliceTicks(batch: TickBatch, from: number, to: number): TickBatch {
  return {
    instrumentIds: batch.instrumentIds.slice(from, to),
    times: batch.times.slice(from, to),
    prices: batch.prices.slice(from, to),
    volumes: batch.volumes.slice(from, to),
  };
}

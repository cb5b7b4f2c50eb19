import { statisticNames } from '@nandax/core/optimise/aim.ts';
import type { StudyTrial } from '@nandax/core/optimise/study.ts';

/*
 * Trials as bytes, little endian:
 *
 *     0  uint32   bytes of the head
 *     4           the head, JSON in UTF-8: how many trials and dimensions, the names of the statistics,
 *                 and why trials were refused, by their place
 *     …  uint32   segments; numbers; then the places of each point, one dimension after the other
 *     …  float64  statistics, one trial after the other, NaN for what does not exist
 */
interface Head {
  readonly count: number;
  readonly dimensions: number;
  readonly names: readonly string[];
  readonly refused: readonly (readonly [place: number, reason: string])[];
}

/** Trials of one study as bytes. */
export function packTrials(trials: readonly StudyTrial[]): Uint8Array<ArrayBuffer> {
  const dimensions = trials[0]?.point.length ?? 0;
  const head: Head = {
    count: trials.length,
    dimensions,
    names: statisticNames,
    refused: trials.flatMap(({ outcome }, place) =>
      outcome.kind === 'REFUSED' ? [[place, outcome.reason] as const] : [],
    ),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const words = trials.length * (2 + dimensions);
  const numbers = trials.length * statisticNames.length;
  const bytes = new Uint8Array(4 + text.length + words * 4 + numbers * 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, text.length, true);
  bytes.set(text, 4);
  let at = 4 + text.length;
  const word = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  for (const { segment } of trials) word(segment);
  for (const { number } of trials) word(number);
  for (let place = 0; place < dimensions; place += 1) {
    for (const { point } of trials) word(point[place] as number);
  }
  for (const { outcome } of trials) {
    for (let name = 0; name < statisticNames.length; name += 1) {
      view.setFloat64(
        at,
        outcome.kind === 'MEASURED' ? (outcome.statistics[name] ?? NaN) : NaN,
        true,
      );
      at += 8;
    }
  }
  return bytes;
}

/** The trials that `packTrials` wrote; statistics that did not exist then have no value. */
export function unpackTrials(packed: Uint8Array): readonly StudyTrial[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const headBytes = view.getUint32(0, true);
  const text = new TextDecoder().decode(packed.subarray(4, 4 + headBytes));
  const { count, dimensions, names, refused } = JSON.parse(text) as Head;
  const words = 4 + headBytes;
  const numbers = words + count * (2 + dimensions) * 4;
  const word = (column: number, row: number): number =>
    view.getUint32(words + (column * count + row) * 4, true);
  const reasons = new Map(refused);
  const places = statisticNames.map((name) => names.indexOf(name));
  return Array.from({ length: count }, (_, row): StudyTrial => {
    const reason = reasons.get(row);
    return {
      segment: word(0, row),
      number: word(1, row),
      point: Array.from({ length: dimensions }, (__, dimension) => word(2 + dimension, row)),
      outcome:
        reason === undefined
          ? {
              kind: 'MEASURED',
              statistics: Float64Array.from(places, (place) =>
                place === -1
                  ? NaN
                  : view.getFloat64(numbers + (row * names.length + place) * 8, true),
              ),
            }
          : { kind: 'REFUSED', reason },
    };
  });
}

/** All trials of some packs, each once, though a job that ran twice has written some twice. */
export function joinTrials(packs: readonly Uint8Array[]): readonly StudyTrial[] {
  const known = new Map<string, StudyTrial>();
  for (const trial of packs.flatMap(unpackTrials)) {
    known.set(`${trial.segment} ${trial.number}`, trial);
  }
  return [...known.values()].toSorted(
    (left, right) => left.segment - right.segment || left.number - right.number,
  );
}

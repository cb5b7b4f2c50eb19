/** Units of an instrument that came or went (negative). */
export interface HeldChange {
  /** Identifies the instrument. */
  readonly instrument: string;
  readonly units: number;
  /** Epoch ms. */
  readonly time: number;
}

/** A stretch of market time, epoch ms. */
export interface OpenHours {
  readonly open: number;
  readonly close: number;
}

/**
 * The share of the hours in which the market was open that something was held in, in percent; null
 * without such hours. Changes and hours are in the order of time, and hours do not overlap.
 */
export function exposurePercentOf(
  changes: readonly HeldChange[],
  hours: readonly OpenHours[],
): number | null {
  const held = new Map<string, number>();
  let next = 0;
  let open = 0;
  let exposed = 0;
  const applyThrough = (time: number): void => {
    for (let change = changes[next]; change !== undefined && change.time <= time;) {
      const units = (held.get(change.instrument) ?? 0) + change.units;
      if (units === 0) held.delete(change.instrument);
      else held.set(change.instrument, units);
      next += 1;
      change = changes[next];
    }
  };
  for (const session of hours) {
    let from = session.open;
    applyThrough(from);
    while (from < session.close) {
      const to = Math.min(changes[next]?.time ?? Infinity, session.close);
      if (held.size > 0) exposed += to - from;
      from = to;
      applyThrough(from);
    }
    open += session.close - session.open;
  }
  return open === 0 ? null : (exposed / open) * 100;
}

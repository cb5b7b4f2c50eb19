/** How the kernel fills; docs/fill-model.md describes and reasons it. */
export interface FillModel {
  /** Ticks that an order at market pays on top of (or receives below) its price. Default 0. */
  readonly slippageTicks?: number;
  /** Ticks between bid and ask where a print brings neither; half of it each way. Default 0. */
  readonly spreadTicks?: number;
  /** When a limit order that rests fills: once the price is beyond it, or reaches it. Default THROUGH. */
  readonly limitFill?: 'THROUGH' | 'TOUCH';
  /** Share (above 0, at most 1) of a print's volume that all our orders may take. Default: no cap. */
  readonly participation?: number | null;
  /** Milliseconds from an order's entry (or change) to the exchange. Default 0. */
  readonly latencyMs?: number;
}

/** A model with every part stated. */
export type WholeFillModel = Readonly<Required<FillModel>>;

/** A part of a model that is out of its range. */
export interface FillModelFailure {
  readonly field: keyof FillModel;
  readonly message: string;
}

/** Most ticks of slippage or spread, and most milliseconds of latency, that make sense. */
const most = { slippageTicks: 1_000, spreadTicks: 1_000, latencyMs: 60_000 } as const;

/** Whether every part of a model is in its range. Null: it is. */
export function checkFillModel(model: FillModel): FillModelFailure | null {
  const { participation = null } = model;
  for (const field of ['slippageTicks', 'spreadTicks', 'latencyMs'] as const) {
    const value = model[field] ?? 0;
    if (!(Number.isInteger(value) && value >= 0 && value <= most[field])) {
      return { field, message: `A whole number from 0 to ${most[field]}.` };
    }
  }
  if (participation !== null && !(participation > 0 && participation <= 1)) {
    return { field: 'participation', message: 'A share above 0 and at most 1.' };
  }
  return null;
}

/** @throws RangeError where a part is no number of its range. */
export function wholeModelOf(model: FillModel): WholeFillModel {
  const { slippageTicks = 0, spreadTicks = 0, limitFill = 'THROUGH' } = model;
  const { participation = null, latencyMs = 0 } = model;
  for (const [name, value] of Object.entries({ slippageTicks, spreadTicks, latencyMs })) {
    if (!(value >= 0)) throw new RangeError(`${name} is ${value}`);
  }
  if (participation !== null && !(participation > 0 && participation <= 1)) {
    throw new RangeError(`participation is ${participation}`);
  }
  return { slippageTicks, spreadTicks, limitFill, participation, latencyMs };
}

import type { ContractNote } from '@nandax/core/charges/contract-note.ts';
import type { RunStatistics } from '@nandax/core/portfolio/run-statistics.ts';
import { Decimal } from 'decimal.js';
import { snapshot } from '../events/snapshot.ts';
import type { Json } from '../ports/events.ts';

/** The charges of all contract notes of a run by component, rupees with 2 decimals. */
export type NotedCharges = ContractNote['charges'];

/** The figures of a run, with its charges by component. */
export interface RunFigures extends Omit<RunStatistics, 'charges'> {
  readonly charges: NotedCharges;
}

const components = [
  'brokerage',
  'securitiesTransactionTax',
  'exchangeTransactionCharge',
  'sebiTurnoverFee',
  'stampDuty',
  'goodsAndServicesTax',
  'depositoryParticipantCharge',
  'total',
] as const;

/** The sum of contract notes, component by component. */
export function sumOfNotes(notes: readonly Pick<ContractNote, 'charges'>[]): NotedCharges {
  const sumOf = (component: (typeof components)[number]): Decimal =>
    notes.reduce((sum, { charges }) => sum.plus(charges[component]), new Decimal(0));
  return Object.fromEntries(
    components.map((component) => [component, sumOf(component)]),
  ) as unknown as NotedCharges;
}

/** Figures as a run's row keeps them: decimals as strings. */
export function storeFigures(figures: RunFigures): Json {
  return snapshot(figures);
}

type Stored<T> = T extends Decimal
  ? string
  : T extends object
    ? { [K in keyof T]: Stored<T[K]> }
    : T;

/** The figures that `storeFigures` wrote. */
export function readFigures(json: Json): RunFigures {
  const stored = json as unknown as Stored<RunFigures>;
  return {
    ...stored,
    initialCapital: new Decimal(stored.initialCapital),
    finalEquity: new Decimal(stored.finalEquity),
    grossPnl: new Decimal(stored.grossPnl),
    netPnl: new Decimal(stored.netPnl),
    expectancy: stored.expectancy === null ? null : new Decimal(stored.expectancy),
    charges: Object.fromEntries(
      components.map((component) => [component, new Decimal(stored.charges[component])]),
    ) as unknown as NotedCharges,
  };
}

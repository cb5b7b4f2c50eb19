import type { ContractNote } from '@nandax/core/charges/contract-note.ts';
import { openPnlOf, type RunStatistics } from '@nandax/core/metrics/run-statistics.ts';
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

/** Figures that runs of before November 2026 did not store. */
const notMeasured = {
  cagrPercent: null,
  volatilityPercent: null,
  sortinoRatio: null,
  calmarRatio: null,
  maxDrawdownPeakAt: null,
  maxDrawdownTroughAt: null,
  maxDrawdownRecoveredAt: null,
  maxDrawdownSeconds: null,
  valueAtRiskPercent: null,
  expectedShortfallPercent: null,
  averageHoldingSeconds: null,
  systemQualityNumber: null,
  exposurePercent: null,
  turnover: null,
} satisfies Partial<RunFigures>;

/** The figures that `storeFigures` wrote. */
export function readFigures(json: Json): RunFigures {
  const stored = json as unknown as Stored<RunFigures>;
  const money = {
    initialCapital: new Decimal(stored.initialCapital),
    finalEquity: new Decimal(stored.finalEquity),
    netPnl: new Decimal(stored.netPnl),
  };
  return {
    ...notMeasured,
    ...stored,
    ...money,
    grossPnl: new Decimal(stored.grossPnl),
    // Runs of before December 2026 did not store it.
    openPnl: openPnlOf(money),
    expectancy: decimalOrNull(stored.expectancy),
    averageWin: decimalOrNull(stored.averageWin),
    averageLoss: decimalOrNull(stored.averageLoss),
    charges: Object.fromEntries(
      components.map((component) => [component, new Decimal(stored.charges[component])]),
    ) as unknown as NotedCharges,
  };
}

function decimalOrNull(stored: string | null | undefined): Decimal | null {
  return typeof stored === 'string' ? new Decimal(stored) : null;
}

import { chargesByTable, type ChargeTable } from '../../backtest/bars/charge-table.ts';
import type { CommissionModel } from '../../backtest/bars/commission.ts';
import { mapBars } from '../../backtest/bars/bars-between.ts';
import { timeLineOf, type BarsInstrument } from '../../backtest/bars/bars-market.ts';
import type { BarsOptions } from '../../backtest/bars/bars-options.ts';
import type { CalendarDay } from '../../calendar/trading-calendar.ts';
import type { TimeFrame } from '../../market/time-frame.ts';
import type { BarColumns } from '../../strategy/columns/bar-columns.ts';
import type { Crossings } from '../../strategy/plan/plan-step.ts';

/** What an order costs, as plain data. */
export type PlainCommission =
  | Exclude<CommissionModel, { readonly kind: 'CHARGES' }>
  | { readonly kind: 'TABLE'; readonly table: ChargeTable };

/** All that trials over bars need, as plain data that can cross into threads. */
export interface BarsProblem {
  /** The strategy's text. */
  readonly document: string;
  readonly timeFrame: TimeFrame;
  readonly crossings: Crossings;
  /** Those that are traded; a pair's other leg is the last. */
  readonly instruments: readonly BarsInstrument[];
  /** Bars of what the rules read beside them, in the order of the strategy's `references`. */
  readonly references: readonly BarColumns[];
  /**
   * Points before those that are searched, whose bars the rules know from the first decision on; left
   * out: none.
   */
  readonly history?: number;
  /** Rows of the market's calendar; null: bars are traded whenever they come. */
  readonly calendarDays: readonly CalendarDay[] | null;
  readonly options: Omit<BarsOptions, 'commission'>;
  readonly commission: PlainCommission;
}

/** The options of the engine. */
export function optionsOf({ options, commission }: BarsProblem): BarsOptions {
  return { ...options, commission: commissionModelOf(commission) };
}

/** The model that the engine charges by. */
export function commissionModelOf(commission: PlainCommission): CommissionModel {
  return commission.kind === 'TABLE' ? chargesByTable(commission.table) : commission;
}

/** Epoch ms at which the bars of each point of a problem ended, its history aside: what windows are counted in. */
export function pointsOfProblem({ instruments, history = 0 }: BarsProblem): Float64Array {
  return timeLineOf(instruments).subarray(history);
}

/** The same problem with its columns in memory that all threads share. */
export function sharedProblem(problem: BarsProblem): BarsProblem {
  return {
    ...problem,
    instruments: problem.instruments.map((instrument) => ({
      ...instrument,
      bars: sharedBars(instrument.bars),
    })),
    references: problem.references.map(sharedBars),
  };
}

function sharedBars(bars: BarColumns): BarColumns {
  return mapBars(bars.length, (name) => {
    const column = new Float64Array(new SharedArrayBuffer(bars.length * 8));
    column.set(bars[name]);
    return column;
  });
}

import type { HoldingMemory } from '../../strategy/decide-signals.ts';
import type { StrategyTerms } from '../../strategy/plan/strategy-terms.ts';
import type { BarsAccount } from './bars-account.ts';
import { hasNoTrades, type BarsInstrument, type BarsMarket } from './bars-market.ts';
import type { BarsOptions } from './bars-options.ts';
import type { OrderExecution } from './order-execution.ts';
import { wholeSteps } from './units.ts';

/** Stops and targets that lie in the market during a bar. */
export class LevelsWithinBar {
  readonly #terms: StrategyTerms;
  readonly #market: BarsMarket;
  readonly #options: BarsOptions;
  readonly #account: BarsAccount;
  readonly #execution: OrderExecution;

  constructor(
    terms: StrategyTerms,
    market: BarsMarket,
    options: BarsOptions,
    account: BarsAccount,
    execution: OrderExecution,
  ) {
    this.#terms = terms;
    this.#market = market;
    this.#options = options;
    this.#account = account;
    this.#execution = execution;
  }

  /** Lets what is held meet its bar: what the open is beyond, then the stop, then the targets. */
  meet(instrument: number, row: number, point: number, memory: HoldingMemory | null): void {
    const position = this.#account.position(instrument);
    if (memory === null || memory.isLong !== position.quantity > 0) return;
    if (hasNoTrades(this.#market, this.#options, instrument, row)) return;
    const { bars } = this.#market.instruments[instrument] as BarsInstrument;
    const open = bars.open[row] as number;
    const sign = position.quantity > 0 ? 1 : -1;
    const [against, favour] = sign > 0 ? [bars.low, bars.high] : [bars.high, bars.low];
    const [worst, best] = [against[row] as number, favour[row] as number];
    const stop = position.stopLevel(this.#terms, memory);
    // An entry met the open, so only positions from before can find it beyond their levels.
    if (position.entryPoint < point && !(sign * (open - stop) <= 0)) {
      this.#takeTargets(instrument, row, point, memory, open);
    }
    if (position.quantity !== 0 && sign * (worst - stop) <= 0) {
      const units = Math.abs(position.quantity);
      this.#leaveAt('STOP', instrument, row, point, stop, units);
    }
    this.#takeTargets(instrument, row, point, memory, best);
  }

  /** Takes the targets up to a price that the bar reached, from the nearest on. */
  #takeTargets(
    instrument: number,
    row: number,
    point: number,
    memory: HoldingMemory,
    reached: number,
  ): void {
    const position = this.#account.position(instrument);
    const sign = position.quantity > 0 ? 1 : -1;
    while (position.quantity !== 0) {
      const level = position.targetLevel(this.#terms, memory);
      const target = this.#terms.takeProfits[position.targetsTaken];
      if (target === undefined || !(sign * (reached - level) >= 0)) return;
      position.targetsTaken += 1;
      const units = this.#targetUnits(instrument, target.leftPercent);
      if (units > 0) this.#leaveAt('TARGET', instrument, row, point, level, units);
    }
  }

  /** Whole steps that have to leave so that `leftPercent` of what was entered have left. */
  #targetUnits(instrument: number, leftPercent: number): number {
    const { quantity, enteredUnits } = this.#account.position(instrument);
    const held = Math.abs(quantity);
    if (leftPercent === 100) return held;
    const step = this.#account.unitStep(instrument);
    const left = wholeSteps((enteredUnits * leftPercent) / 100, step);
    return Math.min(left - (enteredUnits - held), held);
  }

  #leaveAt(
    kind: 'STOP' | 'TARGET',
    instrument: number,
    row: number,
    point: number,
    level: number,
    units: number,
  ): void {
    const { bars } = this.#market.instruments[instrument] as BarsInstrument;
    const [open, openTime] = [bars.open[row] as number, bars.openTime[row] as number];
    this.#execution.leaveAt(kind, instrument, units, level, point, open, openTime);
  }
}

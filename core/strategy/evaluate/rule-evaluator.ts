import type { TradingCalendar } from '../../calendar/trading-calendar.ts';
import { BarContext, type RuleBar } from './bar-context.ts';
import { LongerBars } from './longer-bars.ts';
import { RuleReading, type RulePlan } from './rule-reading.ts';
import { streamStep, type StreamState } from './stream-step.ts';

interface Longer {
  readonly context: number;
  readonly bars: LongerBars;
}

/**
 * The rules over the bars of one instrument and of those that the rules name beside it. Every bar is
 * told from the first one on, in the order of closing time.
 */
export class RuleEvaluator {
  /** What the rules say on the instrument's latest bar. */
  readonly reading: RuleReading;
  readonly #bars: readonly BarContext[];
  /** For each source, the context of its own bars; -1: nothing reads them as they are. */
  readonly #contextOf: readonly number[];
  /** For each source, the longer bars made of its own. */
  readonly #longerOf: readonly (readonly Longer[])[];
  readonly #longer: readonly Longer[];
  readonly #updates: readonly (() => void)[];
  readonly #contextOfUpdate: readonly number[];
  readonly #active: Uint8Array;
  /** When the first longer bar under way ends. */
  #due = Infinity;

  constructor(rulePlan: RulePlan, calendar: TradingCalendar) {
    const { plan } = rulePlan;
    const { contexts } = plan;
    const own = contexts[0];
    this.#bars = contexts.map(() => new BarContext());
    const sources = [0, ...plan.references.map((_, index) => index + 1)];
    this.#contextOf = sources.map((of) =>
      contexts.findIndex(({ source, timeFrame }) => source === of && timeFrame === own?.timeFrame),
    );
    this.#longer = contexts.flatMap(({ timeFrame }, context) =>
      timeFrame === own?.timeFrame ? [] : [{ context, bars: new LongerBars(timeFrame, calendar) }],
    );
    this.#longerOf = sources.map((of) =>
      this.#longer.filter(({ context }) => contexts[context]?.source === of),
    );
    const state: StreamState = {
      values: new Float64Array(plan.steps.length).fill(NaN),
      bars: this.#bars,
      position: new Float64Array(4).fill(NaN),
      calendar,
      streams: new Map(),
    };
    const updates: (() => void)[] = [];
    const contextOfUpdate: number[] = [];
    plan.steps.forEach((step, place) => {
      const update = streamStep(step, place, state);
      if (plan.ofPosition[place] === true) return;
      if (step.kind === 'number' && step.context === 0) {
        // It stays as it is; on other bars it has no value before the first of them closed.
        update();
        return;
      }
      updates.push(update);
      contextOfUpdate.push(step.context);
    });
    this.#updates = updates;
    this.#contextOfUpdate = contextOfUpdate;
    this.#active = new Uint8Array(contexts.length);
    this.reading = new RuleReading(rulePlan, state.values);
  }

  /** Hears a closed bar of a source: 0 is the instrument, 1 and up those that the rules name. */
  hear(source: number, bar: RuleBar): void {
    if (this.#due < bar.closeTime) this.#endBefore(bar.closeTime);
    const context = this.#contextOf[source] ?? -1;
    if (context !== -1) {
      this.#bars[context]?.take(bar);
      this.#active[context] = 1;
    }
    const longer = this.#longerOf[source] ?? [];
    for (const { bars } of longer) {
      bars.add(bar);
      if (bars.due < this.#due) this.#due = bars.due;
    }
  }

  /** All bars that closed at `time` (epoch ms) were heard: brings the reading up to date. */
  settle(time: number): void {
    if (this.#due < time) this.#endBefore(time);
    if (this.#due <= time) this.#endLonger(time);
    this.#update();
  }

  /** Ends the longer bars that were due before `time`, each at its own time. */
  #endBefore(time: number): void {
    while (this.#due < time) {
      this.#endLonger(this.#due);
      this.#update();
    }
  }

  #endLonger(time: number): void {
    this.#due = Infinity;
    for (const { context, bars } of this.#longer) {
      if (bars.due <= time) {
        bars.end();
        this.#bars[context]?.take(bars.bar);
        this.#active[context] = 1;
      } else if (bars.due < this.#due) this.#due = bars.due;
    }
  }

  #update(): void {
    const [updates, contexts, active] = [this.#updates, this.#contextOfUpdate, this.#active];
    for (let at = 0; at < updates.length; at += 1) {
      if (active[contexts[at] ?? 0] === 1) updates[at]?.();
    }
    active.fill(0);
  }
}

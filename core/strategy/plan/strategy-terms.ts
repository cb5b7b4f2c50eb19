import { printExpression } from '../print-strategy.ts';
import type {
  NumericExpression,
  PriceDistance,
  Sizing,
  StrategyDocument,
} from '../strategy-document.ts';
import { numberRules, type NumberRule } from '../strategy-limits.ts';
import type { PlanDraft } from './rule-plan.ts';
import { numberIn } from './slots.ts';

/** A distance of prices: a percentage, or rupees that a step of the plan gives. */
export type DistanceTerm =
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'rupees'; readonly step: number };

/** What the size of an entry follows; see `Sizing`. */
export type SizeTerm =
  | { readonly kind: 'capital'; readonly rupees: number }
  | { readonly kind: 'quantity'; readonly units: number }
  | { readonly kind: 'lots'; readonly lots: number }
  | { readonly kind: 'equity'; readonly percent: number }
  /** `distance`: step of the rupees at risk a unit; null: those of the stop loss. */
  | { readonly kind: 'risk'; readonly percent: number; readonly distance: number | null };

/** A target and how much of the quantity first entered is to be left when it was reached. */
export interface TargetTerm {
  readonly distance: DistanceTerm;
  /** Percent of the quantity first entered that have left with this target and those before it. */
  readonly leftPercent: number;
}

/** The statements of a strategy beside its rules, with the parameters filled in. */
export interface StrategyTerms {
  readonly size: SizeTerm;
  /** Most instruments held at a time; null: all of them. */
  readonly maxPositions: number | null;
  readonly stopLoss: DistanceTerm | null;
  readonly trailingStop: DistanceTerm | null;
  readonly breakEvenAt: DistanceTerm | null;
  readonly timeStopBars: number | null;
  /** From the nearest to the farthest; the last takes all. */
  readonly takeProfits: readonly TargetTerm[];
  /** Rupees of the pair's other leg for each rupee of an entry; null: one leg. */
  readonly pairRatio: number | null;
}

/** Terms, or a part of them, where the slots of a plan hold these numbers. */
type Filled<T> = (numbers: Float64Array) => T;

/** Lays the terms of a document out among the slots and steps of a plan. */
export function termsOf(document: StrategyDocument, plan: PlanDraft): Filled<StrategyTerms> {
  const { maxPositions, timeStopBars, pair } = document;
  const size = sizeTerm(document.sizing, plan);
  const most = constantOrNull(maxPositions, numberRules.maxPositions, 'max_positions', plan);
  const stopLoss = lossTerm(document.stopLoss, 'stop_loss', plan);
  const trailingStop = lossTerm(document.trailingStop, 'trailing_stop', plan);
  const { breakEvenAt } = document;
  const breakEven = breakEvenAt === null ? nothing : gainTerm(breakEvenAt, 'break_even_at', plan);
  const timeStop = constantOrNull(timeStopBars, numberRules.timeStopBars, 'time_stop', plan);
  const targets = targetTerms(document, plan);
  const ratio = pair?.ratio ?? null;
  const pairRatio = constantOrNull(ratio, numberRules.pairRatio, 'the ratio of the pair', plan);
  return (numbers) => ({
    size: size(numbers),
    maxPositions: most(numbers),
    stopLoss: stopLoss(numbers),
    trailingStop: trailingStop(numbers),
    breakEvenAt: breakEven(numbers),
    timeStopBars: timeStop(numbers),
    takeProfits: targets(numbers),
    pairRatio: pairRatio(numbers),
  });
}

function nothing(): null {
  return null;
}

function constantOrNull(
  constant: NumericExpression | null,
  rule: NumberRule,
  where: string,
  plan: PlanDraft,
): Filled<number | null> {
  if (constant === null) return nothing;
  const slot = plan.constant(constant, rule, where);
  return (numbers) => numberIn(slot, numbers);
}

function sizeTerm(sizing: Sizing, plan: PlanDraft): Filled<SizeTerm> {
  const { capitalPerTrade, quantityPerTrade, lotsPerTrade, equityPercent, riskPercent } =
    numberRules;
  switch (sizing.kind) {
    case 'capital': {
      const slot = plan.constant(sizing.rupees, capitalPerTrade, 'capital_per_trade');
      return (numbers) => ({ kind: 'capital', rupees: numberIn(slot, numbers) });
    }
    case 'quantity': {
      const slot = plan.constant(sizing.units, quantityPerTrade, 'quantity_per_trade');
      return (numbers) => ({ kind: 'quantity', units: numberIn(slot, numbers) });
    }
    case 'lots': {
      const slot = plan.constant(sizing.lots, lotsPerTrade, 'lots_per_trade');
      return (numbers) => ({ kind: 'lots', lots: numberIn(slot, numbers) });
    }
    case 'equity': {
      const slot = plan.constant(sizing.percent, equityPercent, 'equity_per_trade');
      return (numbers) => ({ kind: 'equity', percent: numberIn(slot, numbers) });
    }
    case 'risk': {
      const slot = plan.constant(sizing.percent, riskPercent, 'risk_per_trade');
      const distance = sizing.distance === null ? null : flatStep(sizing.distance, plan);
      return (numbers) => ({ kind: 'risk', percent: numberIn(slot, numbers), distance });
    }
  }
}

function targetTerms({ takeProfits }: StrategyDocument, plan: PlanDraft): Filled<TargetTerm[]> {
  const targets = takeProfits.map(({ distance, portionPercent }, index) => ({
    distance: gainTerm(distance, 'take_profit', plan),
    // The last one takes what is left.
    portion:
      index === takeProfits.length - 1
        ? null
        : plan.constant(portionPercent, numberRules.portionPercent, 'take_profit'),
  }));
  return (numbers) => {
    let leftPercent = 0;
    return targets.map(({ distance, portion }) => {
      const percent = portion === null ? 100 : numberIn(portion, numbers);
      leftPercent = Math.min(100, leftPercent + percent);
      return { distance: distance(numbers), leftPercent };
    });
  };
}

function lossTerm(
  distance: PriceDistance | null,
  where: string,
  plan: PlanDraft,
): Filled<DistanceTerm | null> {
  if (distance === null) return nothing;
  return distanceTerm(distance, numberRules.lossPercent, where, plan);
}

function gainTerm(distance: PriceDistance, where: string, plan: PlanDraft): Filled<DistanceTerm> {
  return distanceTerm(distance, numberRules.gainPercent, where, plan);
}

function distanceTerm(
  distance: PriceDistance,
  rule: NumberRule,
  where: string,
  plan: PlanDraft,
): Filled<DistanceTerm> {
  if (distance.kind === 'rupees') {
    const term: DistanceTerm = { kind: 'rupees', step: flatStep(distance.rupees, plan) };
    return () => term;
  }
  const slot = plan.constant(distance.percent, rule, where);
  return (numbers) => ({ kind: 'percent', percent: numberIn(slot, numbers) });
}

/** A number that is taken while nothing is held yet, so that it cannot read the position. */
function flatStep(expression: NumericExpression, plan: PlanDraft): number {
  const step = plan.add(expression);
  if (plan.ofPosition[step] !== true) return step;
  plan.failures.push({ code: 'POSITION_HAS_NO_PAST', expression: printExpression(expression) });
  return plan.never;
}

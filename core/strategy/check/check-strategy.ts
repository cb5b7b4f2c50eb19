import { isWordOfLanguage, sizingNames } from '../language-words.ts';
import type {
  PriceDistance,
  ProfitTarget,
  Sizing,
  StrategyDocument,
  StrategyParameter,
} from '../strategy-document.ts';
import {
  maxParameters,
  maxParameterSteps,
  maxProfitTargets,
  numberRules,
  type NumberRule,
} from '../strategy-limits.ts';
import { checkConstant, checkConstants, checkSettings, ownValues } from './check-constants.ts';
import { ExpressionCheck } from './check-expression.ts';
import { constantValue, notConstant, type ParameterValues } from './constant-value.ts';
import type { Report, StrategyDraft } from './strategy-draft.ts';

/**
 * Reports all that is wrong with the meaning of a strategy, whichever spelling it was read from.
 * Numbers that must fit each other (settings of an indicator, profits in their order) are looked at
 * with the parameters' own values only; for others see `parameterRefusals`.
 */
export function checkStrategy(draft: StrategyDraft, report: Report): void {
  checkParameters(draft.parameters, report);
  const expressions = collectExpressions(draft, report);
  checkConstants(expressions.constants, draft.parameters, report);
  const values = ownValues(draft.parameters);
  checkSettings(expressions.settings, values, report);
  checkTargets(draft.takeProfits, values, report);
  checkSession(draft, report);
  checkProduct(draft, report);
  if (draft.sizing?.kind === 'risk' && draft.sizing.distance === null && draft.stopLoss === null) {
    report(
      draft.sizing,
      'risk_per_trade needs a stop_loss, or a distance such as "by 2 * atr(14)": else nothing says what a trade can lose',
      'a stop_loss, or "by" and a distance',
    );
  }
}

/**
 * Says of values of the parameters why the strategy cannot run with them, as a sentence; null: it can.
 * An optimiser asks before it tries them, so the document is walked over once.
 */
export function parameterRefusals(
  document: StrategyDocument,
): (values: ParameterValues) => string | null {
  let always: string | null = null;
  const { constants, settings } = collectExpressions(document, (_, message) => {
    always ??= message;
  });
  return (values) => {
    let refusal = always;
    const report: Report = (_, message) => {
      refusal ??= message;
    };
    for (const use of constants) checkConstant(use, values, '', report);
    checkSettings(settings, values, report);
    checkTargets(document.takeProfits, values, report);
    return refusal;
  };
}

function collectExpressions(draft: StrategyDraft | StrategyDocument, report: Report) {
  const check = new ExpressionCheck(
    draft.parameters.map(({ name }) => name),
    report,
  );
  if (draft.sizing !== null) visitSizing(draft.sizing, check);
  visitDistance(draft.stopLoss, numberRules.lossPercent, 'stop_loss', check);
  visitDistance(draft.trailingStop, numberRules.lossPercent, 'trailing_stop', check);
  visitDistance(draft.breakEvenAt, numberRules.gainPercent, 'break_even_at', check);
  if (draft.timeStopBars !== null) {
    check.constant(draft.timeStopBars, numberRules.timeStopBars, 'time_stop');
  }
  for (const [index, { distance, portionPercent }] of draft.takeProfits.entries()) {
    visitDistance(distance, numberRules.gainPercent, 'take_profit', check);
    // The last one takes what is left.
    if (index < draft.takeProfits.length - 1) {
      check.constant(portionPercent, numberRules.portionPercent, 'the part that take_profit takes');
    }
  }
  if (draft.maxPositions !== null) {
    check.constant(draft.maxPositions, numberRules.maxPositions, 'max_positions');
  }
  if (draft.pair !== null) {
    check.constant(draft.pair.ratio, numberRules.pairRatio, 'the ratio of the pair');
  }
  for (const side of [draft.long, draft.short]) {
    for (const rule of [side?.entry ?? null, side?.exit ?? null]) {
      if (rule !== null) check.rule(rule);
    }
  }
  return check;
}

function visitSizing(sizing: Sizing, check: ExpressionCheck): void {
  const name = sizingNames[sizing.kind];
  switch (sizing.kind) {
    case 'capital':
      check.constant(sizing.rupees, numberRules.capitalPerTrade, name);
      return;
    case 'quantity':
      check.constant(sizing.units, numberRules.quantityPerTrade, name);
      return;
    case 'lots':
      check.constant(sizing.lots, numberRules.lotsPerTrade, name);
      return;
    case 'equity':
      check.constant(sizing.percent, numberRules.equityPercent, name);
      return;
    case 'risk':
      check.constant(sizing.percent, numberRules.riskPercent, name);
      if (sizing.distance !== null) check.rupees(sizing.distance, `the distance of ${name}`);
  }
}

function visitDistance(
  distance: PriceDistance | null,
  percent: NumberRule,
  name: string,
  check: ExpressionCheck,
): void {
  if (distance?.kind === 'percent') check.constant(distance.percent, percent, name);
  if (distance?.kind === 'rupees') check.rupees(distance.rupees, name);
}

function checkParameters(parameters: readonly StrategyParameter[], report: Report): void {
  const seen = new Set<string>();
  for (const [index, parameter] of parameters.entries()) {
    const { name, range } = parameter;
    if (index === maxParameters) {
      report(
        parameter,
        `a strategy has at most ${maxParameters} parameters`,
        `at most ${maxParameters} parameters`,
      );
    }
    if (isWordOfLanguage(name)) {
      report(
        parameter,
        `${name} is a word of the language, so no parameter can be called so`,
        'a name of its own',
      );
    } else if (seen.has(name)) {
      report(parameter, `a parameter ${name} stands above already`, `one ${name} only`);
    }
    seen.add(name);
    if (range !== null) checkRange(parameter, range, report);
  }
}

function checkRange(
  parameter: StrategyParameter,
  { minimum, maximum, step }: NonNullable<StrategyParameter['range']>,
  report: Report,
): void {
  const { name, value } = parameter;
  if (minimum > maximum) {
    report(
      parameter,
      `the range of ${name} ends at ${maximum}, below its beginning ${minimum}`,
      'a range from the lower to the higher number',
    );
  } else if (value < minimum || value > maximum) {
    report(
      parameter,
      `${name} is ${value}, outside its range ${minimum}..${maximum}`,
      `a number from ${minimum} to ${maximum}`,
    );
  }
  if (step <= 0) {
    report(parameter, `the step of ${name} must be above 0`, 'a step above 0');
  } else if (Math.floor((maximum - minimum) / step + 1e-9) + 1 > maxParameterSteps) {
    report(
      parameter,
      `the range of ${name} has more than ${maxParameterSteps} values`,
      `a range of at most ${maxParameterSteps} values`,
    );
  }
}

/** The parts leave something for the last one, and profits come from the nearest to the farthest. */
function checkTargets(
  targets: readonly ProfitTarget[],
  values: ParameterValues,
  report: Report,
): void {
  const surplus = targets[maxProfitTargets];
  if (surplus !== undefined) {
    report(
      surplus,
      `a strategy has at most ${maxProfitTargets} take_profit`,
      `at most ${maxProfitTargets} take_profit`,
    );
  }
  let taken = 0;
  for (const target of targets.slice(0, -1)) {
    taken += constantValue(target.portionPercent, values);
    if (taken >= 100) {
      report(
        target,
        'the parts taken so far leave nothing for the last take_profit',
        'parts that sum up to less than 100%',
      );
      break;
    }
  }
  const farthest = { percent: 0, rupees: 0 };
  for (const target of targets) {
    const { kind } = target.distance;
    const value = distanceValue(target.distance, values);
    if (value <= farthest[kind]) {
      report(
        target,
        'take_profit stands from the nearest to the farthest, each farther than the one above',
        'a profit farther away than the one above',
      );
    } else if (!Number.isNaN(value)) farthest[kind] = value;
  }
}

/** Percent or rupees; NaN where the market says how many. */
function distanceValue(distance: PriceDistance, values: ParameterValues): number {
  const expression = distance.kind === 'percent' ? distance.percent : distance.rupees;
  return notConstant(expression) === null ? constantValue(expression, values) : NaN;
}

function checkSession({ session }: StrategyDraft, report: Report): void {
  const { noEntryBefore, noEntryAfter, squareOffAt } = session;
  for (const [name, end] of [
    ['no_entry_after', noEntryAfter],
    ['square_off_at', squareOffAt],
  ] as const) {
    if (noEntryBefore !== null && end !== null && end <= noEntryBefore) {
      report(
        session,
        `${name} is not later than no_entry_before, so nothing is ever entered`,
        `${name} after no_entry_before`,
      );
    }
  }
}

/** What is delivered cannot be sold before it was bought, and is not squared off within the day. */
function checkProduct(draft: StrategyDraft, report: Report): void {
  if (draft.product !== 'CNC') return;
  if (draft.short !== null) report(draft.short, 'short rules need product MIS', 'product MIS');
  if (draft.pair !== null) {
    report(
      draft.pair,
      'a pair sells one of its legs short, which needs product MIS',
      'product MIS',
    );
  }
  if (draft.session.squareOffAt !== null) {
    report(
      draft.session,
      'square_off_at needs product MIS: delivered positions are not squared off',
      'product MIS',
    );
  }
}

import { indicatorDefinitions } from '../indicators/catalogue.ts';
import { frameWords, instrumentText, sizingNames, timeText } from './language-words.ts';
import type {
  Condition,
  Expression,
  NumericExpression,
  PriceDistance,
  ProfitTarget,
  Sizing,
  StrategyDocument,
  StrategyParameter,
} from './strategy-document.ts';

/** How tightly each operator binds; an operand that binds less tightly needs parentheses. */
export const bindingPower = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  negation: 7,
  /** What follows its operand: `[1]`, `on 1d`, `of "NSE:INFY"`. */
  postfix: 8,
  atom: 9,
} as const;

function bindingPowerOf(expression: Expression): number {
  switch (expression.kind) {
    case 'or':
    case 'and':
    case 'not':
    case 'comparison':
    case 'negation':
      return bindingPower[expression.kind];
    case 'arithmetic':
      return expression.operator === '+' || expression.operator === '-'
        ? bindingPower.sum
        : bindingPower.product;
    case 'look_back':
    case 'on':
    case 'of':
      return bindingPower.postfix;
    default:
      return bindingPower.atom;
  }
}

/** The text of an expression, with no more parentheses than it needs. */
export function printExpression(expression: Expression): string {
  const power = bindingPowerOf(expression);
  const operand = (inner: Expression, least: number): string =>
    bindingPowerOf(inner) < least ? `(${printExpression(inner)})` : printExpression(inner);
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'time_of_day':
      return timeText(expression.minutes);
    case 'parameter':
    case 'field':
    case 'moment':
    case 'position':
      return expression.name;
    case 'indicator':
      return printIndicator(expression);
    case 'pattern':
      return printCall(expression.name, writtenSettings(expression));
    case 'model':
      return `model("${expression.name}")`;
    case 'function':
      return printCall(expression.name, expression.operands);
    case 'highest':
    case 'lowest':
    case 'rising':
    case 'falling':
      return printCall(expression.kind, [expression.operand, expression.bars]);
    case 'within':
      return printCall(expression.kind, [expression.bars, expression.condition]);
    case 'bars_since':
      return printCall(expression.kind, [expression.condition]);
    case 'negation':
      return `-${operand(expression.operand, power)}`;
    case 'not':
      return `not ${operand(expression.operand, power)}`;
    case 'look_back':
      return `${operand(expression.operand, power)}[${printExpression(expression.bars)}]`;
    case 'on':
      return `${operand(expression.operand, power)} on ${frameWords[expression.timeFrame]}`;
    case 'of':
      return `${operand(expression.operand, power)} of "${instrumentText(expression.instrument)}"`;
    case 'arithmetic':
    case 'comparison':
    case 'and':
    case 'or': {
      const operator = 'operator' in expression ? expression.operator : expression.kind;
      // Operators group to the left, so the right operand needs the tighter binding.
      return `${operand(expression.left, power)} ${operator} ${operand(expression.right, power + 1)}`;
    }
  }
}

function printCall(name: string, operands: readonly Expression[]): string {
  if (operands.length === 0) return name;
  return `${name}(${operands.map((operand) => printExpression(operand)).join(', ')})`;
}

function printIndicator(indicator: Extract<NumericExpression, { kind: 'indicator' }>): string {
  const { name, series, output } = indicator;
  const settings = writtenSettings(indicator);
  const call = printCall(name, series === null ? settings : [series, ...settings]);
  const isFirst = indicatorDefinitions.get(name)?.outputs[0] === output;
  return isFirst ? call : `${call}.${output}`;
}

/** The settings but for switches (0 or 1) at the end that stand as they always do. */
function writtenSettings({
  name,
  settings,
}: Extract<Expression, { kind: 'indicator' | 'pattern' }>): readonly NumericExpression[] {
  const parameters = indicatorDefinitions.get(name)?.parameters ?? [];
  const written = settings.findLastIndex((setting, index) => {
    const parameter = parameters[index];
    const isSwitch =
      parameter?.whole === true && parameter.minimum === 0 && parameter.maximum === 1;
    return !isSwitch || setting.kind !== 'number' || setting.value !== parameter.default;
  });
  return settings.slice(0, written + 1);
}

/** The text of a strategy; `parseStrategy` gives the same tree back. */
export function printStrategy(document: StrategyDocument): string {
  const { maxPositions, timeStopBars, session, pair } = document;
  const rule = (name: string, condition: Condition | undefined): string | null =>
    condition === undefined ? null : `${name} when ${printExpression(condition)}`;
  const lines = [
    ...document.parameters.map((parameter) => printParameter(parameter)),
    printSizing(document.sizing),
    printDistance('stop_loss', document.stopLoss),
    printDistance('trailing_stop', document.trailingStop),
    printDistance('break_even_at', document.breakEvenAt),
    timeStopBars === null ? null : `time_stop ${printExpression(timeStopBars)} bars`,
    ...document.takeProfits.map((target, index) =>
      printTarget(target, index === document.takeProfits.length - 1),
    ),
    maxPositions === null ? null : `max_positions ${printExpression(maxPositions)}`,
    `product ${document.product}`,
    printTime('no_entry_before', session.noEntryBefore),
    printTime('no_entry_after', session.noEntryAfter),
    printTime('square_off_at', session.squareOffAt),
    pair === null
      ? null
      : `pair with "${instrumentText(pair.instrument)}" ratio ${printExpression(pair.ratio)}`,
    rule('long entry', document.long?.entry),
    rule('long exit', document.long?.exit),
    rule('short entry', document.short?.entry),
    rule('short exit', document.short?.exit),
  ];
  return `${lines.filter((line) => line !== null).join('\n')}\n`;
}

function printParameter({ name, value, range }: StrategyParameter): string {
  if (range === null) return `${name} = ${value}`;
  return `${name} = ${value} in ${range.minimum}..${range.maximum} step ${range.step}`;
}

function printSizing(sizing: Sizing): string {
  const name = sizingNames[sizing.kind];
  switch (sizing.kind) {
    case 'capital':
      return `${name} ${printExpression(sizing.rupees)}`;
    case 'quantity':
      return `${name} ${printExpression(sizing.units)}`;
    case 'lots':
      return `${name} ${printExpression(sizing.lots)}`;
    case 'equity':
      return `${name} ${printExpression(sizing.percent)}%`;
    case 'risk': {
      const { percent, distance } = sizing;
      const by = distance === null ? '' : ` by ${printExpression(distance)}`;
      return `${name} ${printExpression(percent)}%${by}`;
    }
  }
}

function distanceText(distance: PriceDistance): string {
  return distance.kind === 'percent'
    ? `${printExpression(distance.percent)}%`
    : printExpression(distance.rupees);
}

function printDistance(name: string, distance: PriceDistance | null): string | null {
  return distance === null ? null : `${name} ${distanceText(distance)}`;
}

/** The last target takes what is left, so nobody has to say how much that is. */
function printTarget({ distance, portionPercent }: ProfitTarget, isLast: boolean): string {
  const part = isLast ? '' : ` for ${printExpression(portionPercent)}%`;
  return `take_profit ${distanceText(distance)}${part}`;
}

function printTime(name: string, minutes: number | null): string | null {
  return minutes === null ? null : `${name} ${timeText(minutes)}`;
}

import type { Condition, Expression, StrategyDocument } from './strategy-document.ts';

/** How tightly each operator binds; an operand that binds less tightly needs parentheses. */
export const bindingPower = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  negation: 7,
  atom: 8,
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
    case 'number':
    case 'field':
    case 'indicator':
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
    case 'field':
      return expression.name;
    case 'indicator':
      return `${expression.name}(${printExpression(expression.series)}, ${expression.period})`;
    case 'negation':
      return `-${operand(expression.operand, power)}`;
    case 'not':
      return `not ${operand(expression.operand, power)}`;
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

/** The text of a strategy; `parseStrategy` gives the same tree back. */
export function printStrategy(document: StrategyDocument): string {
  const { capitalPerTrade, stopLossPercent, takeProfitPercent, maxPositions, product } = document;
  const rule = (name: string, condition: Condition | undefined): string | null =>
    condition === undefined ? null : `${name} when ${printExpression(condition)}`;
  const lines = [
    `capital_per_trade ${capitalPerTrade}`,
    stopLossPercent === null ? null : `stop_loss ${stopLossPercent}%`,
    takeProfitPercent === null ? null : `take_profit ${takeProfitPercent}%`,
    maxPositions === null ? null : `max_positions ${maxPositions}`,
    `product ${product}`,
    rule('long entry', document.long?.entry),
    rule('long exit', document.long?.exit),
    rule('short entry', document.short?.entry),
    rule('short exit', document.short?.exit),
  ];
  return `${lines.filter((line) => line !== null).join('\n')}\n`;
}

import type { Expression, NumericExpression } from '../strategy-document.ts';

/** Values of parameters by their name. */
export type ParameterValues = ReadonlyMap<string, number>;

/**
 * What a constant expression is worth where the parameters have these values; NaN where it is
 * worth nothing: a division by zero, an unknown parameter, or no constant at all.
 */
export function constantValue(constant: NumericExpression, values: ParameterValues): number {
  switch (constant.kind) {
    case 'number':
      return constant.value;
    case 'parameter':
      return values.get(constant.name) ?? NaN;
    case 'negation':
      return -constantValue(constant.operand, values);
    case 'arithmetic': {
      const left = constantValue(constant.left, values);
      const right = constantValue(constant.right, values);
      switch (constant.operator) {
        case '+':
          return left + right;
        case '-':
          return left - right;
        case '*':
          return left * right;
        case '/':
          return right === 0 ? NaN : left / right;
      }
    }
    // falls through: every operator has returned
    default:
      return NaN;
  }
}

/** The first part of an expression that keeps it from being constant; null: it is. */
export function notConstant(expression: Expression): Expression | null {
  switch (expression.kind) {
    case 'number':
    case 'parameter':
      return null;
    case 'negation':
      return notConstant(expression.operand);
    case 'arithmetic':
      return notConstant(expression.left) ?? notConstant(expression.right);
    default:
      return expression;
  }
}

/** Names of the parameters that a constant expression reads. */
export function parametersOf(constant: NumericExpression): readonly string[] {
  switch (constant.kind) {
    case 'parameter':
      return [constant.name];
    case 'negation':
      return parametersOf(constant.operand);
    case 'arithmetic':
      return [...parametersOf(constant.left), ...parametersOf(constant.right)];
    default:
      return [];
  }
}

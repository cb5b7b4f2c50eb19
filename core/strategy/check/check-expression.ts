import { indicatorDefinitions } from '../../indicators/catalogue.ts';
import type { IndicatorDefinition } from '../../indicators/indicator.ts';
import { callableNames, plainNames } from '../language-words.ts';
import { nearestName } from '../nearest-name.ts';
import { printExpression } from '../print-strategy.ts';
import type { Condition, Expression, NumericExpression } from '../strategy-document.ts';
import { numberRules, numbersFrom, type NumberRule } from '../strategy-limits.ts';
import { notConstant } from './constant-value.ts';
import type { Report } from './strategy-draft.ts';

/** A constant of a strategy and what it must be. */
export interface ConstantUse {
  readonly constant: NumericExpression;
  readonly rule: NumberRule;
  /** What it says, to begin a sentence: `the period of rsi`. */
  readonly what: string;
}

/** The settings of one indicator, which must also fit each other. */
export interface SettingsUse {
  readonly at: Expression;
  readonly definition: IndicatorDefinition;
  readonly settings: readonly NumericExpression[];
}

/** What stands around an expression. */
interface Surroundings {
  /** What would need the history of a position, and so cannot read it; null: nothing does. */
  readonly history: string | null;
  readonly insideOn: boolean;
  readonly insideOf: boolean;
}

const onBar: Surroundings = { history: null, insideOn: false, insideOf: false };

/**
 * Walks over the expressions of a strategy: reports names nobody knows, position terms where they
 * cannot be read, and nested `on` and `of`, and collects the constants.
 */
export class ExpressionCheck {
  /** The constants met, each once. */
  readonly constants: ConstantUse[] = [];
  /** The settings of indicators met. */
  readonly settings: SettingsUse[] = [];
  readonly #report: Report;
  readonly #parameters: ReadonlySet<string>;
  readonly #names: readonly string[];

  constructor(parameters: Iterable<string>, report: Report) {
    this.#parameters = new Set(parameters);
    this.#names = [...this.#parameters, ...plainNames, ...callableNames];
    this.#report = report;
  }

  /** Checks a rule. */
  rule(condition: Condition): void {
    this.#visit(condition, onBar);
  }

  /** Checks a number of rupees that the market says, such as `2 * atr(14)`. */
  rupees(expression: NumericExpression, what: string): void {
    if (notConstant(expression) === null) {
      this.constant(expression, numberRules.distanceRupees, what);
    } else {
      this.#visit(expression, { ...onBar, history: `${what}, known before there is a position` });
    }
  }

  /** Checks that an expression is constant, and keeps it. */
  constant(constant: NumericExpression, rule: NumberRule, what: string): void {
    const culprit = notConstant(constant);
    if (culprit === null) this.constants.push({ constant, rule, what });
    else {
      const message = `${what} must be the same on every bar: only numbers, parameters and arithmetic can stand here`;
      this.#report(culprit, message, 'numbers, parameters and arithmetic');
    }
    this.#visit(constant, onBar);
  }

  #visit(node: Expression, around: Surroundings): void {
    switch (node.kind) {
      case 'number':
      case 'time_of_day':
      case 'field':
      case 'moment':
      case 'model':
        return;
      case 'parameter':
        this.#parameter(node);
        return;
      case 'position':
        if (around.history !== null) this.#positionWithHistory(node, around.history);
        return;
      case 'indicator':
      case 'pattern':
        this.#indicator(node, around);
        return;
      case 'negation':
      case 'not':
        this.#visit(node.operand, around);
        return;
      case 'function':
        for (const operand of node.operands) this.#visit(operand, around);
        return;
      case 'look_back':
        this.#visit(node.operand, withHistory(around, 'a look-back'));
        this.constant(node.bars, numberRules.bars, 'the number of bars of a look-back');
        return;
      case 'highest':
      case 'lowest':
      case 'rising':
      case 'falling':
        this.#visit(node.operand, withHistory(around, node.kind));
        this.constant(node.bars, numberRules.bars, `the number of bars of ${node.kind}`);
        return;
      case 'within':
        this.constant(node.bars, numberRules.bars, 'the number of bars of within');
        this.#visit(node.condition, withHistory(around, 'within'));
        return;
      case 'bars_since':
        this.#visit(node.condition, withHistory(around, 'bars_since'));
        return;
      case 'on':
        if (around.insideOn) this.#nested(node, 'on');
        this.#visit(node.operand, { ...withHistory(around, 'on'), insideOn: true });
        return;
      case 'of':
        if (around.insideOf) this.#nested(node, 'of');
        this.#visit(node.operand, { ...withHistory(around, 'of'), insideOf: true });
        return;
      case 'comparison': {
        const crosses = node.operator === 'crosses_above' || node.operator === 'crosses_below';
        const inside = crosses ? withHistory(around, node.operator) : around;
        this.#visit(node.left, inside);
        this.#visit(node.right, inside);
        return;
      }
      case 'arithmetic':
      case 'and':
      case 'or':
        this.#visit(node.left, around);
        this.#visit(node.right, around);
    }
  }

  #parameter(node: Extract<NumericExpression, { kind: 'parameter' }>): void {
    if (this.#parameters.has(node.name)) return;
    const suggestion = nearestName(node.name, this.#names);
    const hint = suggestion === null ? '' : `; did you mean ${suggestion}?`;
    const expected = 'a number, a price, an indicator or a parameter';
    this.#report(node, `expected ${expected}, found "${node.name}"${hint}`, expected, suggestion);
  }

  #positionWithHistory(
    node: Extract<NumericExpression, { kind: 'position' }>,
    history: string,
  ): void {
    const message = `${node.name} cannot stand inside ${history}: what a position was on earlier bars is not kept; compare it, or compute with it`;
    this.#report(node, message, `${node.name} in comparisons and arithmetic only`);
  }

  #nested(node: Expression, name: 'on' | 'of'): void {
    const what = name === 'on' ? 'time frame' : 'instrument';
    this.#report(
      node,
      `"${name}" cannot stand inside "${name}": one ${what} at a time`,
      `one "${name}" only`,
    );
  }

  /** `rsi(14)`, as other languages write it, would be the index of a price that is 14 on every bar. */
  #constantSeries(series: NumericExpression, name: string): void {
    const isShort = series.kind === 'number' || series.kind === 'parameter';
    const meant = `${name}(close, ${isShort ? printExpression(series) : '…'})`;
    const message = `${name} needs something that moves from bar to bar; did you mean ${meant}?`;
    this.#report(series, message, 'a series, such as close', meant);
  }

  #indicator(
    node: Extract<Expression, { kind: 'indicator' | 'pattern' }>,
    around: Surroundings,
  ): void {
    const { name, settings } = node;
    const definition = indicatorDefinitions.get(name);
    if (definition === undefined) throw new Error(`${name} was read, though nobody knows it`);
    if (node.kind === 'indicator' && node.series !== null) {
      if (notConstant(node.series) === null) this.#constantSeries(node.series, name);
      this.#visit(node.series, withHistory(around, name));
    }
    for (const [index, parameter] of definition.parameters.entries()) {
      const setting = settings[index];
      if (setting === undefined) throw new Error(`${name} lacks its ${parameter.name}`);
      const { minimum, maximum, whole } = parameter;
      const rule = numbersFrom(minimum, maximum, whole);
      this.constant(setting, rule, `the ${parameter.name} of ${name}`);
    }
    this.settings.push({ at: node, definition, settings });
  }
}

function withHistory(around: Surroundings, history: string): Surroundings {
  return around.history === null ? { ...around, history } : around;
}

import { isStrategyProduct, strategyProducts, type StrategyProduct } from './strategy-product.ts';
import { fail, succeed, type Result } from '../result.ts';
import type { Token } from './lexer.ts';
import { ExpressionParser } from './parse-expression.ts';
import type { Condition, SideRules, StrategyDocument } from './strategy-document.ts';
import { maxTextLength, numberRules, type NumberRule } from './strategy-limits.ts';
import { TokenStream, type StrategyFailure } from './token-stream.ts';

export type { StrategyFailure } from './token-stream.ts';

const sideNames = ['long', 'short'] as const;
type SideName = (typeof sideNames)[number];
const ruleNames = ['entry', 'exit'] as const;

const settings = {
  capital_per_trade: numberRules.capitalPerTrade,
  stop_loss: numberRules.stopLossPercent,
  take_profit: numberRules.takeProfitPercent,
  max_positions: numberRules.maxPositions,
} as const satisfies Record<string, NumberRule>;
type SettingName = keyof typeof settings;

const statementNames = [...Object.keys(settings), 'product', ...sideNames];

function isStatementStart(token: Token): boolean {
  return token.kind === 'end' || (token.kind === 'word' && statementNames.includes(token.text));
}

/**
 * Reads the text of a strategy. The grammar stands in docs/strategy-language.md. After a mistake the
 * reader goes on with the next statement, so a failure lists up to 20 mistakes at once.
 */
export function parseStrategy(text: string): Result<StrategyDocument, readonly StrategyFailure[]> {
  if (text.length > maxTextLength) {
    const expected = `at most ${maxTextLength} characters`;
    const message = `expected ${expected}, found ${text.length}`;
    return fail([{ message, line: 1, column: 1, expected, suggestion: null }]);
  }
  return new StrategyParser(text).parse();
}

class StrategyParser {
  readonly #tokens: TokenStream;
  readonly #expressions: ExpressionParser;
  readonly #starts = new Map<string, Token>();
  readonly #numbers = new Map<SettingName, number>();
  readonly #rules = new Map<string, Condition>();
  #product: StrategyProduct = 'MIS';

  constructor(text: string) {
    this.#tokens = new TokenStream(text);
    this.#expressions = new ExpressionParser(this.#tokens, isStatementStart);
  }

  parse(): Result<StrategyDocument, readonly StrategyFailure[]> {
    while (this.#tokens.next.kind !== 'end') {
      if (!this.#statement()) this.#skipStatement();
    }
    const capitalPerTrade = this.#numbers.get('capital_per_trade');
    const [long, short] = sideNames.map((side) => this.#side(side));
    this.#checkWhole();
    const failures = this.#tokens.failuresInOrder();
    if (failures.length > 0 || capitalPerTrade === undefined) return fail(failures);
    return succeed({
      capitalPerTrade,
      stopLossPercent: this.#numbers.get('stop_loss') ?? null,
      takeProfitPercent: this.#numbers.get('take_profit') ?? null,
      maxPositions: this.#numbers.get('max_positions') ?? null,
      product: this.#product,
      long: long ?? null,
      short: short ?? null,
    });
  }

  #statement(): boolean {
    const start = this.#tokens.take();
    const setting = (Object.keys(settings) as SettingName[]).find((name) => name === start.text);
    if (setting !== undefined) return this.#begin(setting, start) && this.#number(setting);
    if (start.text === 'product') return this.#begin('product', start) && this.#productName();
    const side = sideNames.find((name) => name === start.text);
    if (side !== undefined) return this.#rule(side, start);
    return this.#tokens.refuse(start, `one of ${statementNames.join(', ')}`, statementNames);
  }

  /** Notes where a statement begins; a second one of its kind is a failure. */
  #begin(name: string, start: Token): boolean {
    const first = this.#starts.get(name);
    if (first === undefined) {
      this.#starts.set(name, start);
      return true;
    }
    const message = `${name} already stands in line ${first.line}`;
    return this.#tokens.fail(start, message, `one ${name} only`);
  }

  #number(name: SettingName): boolean {
    const token = this.#tokens.next;
    const value = token.kind === 'number' ? Number(token.text) : NaN;
    if (!settings[name].accepts(value)) {
      return this.#tokens.refuse(token, settings[name].expected);
    }
    this.#tokens.take();
    const isPercentage = name === 'stop_loss' || name === 'take_profit';
    if (isPercentage && !this.#tokens.expect('%')) return false;
    this.#numbers.set(name, value);
    return this.#atStatementEnd();
  }

  #productName(): boolean {
    const token = this.#tokens.next;
    if (!isStrategyProduct(token.text)) {
      return this.#tokens.refuse(token, strategyProducts.join(' or '), strategyProducts);
    }
    this.#tokens.take();
    this.#product = token.text;
    return this.#atStatementEnd();
  }

  #rule(side: SideName, start: Token): boolean {
    const token = this.#tokens.next;
    const rule = ruleNames.find((name) => name === token.text);
    if (rule === undefined) {
      return this.#tokens.refuse(token, '"entry" or "exit"', ruleNames);
    }
    this.#tokens.take();
    const name = `${side} ${rule}`;
    if (!this.#begin(name, start) || !this.#tokens.expect('when')) return false;
    const condition = this.#expressions.condition();
    if (condition === null) return false;
    this.#rules.set(name, condition);
    return true;
  }

  #atStatementEnd(): boolean {
    const { next } = this.#tokens;
    return isStatementStart(next) || this.#tokens.refuse(next, 'the next line', statementNames);
  }

  #skipStatement(): void {
    while (!isStatementStart(this.#tokens.next)) this.#tokens.take();
  }

  #side(side: SideName): SideRules | undefined {
    const entryStart = this.#starts.get(`${side} entry`);
    const exitStart = this.#starts.get(`${side} exit`);
    const start = entryStart ?? exitStart;
    if (start !== undefined && (entryStart === undefined || exitStart === undefined)) {
      const missing = entryStart === undefined ? 'entry' : 'exit';
      this.#tokens.fail(start, `the ${side} side has no ${missing} rule`, `a ${side} ${missing}`);
    }
    const entry = this.#rules.get(`${side} entry`);
    const exit = this.#rules.get(`${side} exit`);
    return entry === undefined || exit === undefined ? undefined : { entry, exit };
  }

  /** What no single statement can be blamed for. */
  #checkWhole(): void {
    const end = this.#tokens.next;
    if (!this.#starts.has('capital_per_trade')) {
      this.#tokens.fail(end, 'capital_per_trade is missing', 'capital_per_trade, in rupees');
    }
    const shortStart = this.#starts.get('short entry') ?? this.#starts.get('short exit');
    if (shortStart !== undefined && this.#product === 'CNC') {
      this.#tokens.fail(shortStart, 'short rules need product MIS', 'product MIS');
    }
    const anyRule = [...this.#starts.keys()].some((name) => name.includes(' '));
    if (!anyRule) this.#tokens.fail(end, 'the strategy has no rules', 'long or short rules');
  }
}

import { fail, succeed, type Result } from '../result.ts';
import { checkStrategy } from './check/check-strategy.ts';
import { emptyDraft, type StrategyDraft } from './check/strategy-draft.ts';
import type { Token } from './lexer.ts';
import { sizingNames, statementNames } from './language-words.ts';
import { ExpressionParser } from './parse/parse-expression.ts';
import { readParameter } from './parse/read-parameter.ts';
import { isStatementStart, readInstrument, readTime } from './parse/read-terms.ts';
import type {
  PriceDistance,
  ProfitTarget,
  Sizing,
  StrategyDocument,
  StrategyParameter,
} from './strategy-document.ts';
import { maxTextLength } from './strategy-limits.ts';
import { isStrategyProduct, strategyProducts } from './strategy-product.ts';
import { TokenStream, type StrategyFailure } from './token-stream.ts';

export type { StrategyFailure } from './token-stream.ts';

const sideNames = ['long', 'short'] as const;
const ruleNames = ['entry', 'exit'] as const;
const times = {
  no_entry_before: 'noEntryBefore',
  no_entry_after: 'noEntryAfter',
  square_off_at: 'squareOffAt',
} as const;
const stops = {
  stop_loss: 'stopLoss',
  trailing_stop: 'trailingStop',
  break_even_at: 'breakEvenAt',
} as const;

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
  /** Where the parts of the draft stand. */
  readonly #places = new Map<object, Token>();
  readonly #starts = new Map<string, Token>();
  readonly #draft: StrategyDraft = emptyDraft();
  readonly #parameters: StrategyParameter[] = [];
  /** In the order of the text; null: without `for`. */
  readonly #targets: {
    readonly start: Token;
    readonly distance: PriceDistance;
    readonly portionPercent: ProfitTarget['portionPercent'] | null;
  }[] = [];

  constructor(text: string) {
    this.#tokens = new TokenStream(text);
    this.#expressions = new ExpressionParser(this.#tokens, this.#places);
  }

  parse(): Result<StrategyDocument, readonly StrategyFailure[]> {
    while (this.#tokens.next.kind !== 'end' && !this.#tokens.isFull) {
      if (!this.#statement()) this.#skipStatement();
    }
    if (this.#tokens.isFull) return fail(this.#tokens.failuresInOrder());
    const draft = this.#draft;
    draft.parameters = this.#parameters;
    draft.takeProfits = this.#profitTargets();
    this.#checkMissing();
    checkStrategy(draft, (at, message, expected, suggestion) => {
      this.#tokens.fail(this.#places.get(at) ?? this.#tokens.next, message, expected, suggestion);
    });
    const failures = this.#tokens.failuresInOrder();
    const { sizing } = draft;
    if (failures.length > 0 || sizing === null) return fail(failures);
    const [long, short] = sideNames.map((side) => {
      const { entry = null, exit = null } = draft[side] ?? {};
      return entry === null || exit === null ? null : { entry, exit };
    });
    return succeed({ ...draft, sizing, long: long ?? null, short: short ?? null });
  }

  #statement(): boolean {
    const { next, second } = this.#tokens;
    if (next.kind === 'word' && second.kind === 'symbol' && second.text === '=') {
      return this.#parameter() && this.#atStatementEnd();
    }
    const start = this.#tokens.take();
    const name = statementNames.find((known) => known === start.text && start.kind === 'word');
    switch (name) {
      case undefined: {
        const expected = `one of ${statementNames.join(', ')}, or a parameter such as fast = 10`;
        return this.#tokens.refuse(start, expected, statementNames);
      }
      case 'long':
      case 'short':
        return this.#rule(name, start);
      case 'take_profit':
        return this.#takeProfit(start) && this.#atStatementEnd();
      case 'stop_loss':
      case 'trailing_stop':
      case 'break_even_at': {
        const distance = this.#begin(name, start) ? this.#distance() : null;
        this.#draft[stops[name]] = distance;
        return distance !== null && this.#atStatementEnd();
      }
      case 'time_stop': {
        const bars = this.#begin(name, start) ? this.#expressions.numeric() : null;
        this.#draft.timeStopBars = bars;
        return bars !== null && this.#tokens.expect('bars') && this.#atStatementEnd();
      }
      case 'max_positions': {
        const positions = this.#begin(name, start) ? this.#expressions.numeric() : null;
        this.#draft.maxPositions = positions;
        return positions !== null && this.#atStatementEnd();
      }
      case 'no_entry_before':
      case 'no_entry_after':
      case 'square_off_at':
        return this.#time(name, start) && this.#atStatementEnd();
      case 'product':
        return this.#begin(name, start) && this.#product() && this.#atStatementEnd();
      case 'pair':
        return this.#begin(name, start) && this.#pair(start) && this.#atStatementEnd();
      default:
        return this.#size(name, start) && this.#atStatementEnd();
    }
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

  #parameter(): boolean {
    const token = this.#tokens.next;
    const { parameter, isWhole } = readParameter(this.#tokens);
    if (parameter !== null) {
      this.#places.set(parameter, token);
      this.#parameters.push(parameter);
    }
    return isWhole;
  }

  #size(name: (typeof sizingNames)[keyof typeof sizingNames], start: Token): boolean {
    const first = this.#starts.get('size');
    if (first !== undefined && first.text !== name) {
      const message = `${first.text} in line ${first.line} already says how large an entry is`;
      return this.#tokens.fail(start, message, 'one size only');
    }
    this.#starts.set('size', start);
    if (!this.#begin(name, start)) return false;
    const number = this.#expressions.numeric();
    if (number === null) return false;
    let sizing: Sizing;
    switch (name) {
      case 'capital_per_trade':
        sizing = { kind: 'capital', rupees: number };
        break;
      case 'quantity_per_trade':
        sizing = { kind: 'quantity', units: number };
        break;
      case 'lots_per_trade':
        sizing = { kind: 'lots', lots: number };
        break;
      case 'equity_per_trade':
        if (!this.#tokens.expect('%')) return false;
        sizing = { kind: 'equity', percent: number };
        break;
      case 'risk_per_trade': {
        if (!this.#tokens.expect('%')) return false;
        const distance = this.#tokens.takeIf('by') ? this.#expressions.numeric() : undefined;
        if (distance === null) return false;
        sizing = { kind: 'risk', percent: number, distance: distance ?? null };
      }
    }
    this.#places.set(sizing, start);
    this.#draft.sizing = sizing;
    return true;
  }

  #distance(): PriceDistance | null {
    const number = this.#expressions.numeric();
    if (number === null) return null;
    return this.#tokens.takeIf('%')
      ? { kind: 'percent', percent: number }
      : { kind: 'rupees', rupees: number };
  }

  #takeProfit(start: Token): boolean {
    const distance = this.#distance();
    if (distance === null) return false;
    const portionPercent = this.#tokens.takeIf('for') ? this.#expressions.numeric() : undefined;
    if (portionPercent === null) return false;
    if (portionPercent !== undefined && !this.#tokens.expect('%')) return false;
    this.#targets.push({ start, distance, portionPercent: portionPercent ?? null });
    return true;
  }

  /** The targets of the tree: the last one, and no other, takes all that is left. */
  #profitTargets(): ProfitTarget[] {
    return this.#targets.map(({ start, distance, portionPercent }, index) => {
      const isLast = index === this.#targets.length - 1;
      if (isLast && portionPercent !== null) {
        const message = 'the last take_profit takes all that is left, so it has no "for"';
        this.#tokens.fail(start, message, 'a take_profit without "for" at the end');
      }
      if (!isLast && portionPercent === null) {
        const message = 'only the last take_profit can be without "for"';
        this.#tokens.fail(start, message, '"for" and a percentage');
      }
      // A part that is missing was told of, and takes no part of the sum.
      const missing = { kind: 'number', value: isLast ? 100 : 1e-9 } as const;
      const target = { distance, portionPercent: portionPercent ?? missing };
      this.#places.set(target, start);
      return target;
    });
  }

  #time(name: keyof typeof times, start: Token): boolean {
    if (!this.#begin(name, start)) return false;
    const minutes = readTime(this.#tokens);
    if (minutes === null) return false;
    this.#draft.session = { ...this.#draft.session, [times[name]]: minutes };
    this.#places.set(this.#draft.session, start);
    return true;
  }

  #product(): boolean {
    const token = this.#tokens.next;
    if (token.kind !== 'word' || !isStrategyProduct(token.text)) {
      return this.#tokens.refuse(token, strategyProducts.join(' or '), strategyProducts);
    }
    this.#tokens.take();
    this.#draft.product = token.text;
    return true;
  }

  #pair(start: Token): boolean {
    if (!this.#tokens.expect('with')) return false;
    const instrument = readInstrument(this.#tokens);
    if (instrument === null || !this.#tokens.expect('ratio')) return false;
    const ratio = this.#expressions.numeric();
    if (ratio === null) return false;
    const pair = { instrument, ratio };
    this.#places.set(pair, start);
    this.#draft.pair = pair;
    return true;
  }

  #rule(side: (typeof sideNames)[number], start: Token): boolean {
    const token = this.#tokens.next;
    const rule = ruleNames.find((name) => name === token.text && token.kind === 'word');
    if (rule === undefined) {
      return this.#tokens.refuse(token, '"entry" or "exit"', ruleNames);
    }
    this.#tokens.take();
    if (!this.#begin(`${side} ${rule}`, start)) return false;
    const sideDraft = (this.#draft[side] ??= { entry: null, exit: null });
    if (!this.#places.has(sideDraft)) this.#places.set(sideDraft, start);
    if (!this.#tokens.expect('when')) return false;
    sideDraft[rule] = this.#expressions.condition();
    return sideDraft[rule] !== null;
  }

  #atStatementEnd(): boolean {
    const { next } = this.#tokens;
    if (isStatementStart(this.#tokens)) return true;
    return this.#tokens.refuse(next, 'the next line', statementNames);
  }

  #skipStatement(): void {
    while (!isStatementStart(this.#tokens)) this.#tokens.take();
  }

  /** What no single statement can be blamed for. */
  #checkMissing(): void {
    const end = this.#tokens.next;
    if (!this.#starts.has('size')) {
      const expected = `${sizingNames.capital}, in rupees, or another size of an entry`;
      this.#tokens.fail(end, `${sizingNames.capital} is missing`, expected);
    }
    for (const side of sideNames) {
      const starts = ruleNames.map((rule) => this.#starts.get(`${side} ${rule}`));
      const start = starts.find((token) => token !== undefined);
      const missing = ruleNames.find((_, index) => starts[index] === undefined);
      if (start !== undefined && missing !== undefined) {
        const message = `the ${side} side has no ${missing} rule`;
        this.#tokens.fail(start, message, `a ${side} ${missing}`);
      }
    }
    if (this.#draft.long === null && this.#draft.short === null) {
      this.#tokens.fail(end, 'the strategy has no rules', 'long or short rules');
    }
  }
}

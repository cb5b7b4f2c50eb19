import { tokenise, type Token } from './lexer.ts';
import { nearestName } from './nearest-name.ts';

/** A mistake in a strategy's text. */
export interface StrategyFailure {
  /** A whole sentence for people. */
  readonly message: string;
  /** Where it stands; both count from 1. */
  readonly line: number;
  readonly column: number;
  /** What should stand there. */
  readonly expected: string;
  /** A known name near the one that stands there, else null. */
  readonly suggestion: string | null;
}

/** A reader stops after this many failures. */
export const maxStrategyFailures = 20;

/** The tokens of a text, read one by one, and the failures found on the way. */
export class TokenStream {
  readonly #failures: StrategyFailure[] = [];
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(text: string) {
    this.#tokens = tokenise(text);
  }

  /** The failures noted so far, from the top of the text to its end. */
  failuresInOrder(): readonly StrategyFailure[] {
    return this.#failures.toSorted(
      (left, right) => left.line - right.line || left.column - right.column,
    );
  }

  /** The next token, not yet taken; after the last one `end`, for ever. */
  get next(): Token {
    return this.#at(this.#position);
  }

  /** The token after the next one. */
  get second(): Token {
    return this.#at(this.#position + 1);
  }

  /** The token taken last; the first one where none was. */
  get previous(): Token {
    return this.#at(Math.max(0, this.#position - 1));
  }

  /** Whether no more failures are noted, so that reading on has no use. */
  get isFull(): boolean {
    return this.#failures.length >= maxStrategyFailures;
  }

  #at(position: number): Token {
    const token = this.#tokens[position] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error('a text without even an end token');
    return token;
  }

  /** Takes the next token. */
  take(): Token {
    const token = this.next;
    this.#position += 1;
    return token;
  }

  /** Whether the next token is the word or symbol `text`. */
  isNext(text: string): boolean {
    const { kind, text: found } = this.next;
    return found === text && (kind === 'word' || kind === 'symbol');
  }

  /** Takes the next token if it is the word or symbol `text`, and says whether it was. */
  takeIf(text: string): boolean {
    const found = this.isNext(text);
    if (found) this.take();
    return found;
  }

  /** Takes the next token if its text is `text`, else notes the failure; says whether it was. */
  expect(text: string): boolean {
    return this.takeIf(text) || this.refuse(this.next, `"${text}"`, [text]);
  }

  /**
   * Notes that `token` is not what was expected, with the nearest of the names that could stand
   * there, and returns false so that a parser can return it.
   */
  refuse(token: Token, expected: string, names: readonly string[] = []): false {
    const found = token.kind === 'end' ? 'the text ended' : `found "${beginning(token.text)}"`;
    const suggestion = suggestionFor(token, names);
    const hint = suggestion === null ? '' : `; did you mean ${suggestion}?`;
    return this.fail(token, `expected ${expected}, ${found}${hint}`, expected, suggestion);
  }

  /** Notes a failure at `token` and returns false. */
  fail(token: Token, message: string, expected: string, suggestion: string | null = null): false {
    if (this.#failures.length < maxStrategyFailures) {
      const { line, column } = token;
      this.#failures.push({ message, line, column, expected, suggestion });
    }
    return false;
  }
}

/** Signs that other languages have for operators of this one. */
const foreignSigns: Readonly<Record<string, string>> = {
  '=': '==',
  '<>': '!=',
  '=>': '>=',
  '=<': '<=',
  '&&': 'and',
  '&': 'and',
  '||': 'or',
  '|': 'or',
  '!': 'not',
};

function suggestionFor({ kind, text }: Token, names: readonly string[]): string | null {
  const meant = kind === 'word' ? nearestName(text, names) : foreignSigns[text];
  // What stands there already is no help.
  return meant !== undefined && meant !== text && names.includes(meant ?? '') ? meant : null;
}

/** Up to 40 UTF-16 units, no half of a surrogate pair at the end. */
function beginning(text: string): string {
  return text.length <= 40 ? text : text.slice(0, 40).replace(/[\uD800-\uDBFF]$/, '');
}

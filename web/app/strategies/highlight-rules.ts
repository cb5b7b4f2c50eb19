import type { LanguageWordKind } from '../generated/graphql.ts';
import type { Language } from './language.ts';

/** A piece of the document with its role in the rule language. */
export interface Token {
  readonly text: string;
  readonly kind:
    'comment' | 'text' | 'number' | 'keyword' | 'function' | 'value' | 'constant' | 'plain';
  /** 1-based, as the errors of the API count. */
  readonly column: number;
}

const kindOfWord: Readonly<Record<LanguageWordKind, Token['kind']>> = {
  STATEMENT: 'keyword',
  KEYWORD: 'keyword',
  FUNCTION: 'function',
  INDICATOR: 'function',
  VALUE: 'value',
  CONSTANT: 'constant',
};

const pattern =
  /(?<comment>#.*)|(?<text>"[^"]*"?)|(?<number>(?<![A-Za-z_])\d+(?:\.\d+|:\d\d)?%?(?![A-Za-z0-9_]))|(?<word>[A-Za-z0-9_]+)|(?<plain>[<>=!]=|\s+|.)/g;

/** One line of the document in coloured pieces; together they are the line again. */
export function highlightLine(
  line: string,
  kinds: ReadonlyMap<string, Token['kind']>,
): readonly Token[] {
  return [...line.matchAll(pattern)].map((match) => {
    const [text] = match;
    const group = Object.entries(match.groups ?? {}).find(([, found]) => found)?.[0] ?? 'plain';
    const kind = group === 'word' ? (kinds.get(text) ?? 'plain') : (group as Token['kind']);
    return { text, kind, column: match.index + 1 };
  });
}

/** The role of each word of the language. */
export function kindsOf(language: Language): ReadonlyMap<string, Token['kind']> {
  return new Map(language.map(({ word, kind }) => [word, kindOfWord[kind]]));
}

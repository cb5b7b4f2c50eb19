/** A piece of a strategy's text. Lines and columns count from 1, columns in UTF-16 units. */
export interface Token {
  readonly kind: 'word' | 'number' | 'time' | 'frame' | 'string' | 'symbol' | 'unknown' | 'end';
  /** As it stands in the text; of a string without its quotes. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

// One group for each kind, in the order they are tried; signs of other languages come whole, so that one
// can say what is meant; the last one takes any character (a whole one, not half of a surrogate pair), so
// every text has tokens.
const pattern =
  /([ \t\r\n]+|#[^\n]*)|([A-Za-z_][A-Za-z0-9_]*)|(\d{1,2}:\d{2}(?!\d))|(\d+[mhd](?![A-Za-z0-9_]))|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|"([^"\n]*)"|(&&|\|\||<>|=>|=<)|(<=|>=|==|!=|\.\.|[<>+\-*/(),%=[\].])|(.)/suy;
const kinds = [
  'word',
  'time',
  'frame',
  'number',
  'string',
  'unknown',
  'symbol',
  'unknown',
] as const;

/** Cuts a text into tokens, the last of which is `end`; comments and white space are left out. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  pattern.lastIndex = 0;
  for (let offset = 0; offset < text.length; offset = pattern.lastIndex) {
    const match = pattern.exec(text);
    if (match === null) throw new Error('a text that the last group does not take');
    const blank = match[1];
    if (blank === undefined) {
      const kind = kinds.findIndex((_, index) => match[index + 2] !== undefined);
      const content = match[kind + 2] ?? '';
      const column = offset - lineStart + 1;
      tokens.push({ kind: kinds[kind] ?? 'unknown', text: content, line, column });
      continue;
    }
    for (let at = blank.indexOf('\n'); at !== -1; at = blank.indexOf('\n', at + 1)) {
      line += 1;
      lineStart = offset + at + 1;
    }
  }
  tokens.push({ kind: 'end', text: '', line, column: text.length - lineStart + 1 });
  return tokens;
}

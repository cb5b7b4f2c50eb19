/** A piece of a strategy's text. Lines and columns count from 1, columns in UTF-16 units. */
export interface Token {
  readonly kind: 'word' | 'number' | 'symbol' | 'unknown' | 'end';
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

// Sticky patterns in the order they are tried; the last one takes any character (a whole one, not
// half of a surrogate pair), so every text has tokens.
const patterns: readonly (readonly [Token['kind'] | 'skip', RegExp])[] = [
  ['skip', /[ \t\r\n]+|#[^\n]*/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['symbol', /<=|>=|==|!=|[<>+\-*/(),%]/y],
  ['unknown', /./suy],
];

/** Cuts a text into tokens, the last of which is `end`; comments and white space are left out. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  while (offset < text.length) {
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = offset;
      const piece = pattern.exec(text)?.[0];
      if (piece === undefined) continue;
      if (kind === 'skip') {
        const lineBreak = piece.lastIndexOf('\n');
        if (lineBreak !== -1) {
          line += piece.split('\n').length - 1;
          lineStart = offset + lineBreak + 1;
        }
      } else {
        tokens.push({ kind, text: piece, line, column: offset - lineStart + 1 });
      }
      offset += piece.length;
      break;
    }
  }
  tokens.push({ kind: 'end', text: '', line, column: offset - lineStart + 1 });
  return tokens;
}

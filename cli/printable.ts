/**
 * The text on one line, with what a terminal would obey instead of showing (control characters, marks
 * that turn the direction of writing) as its number: `\x1b`, `\u202e`.
 */
export function printable(text: string): string {
  return text
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
    });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** Rows as CSV (RFC 4180) under a line of names. */
export function csvOf(
  names: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return [names, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

const plainNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe in front, which it shows as
 * text (source: OWASP, CSV injection); numbers keep their sign.
 */
function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const isFormula = /^\s*[=+\-@\t\r]/.test(text) && !plainNumber.test(text);
  const told = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(told) ? `"${told.replaceAll('"', '""')}"` : told;
}

/** Why a line of an uploaded file was refused. */
export interface CsvFailure {
  /** Line of the file, 1 is the header. */
  readonly line: number;
  /** Position of the cell in its line, 1 is the first. */
  readonly column: number;
  /** Name of the column, null where the whole line is meant. */
  readonly columnName: string | null;
  /** What stands there, cut to 80 characters. */
  readonly value: string;
  /** What should stand there. */
  readonly expected: string;
}

/** A reader stops after this many failures. */
export const maxCsvFailures = 20;

/** The lines of a CSV text, without a byte order mark and without blank lines at the end. */
export function csvLines(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}

/** Gathers failures up to `maxCsvFailures`. */
export class CsvFailures {
  readonly list: CsvFailure[] = [];

  /** True once no more failures are taken. */
  get isFull(): boolean {
    return this.list.length >= maxCsvFailures;
  }

  /** Notes that the cell `column` (from 1) of line `line` holds `value` instead of `expected`. */
  add(
    line: number,
    column: number,
    columnName: string | null,
    value: string,
    expected: string,
  ): void {
    if (this.isFull) return;
    this.list.push({ line, column, columnName, value: value.slice(0, 80), expected });
  }
}

const plainNumber = /^\d+(\.\d+)?$/;

/** A finite number above zero written in plain decimals, else NaN. */
export function positiveNumber(cell: string): number {
  const value = plainNumber.test(cell) ? Number(cell) : NaN;
  return value > 0 && value < Infinity ? value : NaN;
}

/** A whole number from 0 to 2^53 - 1, else NaN. Decimals of zero (`12.0`) are read as whole. */
export function wholeNumber(cell: string): number {
  const value = plainNumber.test(cell) ? Number(cell) : NaN;
  return Number.isSafeInteger(value) ? value : NaN;
}

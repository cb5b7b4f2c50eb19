import { Decimal } from 'decimal.js';
import { dayNumberOfDate } from '../calendar/exchange-time.ts';
import { csvLines, CsvFailures, type CsvFailure } from '../market/csv-failure.ts';
import { fail, succeed, type Result } from '../result.ts';
import { corporateActionKinds, type CorporateAction } from './corporate-action.ts';

/** A line of the file: what was done, and by whom. */
export interface ListedAction {
  /** Line of the file, 1 is the header. */
  readonly line: number;
  readonly exchange: string;
  readonly tradingSymbol: string;
  readonly action: CorporateAction;
  /** Where it was announced. */
  readonly source: string;
}

const columns = [
  'exchange',
  'symbol',
  'kind',
  'ex_date',
  'ratio',
  'amount',
  'fraction_price',
  'source',
] as const;
const header = columns.join(',');

/**
 * Reads corporate actions: `exchange,symbol,kind,ex_date,ratio,amount,fraction_price,source`. `ratio` is
 * written as exchanges announce it: of a BONUS, new units for units held (`1:2` gives one for every two);
 * of a SPLIT, units after for units before (`5:1` makes five of one), which never makes fewer. `amount` is
 * a DIVIDEND's rupees a unit. `fraction_price`, which may be empty, is paid for a whole unit where a part
 * of one is due. A failure lists everything found, up to 20.
 */
export function parseCorporateActionCsv(
  text: string,
): Result<readonly ListedAction[], readonly CsvFailure[]> {
  const lines = csvLines(text);
  const failures = new CsvFailures();
  const found = lines[0]?.trim() ?? '';
  if (found !== header) {
    failures.add(1, 1, null, found, `the header ${header}`);
    return fail(failures.list);
  }
  if (lines.length === 1) failures.add(2, 1, null, '', 'at least one action');

  const listed: ListedAction[] = [];
  const lineOf = new Map<string, number>();
  for (let index = 1; index < lines.length && !failures.isFull; index += 1) {
    const read = readLine(lines[index] ?? '', index + 1, failures);
    if (read === null) continue;
    const { exchange, tradingSymbol, action, line } = read;
    const key = [exchange, tradingSymbol, action.kind, action.exDate].join(' ');
    const earlier = lineOf.get(key);
    if (earlier !== undefined) {
      failures.add(line, 1, null, key, `something else than line ${earlier} says already`);
    }
    lineOf.set(key, line);
    listed.push(read);
  }
  return failures.list.length > 0 ? fail(failures.list) : succeed(listed);
}

const amountText = /^\d{1,9}(\.\d{1,4})?$/;
const ratioText = /^([1-9]\d{0,5}):([1-9]\d{0,5})$/;

function readLine(text: string, line: number, failures: CsvFailures): ListedAction | null {
  const cells = text.split(',').map((cell) => cell.trim());
  if (cells.length !== columns.length) {
    failures.add(line, cells.length, null, text, `${columns.length} cells`);
    return null;
  }
  const before = failures.list.length;
  const cell = (name: (typeof columns)[number]) => cells[columns.indexOf(name)] ?? '';
  const refuse = (name: (typeof columns)[number], expected: string) => {
    failures.add(line, columns.indexOf(name) + 1, name, cell(name), expected);
  };

  const kind = corporateActionKinds.find((known) => known === cell('kind'));
  const exDate = cell('ex_date');
  if (!/^[A-Z]{3}$/.test(cell('exchange'))) refuse('exchange', 'an exchange such as NSE');
  if (cell('symbol') === '') refuse('symbol', 'a trading symbol');
  if (kind === undefined) refuse('kind', corporateActionKinds.join(' or '));
  if (dayNumberOfDate(exDate) === null) refuse('ex_date', 'a date such as 2026-08-14');
  if (cell('source') === '') refuse('source', 'where it was announced');
  const action =
    kind === 'DIVIDEND'
      ? dividendOf(exDate, cell, refuse)
      : kind === undefined
        ? null
        : restatementOf(kind, exDate, cell, refuse);
  if (action === null || failures.list.length > before) return null;
  const tradingSymbol = cell('symbol').toUpperCase();
  return { line, exchange: cell('exchange'), tradingSymbol, action, source: cell('source') };
}

type Cell = (name: (typeof columns)[number]) => string;
type Refuse = (name: (typeof columns)[number], expected: string) => void;

function dividendOf(exDate: string, cell: Cell, refuse: Refuse): CorporateAction | null {
  const amount = amountText.test(cell('amount')) ? new Decimal(cell('amount')) : null;
  if (amount?.greaterThan(0) !== true)
    refuse('amount', 'rupees a unit above 0, at most 4 decimals');
  for (const name of ['ratio', 'fraction_price'] as const) {
    if (cell(name) !== '') refuse(name, 'nothing, as a dividend changes no units');
  }
  return amount === null ? null : { kind: 'DIVIDEND', exDate, cashPerUnit: amount };
}

function restatementOf(
  kind: 'BONUS' | 'SPLIT',
  exDate: string,
  cell: Cell,
  refuse: Refuse,
): CorporateAction | null {
  const [, first, second] = (ratioText.exec(cell('ratio')) ?? []).map(Number);
  if (cell('amount') !== '') refuse('amount', 'nothing, as only a dividend pays an amount');
  const price = cell('fraction_price');
  if (price !== '' && !amountText.test(price)) {
    refuse('fraction_price', 'rupees for a whole unit, at most 4 decimals, or nothing');
  }
  if (first === undefined || second === undefined) {
    refuse('ratio', kind === 'BONUS' ? 'new:held, such as 1:2' : 'after:before, such as 5:1');
    return null;
  }
  if (kind === 'SPLIT' && first <= second) {
    refuse('ratio', 'after:before with more units after; a consolidation cannot be booked');
  }
  return {
    kind,
    exDate,
    unitsAfter: kind === 'BONUS' ? first + second : first,
    unitsBefore: second,
    fractionPrice: price === '' || !amountText.test(price) ? null : new Decimal(price),
  };
}

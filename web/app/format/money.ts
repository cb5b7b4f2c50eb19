/**
 * Figures as Indian traders read them. Amounts stay the decimal strings of the contract: nothing
 * here passes through a float, so what the ledger says is what the screen shows.
 */

/** A true minus sign: as wide as a plus, so that columns of signed figures line up. */
const minus = '−';

interface DecimalParts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

function partsOf(value: string): DecimalParts {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  if (match === null) return { negative: false, whole: value, fraction: '' };
  const [, sign, whole = '0', fraction = ''] = match;
  const zero = /^0*$/.test(whole + fraction);
  return { negative: sign === '-' && !zero, whole, fraction };
}

/** Digits in groups of the Indian system, "1234567" to "12,34,567". */
export function groupDigits(whole: string): string {
  return whole.replace(/\B(?=(?:\d{2})*\d{3}$)/g, ',');
}

/** "-1234567.5" to "−12,34,567.50"; decimals are padded to two and shown further only where set. */
export function formatDecimal(value: string): string {
  const { negative, whole, fraction } = partsOf(value);
  const shown = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${negative ? minus : ''}${groupDigits(whole)}.${shown}`;
}

/** "-1234567.50" to "−₹12,34,567.50". */
export function formatRupees(value: string): string {
  const text = formatDecimal(value);
  return text.startsWith(minus) ? `${minus}₹${text.slice(1)}` : `₹${text}`;
}

/** A gain or loss: always with its sign, except for zero. */
export function formatSignedRupees(value: string): string {
  const text = formatRupees(value);
  return signOf(value) > 0 ? `+${text}` : text;
}

/** A whole or fractional quantity: "1050.000000" to "1,050". */
export function formatQuantity(value: string): string {
  const { negative, whole, fraction } = partsOf(value);
  const shown = fraction.replace(/0+$/, '');
  return `${negative ? minus : ''}${groupDigits(whole)}${shown === '' ? '' : `.${shown}`}`;
}

/** Two decimals of a ratio or percentage, "12.3456" to "12.35"; a dash for one that does not exist. */
export function formatRatio(value: string | null | undefined, unit = ''): string {
  if (value === null || value === undefined) return '–';
  return `${signedDigits(Number(value), 2)}${unit}`;
}

/** "-12.35%" with a true minus, and no sign at all on what rounds to nothing. */
export function formatPercent(percent: number, digits = 2): string {
  return `${signedDigits(percent, digits)}%`;
}

function signedDigits(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return text.replace('-', Number(text) === 0 ? '' : minus);
}

/** What an indicator reads, with at most four decimals: "91.91666666666661" to "91.9167". */
export function formatReading(value: string): string {
  return String(Number(Number(value).toFixed(4))).replace('-', minus);
}

/** -1, 0 or 1. */
export function signOf(value: string): -1 | 0 | 1 {
  if (/^-?0*(?:\.0*)?$/.test(value)) return 0;
  return value.startsWith('-') ? -1 : 1;
}

/** The exact sum of amounts with at most two decimals. */
export function addMoney(...amounts: readonly string[]): string {
  const paise = amounts.reduce((sum, amount) => {
    const { negative, whole, fraction } = partsOf(amount);
    const value = BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'));
    return negative ? sum - value : sum + value;
  }, 0n);
  const digits = String(paise < 0n ? -paise : paise).padStart(3, '0');
  return `${paise < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

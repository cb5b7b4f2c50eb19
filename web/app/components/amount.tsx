import {
  formatDecimal,
  formatRatio,
  formatRupees,
  formatSignedRupees,
  signOf,
} from '../format/money.ts';
import { classNames } from './class-names.ts';

const colourOfSign = { '-1': 'text-loss', '0': 'text-ink', '1': 'text-gain' } as const;

/** An amount of rupees; a dash when there is none. */
export function Rupees({ value }: { readonly value: string | null | undefined }) {
  return <>{value === null || value === undefined ? '–' : formatRupees(value)}</>;
}

/** A gain or loss: signed, and coloured besides. */
export function ProfitAndLoss({
  value,
  className,
}: {
  readonly value: string | null | undefined;
  readonly className?: string;
}) {
  if (value === null || value === undefined) return <>–</>;
  return (
    <span className={classNames(colourOfSign[`${signOf(value)}`], className)}>
      {formatSignedRupees(value)}
    </span>
  );
}

/** A price in rupees, without the sign of the currency; a dash when there is none. */
export function Price({ value }: { readonly value: string | null | undefined }) {
  return <>{value === null || value === undefined ? '–' : formatDecimal(value)}</>;
}

/** A part of the whole, 0 to 1, as a percentage. */
export function Share({ value }: { readonly value: string | null | undefined }) {
  return <>{value ? formatRatio(String(100 * Number(value)), '%') : '–'}</>;
}

/** A percentage, two decimals. */
export function Percent({ value }: { readonly value: string | null | undefined }) {
  return <>{formatRatio(value, '%')}</>;
}

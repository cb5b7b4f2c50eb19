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

/** A share of a hundred, two decimals. */
export function Percent({ value }: { readonly value: string | null | undefined }) {
  return <>{formatRatio(value, '%')}</>;
}

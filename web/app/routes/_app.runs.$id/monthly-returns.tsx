import { classNames } from '../../components/class-names.ts';
import { formatRatio } from '../../format/money.ts';

const monthNames = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

interface Month {
  /** `2019-07`. */
  readonly month: string;
  readonly returnPercent: string;
}

/** What each month brought in percent, a row a year, with the whole year behind it. */
export function MonthlyReturns({ months }: { readonly months: readonly Month[] }) {
  const byMonth = new Map(months.map(({ month, returnPercent }) => [month, returnPercent]));
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))];
  return (
    <div
      className="relative overflow-x-auto"
      tabIndex={0}
      role="region"
      aria-label="Monthly returns, scrollable"
    >
      <table className="mx-2.5 w-[calc(100%-1.25rem)] border-collapse text-sm">
        <caption className="sr-only">Monthly returns in percent</caption>
        <thead>
          <tr className="border-b border-rule text-xs text-ink-soft">
            {['Year', ...monthNames, 'All'].map((name) => (
              <th
                key={name}
                scope="col"
                className="px-1.5 py-1.5 text-right font-medium first:text-left"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {years.map((year) => {
            const all = monthNames.map((_, index) =>
              byMonth.get(`${year}-${String(index + 1).padStart(2, '0')}`),
            );
            return (
              <tr key={year} className="border-b border-rule last:border-0">
                <th scope="row" className="px-1.5 py-1.5 text-left font-medium">
                  {year}
                </th>
                {[...all, compounded(all)].map((value, index) => (
                  <td
                    key={index}
                    className={classNames(
                      'px-1.5 py-1.5 text-right whitespace-nowrap',
                      index === 12 && 'font-semibold',
                      Number(value) < 0 && 'bg-loss-soft text-loss',
                      Number(value) > 0 && 'bg-gain-soft text-gain',
                    )}
                  >
                    {value === undefined ? '' : formatRatio(value)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Months one after the other, in percent. */
function compounded(months: readonly (string | undefined)[]): string {
  const growth = months.reduce((product, value) => product * (1 + Number(value ?? 0) / 100), 1);
  return String((growth - 1) * 100);
}

import { expect, test } from 'vitest';
import document from './empyrical-cases.json' with { type: 'json' };
import { dateOfDayNumber, dayNumberOfDate, weekdayOf } from '../calendar/exchange-time.ts';
import { returnMomentsOf } from './return-moments.ts';
import {
  aggregateReturns,
  cumulativeReturnsOf,
  simpleReturnsOf,
  totalReturnOf,
  type Returns,
} from './returns.ts';
import {
  annualReturnOf,
  annualVolatilityOf,
  calmarRatioOf,
  sharpeRatioOf,
  sortinoRatioOf,
  stabilityOf,
} from './risk-ratios.ts';

/** A case of empyrical's own tests; see the head of the file of cases. */
interface Case {
  readonly metric: string;
  readonly returns?: string;
  readonly prices?: string;
  readonly starting_value?: number;
  readonly convert_to?: string;
  readonly risk_free?: string;
  readonly required_return?: string;
  /** NaN and Infinity are values that do not exist: null here. */
  readonly expected: number | readonly number[] | 'NaN' | 'Infinity';
  readonly decimals: number;
}

const cases = document.cases as readonly Case[];
const series = document.series as Readonly<
  Record<string, { readonly start: string; readonly values: Returns | '1000 x 0.01' }>
>;

function seriesOf(name = ''): Returns {
  const values = series[name]?.values;
  if (values === undefined) throw new Error(`no series ${name}`);
  return values === '1000 x 0.01' ? Array.from({ length: 1000 }, () => 0.01) : values;
}

function rateOf(name = ''): number | Returns {
  return name in series ? seriesOf(name) : Number(name);
}

function known(returns: Returns): number[] {
  return returns.filter((value) => value !== null);
}

/** Returns above a rate for each period: one for all, or one of each. */
function excessOver(returns: Returns, rate: number | Returns): number[] {
  return returns.flatMap((value, index) => {
    const other = typeof rate === 'number' ? rate : (rate[index] ?? null);
    return value === null || other === null ? [] : [value - other];
  });
}

/** What a day of a daily series is grouped under. */
function keyOf(name: string, period: string): (index: number) => string {
  const first = dayNumberOfDate(series[name]?.start ?? '') ?? NaN;
  return (index) => {
    const day = first + index;
    const date = dateOfDayNumber(day);
    switch (period) {
      case 'weekly':
        // The Monday of its week; 0 is Sunday.
        return dateOfDayNumber(day - ((weekdayOf(day) + 6) % 7));
      case 'monthly':
        return date.slice(0, 7);
      case 'quarterly':
        return `${date.slice(0, 4)} ${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
      case 'yearly':
        return date.slice(0, 4);
      default:
        throw new Error(`no period ${period}`);
    }
  };
}

function measured(example: Case): number | null | readonly number[] {
  const returns = example.returns === undefined ? [] : seriesOf(example.returns);
  // A period without data counts as one and changes no value.
  const filled = returns.map((value) => value ?? 0);
  const of = returnMomentsOf;
  switch (example.metric) {
    case 'simple_returns':
      return simpleReturnsOf(seriesOf(example.prices).map((price) => price ?? NaN));
    case 'cum_returns':
      return cumulativeReturnsOf(returns, example.starting_value);
    case 'cum_returns_final':
      return totalReturnOf(returns, example.starting_value);
    case 'aggregate_returns': {
      const key = keyOf(example.returns ?? '', example.convert_to ?? '');
      return [...aggregateReturns(returns, key).values()];
    }
    case 'max_drawdown':
      return of(filled).count === 0 ? null : of(filled).maxDrawdown;
    case 'annual_ret':
      return annualReturnOf(of(filled));
    case 'annual_volatility':
      return annualVolatilityOf(of(known(returns)));
    case 'calmar':
      return calmarRatioOf(of(filled));
    case 'sharpe_ratio':
      return sharpeRatioOf(of(excessOver(returns, rateOf(example.risk_free))));
    case 'sortino':
      return sortinoRatioOf(of(excessOver(returns, rateOf(example.required_return))));
    case 'stability_of_timeseries':
      return stabilityOf(known(returns));
    default:
      throw new Error(`no metric ${example.metric}`);
  }
}

test('there are forty cases of empyrical', () => {
  expect(cases).toHaveLength(40);
});

test.each(cases.map((example, index) => ({ ...example, index })))(
  '$index: $metric of $returns$prices agrees with empyrical',
  (example) => {
    const { expected, decimals } = example;
    const actual = measured(example);
    if (expected === 'NaN' || expected === 'Infinity') {
      expect(actual).toBeNull();
    } else if (typeof expected === 'number') {
      expect(actual).toBeTypeOf('number');
      expect(actual).toBeCloseTo(expected, decimals);
    } else {
      if (!Array.isArray(actual)) throw new Error('expected a list');
      expect(actual).toHaveLength(expected.length);
      expected.forEach((value, index) => expect(actual[index]).toBeCloseTo(value, decimals));
    }
  },
);

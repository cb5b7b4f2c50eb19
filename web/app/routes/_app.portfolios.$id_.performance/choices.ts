import type { AttributionDimension } from '../../generated/graphql.ts';

/** What a result can be told apart by, with the words for it. */
export const dimensions: readonly (readonly [AttributionDimension, string])[] = [
  ['DAY', 'Day'],
  ['MONTH', 'Month'],
  ['STRATEGY', 'Strategy'],
  ['AGENT', 'Agent'],
  ['INSTRUMENT', 'Instrument'],
];

/** Whether the parts are of one time, so that they can win and lose together: days are not. */
export function makesPairs(by: AttributionDimension): boolean {
  return by !== 'DAY' && by !== 'MONTH';
}

/** What the screen's address asks for. */
export interface Choices {
  /** Exchange days, `YYYY-MM-DD`; empty: from the first, to the last. */
  readonly from: string;
  readonly to: string;
  readonly by: AttributionDimension;
  /** An instrument's id; empty: compared with nothing. */
  readonly benchmark: string;
}

export function choicesOf(parameters: URLSearchParams): Choices {
  const day = (name: string) => {
    const value = parameters.get(name) ?? '';
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : '';
  };
  const by = parameters.get('by');
  return {
    from: day('from'),
    to: day('to'),
    by: dimensions.find(([dimension]) => dimension === by)?.[0] ?? 'DAY',
    benchmark: parameters.get('benchmark') ?? '',
  };
}

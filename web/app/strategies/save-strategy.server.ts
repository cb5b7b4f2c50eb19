import { strategyTypes, timeFrameNames } from '../format/names.ts';
import { exactText, oneOf, text, texts } from '../form.server.ts';
import type { FormFailure } from '../form-failure.ts';
import { failureOf } from '../form-failure.ts';
import type { RuleErrorMarkFragment, StrategyType, TimeFrame } from '../generated/graphql.ts';

/** Why a strategy was not saved. */
export interface SaveFailure extends FormFailure {
  readonly ruleErrors: readonly RuleErrorMarkFragment[];
}

/** What came of saving: a failure, or the number of the version that the rules are at. */
export interface SaveAnswer {
  readonly save?: SaveFailure | null;
  readonly savedVersion?: number;
}

/** The fields of the strategy form, as both mutations take them. */
export function readStrategyForm(form: FormData): {
  name: string;
  type: StrategyType;
  timeFrame: TimeFrame;
  instrumentIds: string[];
  document: string;
} {
  return {
    name: text(form, 'name'),
    type: oneOf(form, 'type', strategyTypes, 'CUSTOM'),
    timeFrame: oneOf(form, 'timeFrame', Object.keys(timeFrameNames) as TimeFrame[], 'FIVE_MINUTES'),
    instrumentIds: texts(form, 'instrumentIds'),
    // Browsers send forms with CRLF; the errors' columns and the stored text know only LF.
    document: exactText(form, 'document').replaceAll('\r\n', '\n'),
  };
}

/** The failure of saving; null when it was saved. */
export function saveFailureOf(
  result: Parameters<typeof failureOf>[0] & {
    readonly errors?: readonly RuleErrorMarkFragment[];
  },
): SaveFailure | null {
  const failure = failureOf(result);
  return failure && { ...failure, ruleErrors: result.errors ?? [] };
}

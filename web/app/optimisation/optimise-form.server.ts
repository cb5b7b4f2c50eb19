import { amount, oneOf, text, wholeNumber } from '../form.server.ts';
import type { StartOptimisationInput } from '../generated/graphql.ts';
import { fillModelOfForm } from '../trading/fill-model.server.ts';
import { trialStatistics } from './trial-words.ts';

/** The fields of the form that starts a search; what is missing the API judges. */
export function readOptimisationForm(form: FormData): Omit<StartOptimisationInput, 'strategyId'> {
  const kind = oneOf(form, 'walkForward', ['NONE', 'ROLLING', 'ANCHORED'] as const, 'NONE');
  return {
    datasetId: text(form, 'datasetId'),
    initialCapital: amount(form, 'initialCapital'),
    fillModel: fillModelOfForm(form),
    aim: oneOf(form, 'aim', trialStatistics, 'SHARPE_RATIO'),
    search: oneOf(form, 'search', ['GUIDED', 'RANDOM', 'GRID'] as const, 'GUIDED'),
    trialLimit: wholeNumber(form, 'trialLimit') ?? 0,
    seed: wholeNumber(form, 'seed') ?? -1,
    constraints: text(form, 'constraints')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    walkForward:
      kind === 'NONE'
        ? null
        : {
            kind,
            inSampleBars: wholeNumber(form, 'inSampleBars') ?? 0,
            outOfSampleBars: wholeNumber(form, 'outOfSampleBars') ?? 0,
          },
  };
}

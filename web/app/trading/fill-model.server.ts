import { oneOf, text, wholeNumber } from '../form.server.ts';
import type { FillModelInput, FillModelPartsFragment } from '../generated/graphql.ts';

/** The fill model of a form. What is no number is out of its range, as the API then says. */
export function fillModelOfForm(form: FormData): FillModelInput {
  const count = (name: string): number => {
    const value = wholeNumber(form, name);
    return value === undefined ? -1 : (value ?? 0);
  };
  const percent = text(form, 'participationPercent').replace(/[%\s]/g, '');
  return {
    slippageTicks: count('slippageTicks'),
    spreadTicks: count('spreadTicks'),
    limitFill: oneOf(form, 'limitFill', ['THROUGH', 'TOUCH'] as const, 'THROUGH'),
    participation: percent === '' ? null : shareOf(percent),
    latencyMs: count('latencyMs'),
  };
}

/** A percentage as a share in decimal text. */
function shareOf(percent: string): string {
  const share = Number(percent) / 100;
  return Number.isFinite(share) ? share.toFixed(6) : '-1';
}

/** The same model, to ask for it again. */
export function fillModelInputOf(model: FillModelPartsFragment): FillModelInput {
  const { slippageTicks, spreadTicks, limitFill, participation, latencyMs } = model;
  return { slippageTicks, spreadTicks, limitFill, participation, latencyMs };
}

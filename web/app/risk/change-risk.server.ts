import { data } from '@remix-run/node';

import { answerForm, mutate, query } from '../api.server.ts';
import { amount, oneOf, text, wholeNumber } from '../form.server.ts';
import type { FormFailure } from '../form-failure.ts';
import { failureOf } from '../form-failure.ts';
import type { RiskScope } from '../generated/graphql.ts';
import {
  AcknowledgeFindingDocument,
  ActivateKillSwitchDocument,
  InstrumentsCalledDocument,
  ReleaseKillSwitchDocument,
  ReleaseRiskLockDocument,
  SetRiskLimitsDocument,
} from '../generated/graphql.ts';
import { instrumentCalled, namesIn } from './instrument-names.ts';
import { limitFields, limitKinds, limitTerms, minuteOfTime } from './limit-terms.ts';

/** What the forms of the risk screens are answered. */
export interface RiskAnswer {
  readonly failure?: FormFailure | null | undefined;
  readonly saved?: true | undefined;
  /** What limits were typed that are refused, by field, to be mended. */
  readonly typed?: Readonly<Record<string, string>> | undefined;
  /** When it was done, so that each deed closes its dialog. */
  readonly pulled?: number | undefined;
  readonly released?: number | undefined;
}

const scopes: readonly RiskScope[] = ['AGENT', 'STRATEGY', 'PORTFOLIO', 'USER', 'PLATFORM'];
const countFields = [
  'maxOpenPositions',
  'maxOrdersPerSecond',
  'maxOrdersPerMinute',
  'maxOrdersPerDay',
  'maxConsecutiveLosses',
  'lossCoolDownMinutes',
];

/** Does what a form of the risk screens asks for. */
export function changeRisk(request: Request, form: FormData) {
  return answerForm(form, () => {
    switch (text(form, 'intent')) {
      case 'pull':
        return pull(request, form);
      case 'release':
        return release(request, form);
      case 'finding':
        return acknowledge(request, form);
      case 'lock':
        return releaseLock(request, form);
      default:
        return setLimits(request, form);
    }
  });
}

function refused(failure: FormFailure | null) {
  return data<RiskAnswer>({ failure }, { status: 422 });
}

function scopeOf(form: FormData) {
  return { scope: oneOf(form, 'scope', scopes, 'USER'), subject: text(form, 'subject') };
}

function targetOf(form: FormData) {
  const { scope, subject } = scopeOf(form);
  return { platform: scope === 'PLATFORM', portfolioId: scope === 'PORTFOLIO' ? subject : null };
}

async function pull(request: Request, form: FormData) {
  const input = { ...targetOf(form), reason: text(form, 'reason') };
  const { data: answer } = await mutate(request, ActivateKillSwitchDocument, { input });
  const result = answer.activateKillSwitch;
  return result.__typename === 'ActivatedKillSwitch'
    ? data<RiskAnswer>({ pulled: Date.now() })
    : refused(failureOf(result));
}

async function release(request: Request, form: FormData) {
  const input = targetOf(form);
  const { data: answer } = await mutate(request, ReleaseKillSwitchDocument, { input });
  const result = answer.releaseKillSwitch;
  return result.__typename === 'ReleasedKillSwitch'
    ? data<RiskAnswer>({ released: Date.now() })
    : refused(failureOf(result));
}

async function releaseLock(request: Request, form: FormData) {
  const input = { id: text(form, 'lock') };
  const { data: answer } = await mutate(request, ReleaseRiskLockDocument, { input });
  const result = answer.releaseRiskLock;
  return result.__typename === 'RiskLock' ? data<RiskAnswer>({}) : refused(failureOf(result));
}

async function acknowledge(request: Request, form: FormData) {
  const input = { id: text(form, 'finding') };
  const { data: answer } = await mutate(request, AcknowledgeFindingDocument, { input });
  const result = answer.acknowledgeFinding;
  return result.__typename === 'ReconciliationFinding'
    ? data<RiskAnswer>({})
    : refused(failureOf(result));
}

function typedLimits(form: FormData): Record<string, string> {
  return Object.fromEntries(limitFields.map((field) => [field, text(form, field)]));
}

async function setLimits(request: Request, form: FormData) {
  const typed = typedLimits(form);
  const notSaved = (failure: FormFailure | null) =>
    data<RiskAnswer>({ failure, typed }, { status: 422 });
  const limits: Record<string, string | number | null> = {};
  for (const kind of limitKinds) {
    const { field } = limitTerms[kind];
    if (!countFields.includes(field)) limits[field] = amount(form, field) || null;
  }
  for (const field of countFields) {
    const count = wholeNumber(form, field);
    if (count === undefined) return notSaved({ message: 'Say a whole number.', field });
    limits[field] = count;
  }
  for (const field of ['entriesFromMinute', 'entriesUntilMinute']) {
    const minute = minuteOfTime(text(form, field));
    if (minute === undefined) return notSaved({ message: 'Say a time of the day.', field });
    limits[field] = minute;
  }
  const { scope, subject } = scopeOf(form);
  const named = scope !== 'USER' && scope !== 'PLATFORM';
  const allowed = await allowedInstruments(request, namesIn(text(form, 'allowedInstrumentIds')));
  if (!allowed.found) {
    const message = `No one instrument is called ${allowed.name}; name it with its exchange, as in NSE:YESBANK.`;
    return notSaved({ message, field: 'allowedInstrumentIds' });
  }
  const { data: answer } = await mutate(request, SetRiskLimitsDocument, {
    input: {
      ...limits,
      scope,
      id: named ? subject : null,
      allowedInstrumentIds: allowed.ids,
    },
  });
  const result = answer.setRiskLimits;
  return result.__typename === 'RiskLimits'
    ? data<RiskAnswer>({ saved: true })
    : notSaved(failureOf(result));
}

/** What the form shows of an instrument that is not among the first of all; the API judges it. */
const shownAsId = /^[\w-]{48,}={0,2}$/;

/** The ids of instruments by their names, or the first name that means none; null stands for all. */
async function allowedInstruments(
  request: Request,
  names: readonly string[] | null,
): Promise<
  | { readonly found: true; readonly ids: string[] | null }
  | { readonly found: false; readonly name: string }
> {
  if (names === null) return { found: true, ids: null };
  const ids = new Set<string>();
  const listed = names.length === 0 ? [] : await instrumentsCalled(request, null);
  for (const name of names) {
    const search = name.split(':').at(-1) ?? name;
    // The first of all are read once; of thousands the others are searched for.
    const meant =
      instrumentCalled(name, listed) ??
      instrumentCalled(name, await instrumentsCalled(request, search));
    if (meant === undefined && !shownAsId.test(name)) return { found: false, name };
    ids.add(meant?.id ?? name);
  }
  return { found: true, ids: [...ids] };
}

async function instrumentsCalled(request: Request, search: string | null) {
  const { instruments } = await query(request, InstrumentsCalledDocument, { search });
  return instruments.nodes;
}

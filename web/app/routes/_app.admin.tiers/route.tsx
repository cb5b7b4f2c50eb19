import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { tiers } from '../../administration/account-terms.ts';
import { AdministrationPage } from '../../administration/administration-page.tsx';
import { mutate, notFound, answerForm, query } from '../../api.server.ts';
import { Panel } from '../../components/panel.tsx';
import { oneOf, wholeNumber } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import { plainName } from '../../format/names.ts';
import { SetTierLimitsDocument, TiersDocument } from '../../generated/graphql.ts';
import { limitFields, TierForm } from './tier-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Tiers · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, tierLimits } = await query(request, TiersDocument, {});
  // Everyone may read the limits; this screen is for who may change them.
  if (viewer?.role !== 'ADMIN') throw notFound();
  return { tierLimits };
}

interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly saved?: true | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  return answerForm(form, () => setLimits(request, form));
}

async function setLimits(request: Request, form: FormData) {
  const values = limitFields.map(({ name }) => [name, wholeNumber(form, name)] as const);
  const wrong = values.find(([, value]) => value === undefined);
  if (wrong !== undefined) {
    const failure = { message: 'Say a whole number.', field: wrong[0] };
    return data<Answer>({ failure }, { status: 422 });
  }
  const limits = Object.fromEntries(values);
  const input = {
    ...limits,
    tier: oneOf(form, 'intent', tiers, 'FREE'),
    requestsPerMinute: limits['requestsPerMinute'] ?? 0,
  };
  const { setTierLimits: result } = (await mutate(request, SetTierLimitsDocument, { input })).data;
  return result.__typename === 'TierLimits'
    ? data<Answer>({ saved: true })
    : data<Answer>({ failure: failureOf(result) }, { status: 422 });
}

export default function Tiers() {
  const { tierLimits } = useLoaderData<typeof loader>();
  return (
    <AdministrationPage>
      <p className="max-w-prose text-sm text-ink-soft">
        What each tier allows. An empty field sets no limit. What users have beyond a new limit
        stays theirs; they can add no more.
      </p>
      <div className="grid items-start gap-4 md:grid-cols-2">
        {tierLimits.map((limits) => (
          <Panel key={limits.tier} title={plainName(limits.tier)}>
            <TierForm limits={limits} />
          </Panel>
        ))}
      </div>
    </AdministrationPage>
  );
}

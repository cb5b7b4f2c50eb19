import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';

import { AdministrationPage } from '../../administration/administration-page.tsx';
import { answerForm, mutate, query } from '../../api.server.ts';
import { Button } from '../../components/button.tsx';
import { controlClass } from '../../components/field.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { UnscriptedFailure } from '../../components/unscripted-failure.tsx';
import { text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import { formatCount, plainName } from '../../format/names.ts';
import type { JobFailureStatus } from '../../generated/graphql.ts';
import {
  DiscardFailedJobDocument,
  FailedJobsDocument,
  RetryFailedJobDocument,
} from '../../generated/graphql.ts';
import { JobsTable } from './jobs-table.tsx';

export const meta: MetaFunction = () => [{ title: 'Failed jobs · NandaX' }];

const statuses: readonly JobFailureStatus[] = [
  'WAITING',
  'RETRY_REQUESTED',
  'RETRIED',
  'DISCARDED',
];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const status = statuses.find((each) => each === searchParams.get('status')) ?? null;
  const after = searchParams.get('after');
  const { jobFailures } = await query(request, FailedJobsDocument, { after, status });
  return { jobFailures, status };
}

interface Answer {
  readonly failure?: FormFailure | null | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  return answerForm(form, () => decide(request, form));
}

async function decide(request: Request, form: FormData) {
  const input = { id: text(form, 'job') };
  const result =
    text(form, 'intent') === 'retry'
      ? (await mutate(request, RetryFailedJobDocument, { input })).data.retryFailedJob
      : (await mutate(request, DiscardFailedJobDocument, { input })).data.discardFailedJob;
  return result.__typename === 'JobFailure'
    ? data<Answer>({})
    : data<Answer>({ failure: failureOf(result) }, { status: 422 });
}

export default function FailedJobs() {
  const { jobFailures, status } = useLoaderData<typeof loader>();
  return (
    <AdministrationPage>
      <UnscriptedFailure />
      <Panel
        title="Failed jobs"
        note={`${formatCount(jobFailures.totalCount)} in all`}
        actions={
          <Form className="flex flex-wrap gap-2">
            <select
              name="status"
              aria-label="State"
              defaultValue={status ?? ''}
              className={`${controlClass} w-auto!`}
            >
              <option value="">All</option>
              {statuses.map((each) => (
                <option key={each} value={each}>
                  {plainName(each)}
                </option>
              ))}
            </select>
            <Button type="submit">Show</Button>
          </Form>
        }
        flush
      >
        <p className="max-w-prose px-4 pb-3 text-sm text-ink-soft">
          Jobs that failed at every attempt. A retry repeats nothing that is done: an order that may
          have left is asked for at the broker, never sent again.
        </p>
        <JobsTable jobs={jobFailures.nodes} />
        <Pager name="jobs" pageInfo={jobFailures.pageInfo} />
      </Panel>
    </AdministrationPage>
  );
}

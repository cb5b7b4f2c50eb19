import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { useForm } from '../../components/use-form.ts';
import { formError } from '../../form-failure.ts';
import { plainName } from '../../format/names.ts';
import type { FailedJobsQuery } from '../../generated/graphql.ts';
import type { action } from './route.tsx';

type FailedJob = FailedJobsQuery['jobFailures']['nodes'][number];

const tones = {
  WAITING: 'bad',
  RETRY_REQUESTED: 'caution',
  RETRIED: 'good',
  DISCARDED: 'neutral',
} as const;

const columns: readonly Column<FailedJob>[] = [
  {
    heading: 'Job',
    names: true,
    cell: (job) => (
      <>
        <span className="font-mono text-xs">{job.name}</span>
        <span className="block font-mono text-xs font-normal break-all text-ink-soft">
          {job.jobId}
        </span>
      </>
    ),
  },
  {
    heading: 'Why it failed',
    from: 'medium',
    cell: (job) => <span className="block max-w-md text-xs break-words">{job.reason}</span>,
  },
  { heading: 'Attempts', from: 'wide', cell: (job) => job.attempts },
  {
    heading: 'Failed (IST)',
    from: 'medium',
    cell: (job) => <ExchangeTime value={job.failedAt} />,
  },
  {
    heading: 'State',
    cell: (job) => <Badge tone={tones[job.status]}>{plainName(job.status)}</Badge>,
  },
  { heading: '', cell: (job) => job.status === 'WAITING' && <Decision job={job} /> },
];

/** Jobs that used up their attempts, each with what can be done about it. */
export function JobsTable({ jobs }: { readonly jobs: readonly FailedJob[] }) {
  return (
    <DataTable
      caption="Failed jobs"
      columns={columns}
      rows={jobs}
      rowKey={(job) => job.id}
      empty={<EmptyState>No job is like that.</EmptyState>}
    />
  );
}

function Decision({ job }: { readonly job: FailedJob }) {
  const { Form, ref, answer, busy } = useForm<typeof action>(job.id);
  const failure = formError(answer?.failure, []);
  return (
    <Form ref={ref} method="post" className="flex flex-wrap justify-end gap-2">
      <input type="hidden" name="job" value={job.id} />
      {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
      <Button
        type="submit"
        name="intent"
        value="retry"
        disabled={busy}
        aria-label={`Retry ${job.jobId}`}
      >
        Retry
      </Button>
      <Button
        type="submit"
        name="intent"
        value="discard"
        disabled={busy}
        aria-label={`Discard ${job.jobId}`}
      >
        Discard
      </Button>
    </Form>
  );
}

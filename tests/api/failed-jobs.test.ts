import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requeueFailedJobs } from '@nandax/app/events/requeue-failed-jobs.ts';
import { runBacktestJob } from '@nandax/app/jobs.ts';
import { createJobConsumers } from '@nandax/adapters/queue/job-consumers.ts';
import { createJobQueue } from '@nandax/adapters/queue/job-queue.ts';
import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { prismaStore } from '@nandax/adapters/prisma/trading/store.ts';
import { testTools } from '../setup/accounts.ts';
import { Inbox } from '../setup/deferred.ts';
import { silentLog as log } from '../setup/silent-log.ts';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
let admin: Visitor & { readonly userId: string };
beforeAll(async () => {
  world = await startApiWorld();
  admin = await world.register('admin', { role: 'ADMIN' });
});
afterAll(() => world.close());

const store = () => prismaStore(world.database.prisma, testTools);
const globalId = (id: string) => Buffer.from(`JobFailure:${id}`).toString('base64url');
const list = `query ($status: JobFailureStatus) { jobFailures(status: $status) {
  totalCount nodes { id queue name jobId payload reason attempts status decidedAt } } }`;
const retry = `mutation ($id: ID!) { retryFailedJob(input: { id: $id }) {
  __typename ... on JobFailure { status } ... on Failure { message } ... on IllegalState { state } } }`;
const discard = retry.replace('retryFailedJob', 'discardFailedJob');

/** Writes down a job that used up its attempts. */
async function failed(reason: string) {
  const [id, runId] = [randomUUID(), randomUUID()];
  const { queue, name, id: jobId, payload } = runBacktestJob(runId);
  await store().transaction(({ jobFailures }) =>
    jobFailures.insert({
      ...{ id, queue, name, jobId, payload, reason },
      attempts: 3,
      failedAt: systemClock.now(),
    }),
  );
  return { id: globalId(id), runId, jobId };
}

test('an administrator has a failed job run again, once, and it reaches a worker', async () => {
  const job = await failed('the disk was full');
  expect((await admin.ask(list, { status: 'WAITING' })).data).toEqual({
    jobFailures: {
      totalCount: '1',
      nodes: [
        {
          ...{ id: job.id, jobId: job.jobId, queue: 'backtests', name: 'run-backtest' },
          ...{ payload: { runId: job.runId }, reason: 'the disk was full', attempts: 3 },
          ...{ status: 'WAITING', decidedAt: null },
        },
      ],
    },
  });
  const answers = await Promise.all([1, 2, 3].map(() => admin.ask(retry, { id: job.id })));
  const words = answers.map(({ data }) => JSON.stringify(data)).toSorted();
  const granted = { __typename: 'JobFailure', status: 'RETRY_REQUESTED' };
  const late = {
    __typename: 'IllegalState',
    message: 'The failed job was decided about already.',
    state: 'RETRY_REQUESTED',
  };
  expect(words).toEqual(
    [late, late, granted].map((retryFailedJob) => JSON.stringify({ retryFailedJob })),
  );

  const place = { kind: 'postgres', connectionString: world.database.url } as const;
  const queue = createJobQueue({ place, log });
  const ran = new Inbox<string>();
  const consumer = createJobConsumers({ place, log }).consume(
    'backtests',
    { 'run-backtest': ({ runId }) => ran.accept(runId) },
    { concurrency: 1, onExhausted: () => Promise.resolve() },
  );
  const ports = { store: store(), queue, clock: systemClock };
  await Promise.all([requeueFailedJobs(ports), requeueFailedJobs(ports)]);
  expect(await ran.until(1)).toEqual([job.runId]);
  await consumer.close(5_000);
  await queue.close();
  expect((await admin.ask(list, { status: 'RETRIED' })).data).toMatchObject({
    jobFailures: { totalCount: '1', nodes: [{ id: job.id, status: 'RETRIED' }] },
  });
});

test('a discarded job stays in the list and cannot be retried; both words are in the audit trail', async () => {
  const job = await failed('nobody wants it');
  expect((await admin.ask(discard, { id: job.id })).data).toEqual({
    discardFailedJob: { __typename: 'JobFailure', status: 'DISCARDED' },
  });
  expect((await admin.ask(retry, { id: job.id })).data).toMatchObject({
    retryFailedJob: { __typename: 'IllegalState', state: 'DISCARDED' },
  });
  const trail = '{ auditEvents(first: 2) { nodes { action actorKind after } } }';
  expect((await admin.ask(trail)).data).toMatchObject({
    auditEvents: {
      nodes: [
        {
          action: 'JOB_DISCARDED',
          actorKind: 'USER',
          after: { status: 'DISCARDED', jobId: job.jobId, queue: 'backtests' },
        },
        { action: 'JOB_RETRIED' },
      ],
    },
  });
});

test('nobody but an administrator sees failed jobs or decides about one', async () => {
  const job = await failed('not for everyone');
  const asha = await world.register('asha');
  const refused = [expect.objectContaining({ message: 'Only an administrator may do this.' })];
  expect((await asha.ask(list)).errors).toEqual(refused);
  expect((await asha.ask(retry, { id: job.id })).errors).toEqual(refused);
  expect((await asha.ask(discard, { id: job.id })).errors).toEqual(refused);
  const found = await admin.ask('query ($id: ID!) { node(id: $id) { id } }', { id: job.id });
  expect(found.data).toEqual({ node: null });
});

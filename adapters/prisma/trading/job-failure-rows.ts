import type { Job } from '@nandax/app/jobs.ts';
import type { JobFailureRecord, JobFailureRows } from '@nandax/app/ports/job-failures.ts';
import { Prisma } from '../generated/client.ts';
import type { TransactionClient } from './transaction-client.ts';

interface Row {
  readonly id: string;
  readonly status: JobFailureRecord['status'];
  readonly queue: string;
  readonly jobId: string;
  readonly name: string;
  readonly payload: unknown;
}

const columns = Prisma.sql`"id", "status"::text AS "status", "queue", "jobId", "name", "payload"`;

/** The parts were those of one job when they were written. */
function recordOf({ id, status, queue, jobId, name, payload }: Row): JobFailureRecord {
  return { id, status, job: { queue, name, id: jobId, payload } as Job };
}

export function jobFailureRows(client: TransactionClient): JobFailureRows {
  return {
    async insert(failure) {
      await client.jobFailure.create({
        data: { ...failure, payload: failure.payload as Prisma.InputJsonValue },
      });
    },
    async lock(id) {
      const [row] = await client.$queryRaw<Row[]>`
        SELECT ${columns} FROM "JobFailure" WHERE "id" = ${id}::uuid FOR UPDATE`;
      return row === undefined ? null : recordOf(row);
    },
    async takeRequested(limit) {
      const rows = await client.$queryRaw<Row[]>`
        SELECT ${columns} FROM "JobFailure" WHERE "status" = 'RETRY_REQUESTED'
        ORDER BY "failedAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
      return rows.map(recordOf);
    },
    async save(id, status, decidedAt) {
      await client.jobFailure.update({ where: { id }, data: { status, decidedAt } });
    },
  };
}

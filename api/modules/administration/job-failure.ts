import { GraphQLJSONObject } from 'graphql-scalars';
import { Int, ObjectType } from 'type-graphql';
import type { JobFailureView } from '@nandax/app/views/account.ts';
import { Visible } from '../../access/declare.ts';
import { ADMIN } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime } from '../../scalars/scalars.ts';

export const JobFailureStatus = enumOf('JobFailureStatus', 'How a failed job stands.', {
  WAITING: 'Nobody has decided about it.',
  RETRY_REQUESTED: 'It is to run again and is on its way into its queue.',
  RETRIED: 'It went back into its queue; should it fail again, that is a failed job of its own.',
  DISCARDED: 'An administrator put it away.',
});

@ObjectType({
  implements: Node,
  description: 'A job that used up its attempts: a dead letter, for an administrator to look at.',
})
export class JobFailure implements Partial<JobFailureView> {
  @Visible(ADMIN, () => String, 'Queue it ran in, e.g. trading.')
  queue!: JobFailureView['queue'];

  @Visible(ADMIN, () => String, 'Id of the job in its queue.')
  jobId!: string;

  @Visible(ADMIN, () => String, 'Kind of job, e.g. place-order.')
  name!: string;

  @Visible(ADMIN, () => GraphQLJSONObject, 'What it was about: ids only, never a secret.')
  payload!: JobFailureView['payload'];

  @Visible(ADMIN, () => String, 'Why its last attempt failed.')
  reason!: string;

  @Visible(ADMIN, () => Int, 'Attempts it had.')
  attempts!: number;

  @Visible(ADMIN, () => DateTime, 'When its last attempt failed.')
  failedAt!: Date;

  @Visible(ADMIN, () => JobFailureStatus, 'How it stands.')
  status!: JobFailureView['status'];

  @Visible(ADMIN, () => DateTime, 'When that was last changed; null: never.', { nullable: true })
  decidedAt!: Date | null;
}

export const JobFailureConnection = connectionOf('JobFailure', () => JobFailure);

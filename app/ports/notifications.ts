export interface NotificationRecord {
  readonly id: string;
  readonly userId: string;
  readonly level: 'INFORMATION' | 'WARNING' | 'ERROR';
  readonly title: string;
  readonly body: string;
  readonly createdAt: Date;
}

/** A job that used up its attempts. */
export interface JobFailureRecord {
  readonly id: string;
  readonly queue: string;
  readonly jobId: string;
  readonly name: string;
  readonly payload: unknown;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: Date;
}

/** What people are told, within a transaction. */
export interface NotificationRows {
  insert(notification: NotificationRecord): Promise<void>;
  insertJobFailure(failure: JobFailureRecord): Promise<void>;
}

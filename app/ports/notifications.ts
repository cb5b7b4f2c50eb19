export interface NotificationRecord {
  readonly id: string;
  readonly userId: string;
  readonly level: 'INFORMATION' | 'WARNING' | 'ERROR';
  readonly title: string;
  readonly body: string;
  readonly createdAt: Date;
}

/** What people are told, within a transaction. */
export interface NotificationRows {
  insert(notification: NotificationRecord): Promise<void>;
  /** Whether a user was told just this at `since` (wall clock) or later. */
  wasTold(
    told: Pick<NotificationRecord, 'userId' | 'title' | 'body'> & { readonly since: Date },
  ): Promise<boolean>;
}

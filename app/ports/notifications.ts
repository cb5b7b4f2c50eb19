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
}

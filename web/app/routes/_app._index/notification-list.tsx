import { useFetcher } from '@remix-run/react';

import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import type { NotificationRowFragment } from '../../generated/graphql.ts';

/** What the account was told, newest first. */
export function NotificationList({
  notifications,
}: {
  readonly notifications: readonly NotificationRowFragment[];
}) {
  if (notifications.length === 0) {
    return (
      <EmptyState>
        Nothing to report. Denied orders, stopped agents and the like are told here.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Notifications" className="divide-y divide-rule text-sm">
      {notifications.map((notification) => (
        <Item key={notification.id} notification={notification} />
      ))}
    </ul>
  );
}

function Item({ notification }: { readonly notification: NotificationRowFragment }) {
  const fetcher = useFetcher();
  const unread = !notification.readAt && fetcher.state === 'idle';
  return (
    <li className="flex items-start gap-3 px-4 py-2">
      <span
        aria-hidden
        className={classNames(
          'mt-1.5 size-2 shrink-0 rounded-full',
          !unread && 'bg-rule-strong',
          unread && (notification.level === 'INFORMATION' ? 'bg-accent' : 'bg-loss'),
        )}
      />
      <div className="min-w-0 flex-1">
        <p className={unread ? 'font-medium' : 'text-ink-soft'}>{notification.title}</p>
        <p className="text-xs break-words text-ink-soft">{notification.body}</p>
        <p className="text-xs text-ink-faint">
          <ExchangeTime value={notification.createdAt} label />
        </p>
      </div>
      {unread && (
        <fetcher.Form method="post" action="/?index">
          <input type="hidden" name="id" value={notification.id} />
          <button
            type="submit"
            className="min-h-6 text-xs text-accent hover:underline"
            aria-label={`Mark as read: ${notification.title}`}
          >
            Read
          </button>
        </fetcher.Form>
      )}
    </li>
  );
}

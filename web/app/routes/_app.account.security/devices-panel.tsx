import { Form as PageForm, useNavigation } from '@remix-run/react';

import { deviceName } from '../../account/device-name.ts';
import { Badge } from '../../components/badge.tsx';
import { Confirm, ConfirmActions } from '../../components/confirm.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Notice } from '../../components/notice.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { useForm } from '../../components/use-form.ts';
import { formError } from '../../form-failure.ts';
import type { SecurityQuery } from '../../generated/graphql.ts';
import type { action } from './route.tsx';

type Session = SecurityQuery['sessions']['nodes'][number];

const columns: readonly Column<Session>[] = [
  {
    heading: 'Device',
    names: true,
    cell: (session) => (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <span title={session.userAgent ?? undefined}>{deviceName(session.userAgent)}</span>
        {session.isCurrent && <Badge tone="active">This device</Badge>}
        {session.kind === 'PROGRAM' && <Badge>Program</Badge>}
        {session.secondFactor && <Badge tone="good">Second factor</Badge>}
      </span>
    ),
  },
  { heading: 'Address', from: 'medium', cell: (session) => session.ipAddress ?? '–' },
  {
    heading: 'Logged in (IST)',
    from: 'wide',
    cell: (session) => <ExchangeTime value={session.createdAt} />,
  },
  {
    heading: 'Last seen (IST)',
    from: 'medium',
    cell: (session) => <ExchangeTime value={session.lastSeenAt} />,
  },
  {
    heading: 'Log out',
    figure: true,
    cell: (session) => (session.isCurrent ? '–' : <Revoke session={session} />),
  },
];

/** Everything that is logged in to the account. */
export function DevicesPanel({ sessions }: { readonly sessions: SecurityQuery['sessions'] }) {
  return (
    <Panel
      title="Devices"
      note={`${sessions.totalCount} logged in`}
      actions={<LogOutEverywhere />}
      flush
    >
      <DataTable
        caption="Devices"
        columns={columns}
        rows={sessions.nodes}
        rowKey={(session) => session.id}
      />
      <Pager name="devices" pageInfo={sessions.pageInfo} />
    </Panel>
  );
}

function Revoke({ session }: { readonly session: Session }) {
  const { Form, ref, answer, busy } = useForm<typeof action>('revoke-session');
  const name = deviceName(session.userAgent);
  const failure = formError(answer?.failure);
  return (
    <Confirm opener="Log out" of={name} title={`Log out ${name}?`}>
      <Form ref={ref} method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">
          It was last seen at {session.ipAddress ?? 'an unknown address'},{' '}
          <ExchangeTime value={session.lastSeenAt} label />. Its open pages close at once.
        </p>
        {failure !== undefined && <Notice tone="failure">{failure}</Notice>}
        <input type="hidden" name="id" value={session.id} />
        <ConfirmActions value="revoke-session" busy={busy}>
          Log it out
        </ConfirmActions>
      </Form>
    </Confirm>
  );
}

function LogOutEverywhere() {
  const busy = useNavigation().state !== 'idle';
  return (
    <Confirm opener="Log out everywhere" title="Log out everywhere?">
      <PageForm method="post" className="flex flex-col gap-3">
        <p className="text-ink-soft">
          Every device is logged out, this one too. API keys stay, and agents go on trading.
        </p>
        <ConfirmActions value="log-out-everywhere" busy={busy}>
          Log out everywhere
        </ConfirmActions>
      </PageForm>
    </Confirm>
  );
}

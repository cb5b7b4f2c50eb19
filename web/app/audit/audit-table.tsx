import { deviceName } from '../account/device-name.ts';
import type { Column } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import type { AuditActorKind, AuditRowFragment } from '../generated/graphql.ts';
import { auditActionName } from './audit-actions.ts';
import type { Change } from './changes.ts';
import { changesOf } from './changes.ts';

const actorNames: Readonly<Record<AuditActorKind, string>> = {
  USER: 'Person',
  API_KEY: 'API key',
  AGENT: 'Agent',
  SYSTEM: 'NandaX',
  STRANGER: 'Stranger',
};

const time: Column<AuditRowFragment> = {
  heading: 'Time (IST)',
  cell: (event) => <ExchangeTime value={event.occurredAt} seconds />,
};

const what: Column<AuditRowFragment> = {
  heading: 'What happened',
  names: true,
  cell: (event) => (
    <>
      {auditActionName(event.action)}
      <Details event={event} />
    </>
  ),
};

const by: Column<AuditRowFragment> = {
  heading: 'By',
  from: 'medium',
  cell: (event) => actorNames[event.actorKind],
};

const from: Column<AuditRowFragment> = {
  heading: 'From',
  from: 'medium',
  cell: (event) => (
    <>
      {event.ipAddress ?? '–'}
      {event.userAgent && (
        <span className="block text-xs text-ink-soft" title={event.userAgent}>
          {deviceName(event.userAgent)}
        </span>
      )}
    </>
  ),
};

const number: Column<AuditRowFragment> = {
  heading: 'No.',
  figure: true,
  from: 'wide',
  cell: (event) => event.position,
};

const ownColumns = [time, what, by, from, number];

/** Without what only the account's own user may see. */
export const administratorColumns = [time, what, by, number];

/** What the trail keeps of an account. */
export function OwnAuditTable({ events }: { readonly events: readonly AuditRowFragment[] }) {
  return <AuditTable events={events} columns={ownColumns} />;
}

/** Rows of the trail, newest first. */
export function AuditTable<Event extends AuditRowFragment>({
  events,
  columns,
}: {
  readonly events: readonly Event[];
  readonly columns: readonly Column<Event>[];
}) {
  return (
    <DataTable
      caption="Audit trail"
      columns={columns}
      rows={events}
      rowKey={(event) => event.id}
      empty={<EmptyState>Nothing of this kind has happened.</EmptyState>}
    />
  );
}

function Details({ event }: { readonly event: AuditRowFragment }) {
  const changes = [...changesOf(event.before, event.after), ...personalChanges(event.personal)];
  if (changes.length === 0) return null;
  return (
    <ul className="flex max-w-prose flex-wrap gap-x-3 text-xs font-normal text-ink-soft">
      {changes.map((change) => (
        <li key={change.name} className="min-w-0 wrap-anywhere">
          <span className="text-ink-faint">{change.name}</span> <Values change={change} />
        </li>
      ))}
    </ul>
  );
}

function Values({ change: { before, after } }: { readonly change: Change }) {
  if (before === null) return <>{after}</>;
  if (after === null) return <s>{before}</s>;
  return (
    <>
      <s>{before}</s> <span aria-hidden>→</span>
      <span className="sr-only">became</span> {after}
    </>
  );
}

/** Address and device have a column of their own. */
function personalChanges(personal: unknown): readonly Change[] {
  if (typeof personal !== 'object' || personal === null) return [];
  const { ipAddress: _address, userAgent: _device, ...rest } = personal as Record<string, unknown>;
  return changesOf(null, rest);
}

import type { OtherWay, Ways } from './documents.ts';

const query = (field: string) => ({ type: 'Query', field });

const otherWays: readonly OtherWay[] = [
  {
    label: 'of an administrator',
    type: 'AuditEvent',
    way: [query('auditEvents'), { type: 'AuditEventConnection', field: 'nodes' }],
  },
  { label: 'of one’s own trail', type: 'AuditEventConnection', way: [query('auditTrail')] },
  {
    label: 'of one’s own trail',
    type: 'AuditEventEdge',
    way: [query('auditTrail'), { type: 'AuditEventConnection', field: 'edges' }],
  },
  {
    label: 'of what is shared',
    type: 'Instrument',
    way: [query('node')],
    id: ({ world }) => world.shared.instrument,
  },
  {
    label: 'of what is shared',
    type: 'Dataset',
    way: [query('node')],
    id: ({ world }) => world.shared.dataset,
  },
];

/** By the front door: `node(id)` gives an administrator what is theirs, and accounts are not. */
export const frontDoor: Ways = {
  notByNode: {
    ManagedAccount: [query('account')],
    JobFailure: [query('jobFailures'), { type: 'JobFailureConnection', field: 'nodes' }],
  },
  also: otherWays,
};

/** Where `node(id)` is open, each object is asked for by its id. */
export const openDoor: Ways = { notByNode: {} };

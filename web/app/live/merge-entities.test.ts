import { expect, test } from 'vitest';

import { mergeEntities, prependNode } from './merge-entities.ts';

const loaded = {
  orders: {
    nodes: [
      { id: 'o1', status: 'SUBMITTED', instrument: { id: 'i1', tradingSymbol: 'YESBANK' } },
      { id: 'o2', status: 'FILLED', instrument: { id: 'i1', tradingSymbol: 'YESBANK' } },
    ],
  },
};

test('an event changes its entity wherever it stands, and nothing else', () => {
  const merged = mergeEntities(loaded, [{ id: 'o1', status: 'FILLED' } as { id: string }]);
  expect(merged.orders.nodes[0]).toEqual({
    id: 'o1',
    status: 'FILLED',
    instrument: { id: 'i1', tradingSymbol: 'YESBANK' },
  });
  expect(merged.orders.nodes[1]).toBe(loaded.orders.nodes[1]);
});

test('of two versions in one batch the later one stays', () => {
  const versions = [
    { id: 'o1', status: 'ACCEPTED' },
    { id: 'o1', status: 'FILLED' },
  ];
  expect(mergeEntities(loaded, versions).orders.nodes[0]?.status).toBe('FILLED');
});

test('fields that the screen did not ask for are left out', () => {
  const merged = mergeEntities({ id: 'a', name: 'x' }, [
    { id: 'a', name: 'y', secret: 1 } as { id: string },
  ]);
  expect(merged).toEqual({ id: 'a', name: 'y' });
});

test('a linked entity that changed stays until one comes with all that is shown of it', () => {
  const agent = { id: 'a', currentRun: { id: 'r1', status: 'RUNNING' } };
  const thin = { id: 'a', currentRun: { id: 'r2' } };
  const full = { id: 'a', currentRun: { id: 'r2', status: 'QUEUED' } };
  expect(mergeEntities(agent, [thin]).currentRun.id).toBe('r1');
  expect(mergeEntities(agent, [full]).currentRun).toEqual({ id: 'r2', status: 'QUEUED' });
});

test('data that no event concerns keeps its identity', () => {
  expect(mergeEntities(loaded, [{ id: 'other' }])).toBe(loaded);
});

test('a row arrives once, however often its event is sent', () => {
  const connection = { totalCount: '1', nodes: [{ id: 't1' }] };
  const once = prependNode(connection, { id: 't2' }, 10);
  expect(once).toEqual({ totalCount: '2', nodes: [{ id: 't2' }, { id: 't1' }] });
  expect(prependNode(once, { id: 't2' }, 10)).toBe(once);
});

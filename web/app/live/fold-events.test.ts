import { expect, test } from 'vitest';

import type { AccountEvent } from './account-stream.ts';
import { foldEvents } from './fold-events.ts';

const screen = (status: string, eventSequence: string) => ({
  agent: { id: 'first', status },
  heard: [] as (string | null)[],
  eventSequence,
});

function told(sequence: string | null, status: string): AccountEvent {
  const agent = { id: 'first', status };
  return { __typename: 'AgentUpdate', sequence, agent, decision: null } as unknown as AccountEvent;
}

const hear = (before: ReturnType<typeof screen>, { sequence }: AccountEvent) => ({
  ...before,
  heard: [...before.heard, sequence],
});

test('an event that the data holds already neither sets it back nor is inserted again', () => {
  // Read after the pause, of which the stream has not told yet; the start before it came late.
  const read = screen('PAUSED', '9');
  expect(foldEvents(read, [told('8', 'RUNNING')], hear)).toEqual(read);
});

test('what happened after the data was read changes it, whatever length its number has', () => {
  const after = foldEvents(
    screen('PAUSED', '9'),
    [told('9', 'PAUSED'), told('10', 'RUNNING')],
    hear,
  );
  expect(after).toEqual({ ...screen('RUNNING', '9'), heard: ['10'] });
});

test('a live mark, which has no number, changes what is there', () => {
  expect(foldEvents(screen('PAUSED', '9'), [told(null, 'RUNNING')], hear).agent.status).toBe(
    'RUNNING',
  );
});

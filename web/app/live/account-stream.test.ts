import type { Client } from 'graphql-ws';
import { beforeEach, expect, test, vi } from 'vitest';

import type { AccountEvent } from './account-stream.ts';
import { followAccount } from './account-stream.ts';

interface Subscription {
  readonly query: string;
  readonly variables: { readonly after: string };
  readonly extensions: { readonly acknowledge: string };
  readonly next: (result: unknown) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
  ended: boolean;
}

/** A client that opens no socket: the test says what the server sends. */
function fakeClient() {
  const subscriptions: Subscription[] = [];
  const listeners = new Map<string, Set<(...told: unknown[]) => void>>();
  const tell = (event: string, ...told: unknown[]) => {
    for (const listener of listeners.get(event) ?? []) listener(...told);
  };
  const client = {
    on: (event: string, listener: () => void) => {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => all.delete(listener);
    },
    subscribe: (
      payload: Pick<Subscription, 'query' | 'variables' | 'extensions'>,
      sink: Subscription,
    ) => {
      const subscription = { ...sink, ...payload, ended: false };
      subscriptions.push(subscription);
      return () => {
        subscription.ended = true;
      };
    },
  } as unknown as Client;
  const asked = (words: string) => {
    const found = subscriptions.findLast(({ query }) => query.includes(words));
    if (found === undefined) throw new Error(`nothing asks for ${words}`);
    return found;
  };
  const latest = (field: string) => asked(`${field}(after: $after)`);
  const acknowledge = (name: string) => {
    tell('ping', true, { subscribed: name });
  };
  const names = () =>
    subscriptions.filter(({ ended }) => !ended).map(({ extensions }) => extensions.acknowledge);
  return { client, subscriptions, latest, asked, tell, acknowledge, names };
}

function orderEvent(sequence: string) {
  return {
    data: { __typename: 'Subscription', orderUpdates: { __typename: 'OrderUpdate', sequence } },
  };
}

const seen: AccountEvent[] = [];
const gaps = vi.fn();
const standing = vi.fn();
const signedOut = vi.fn();
const handlers = {
  onEvent: (event: AccountEvent) => {
    seen.push(event);
  },
  onStanding: standing,
  onGap: gaps,
  onSignedOut: signedOut,
};

beforeEach(() => {
  seen.length = 0;
  gaps.mockClear();
  standing.mockClear();
  signedOut.mockClear();
  vi.useFakeTimers();
});

test('a reconnection asks for what came after the last event of its own topic', () => {
  const { client, latest } = fakeClient();
  followAccount(client, '7', handlers);
  expect(latest('orderUpdates').variables.after).toBe('7');

  latest('orderUpdates').next(orderEvent('41'));

  // graphql-ws writes these same variables again when it reconnects.
  expect(JSON.stringify(latest('orderUpdates').variables)).toBe('{"after":"41"}');
  expect(latest('tradeUpdates').variables.after).toBe('7');
});

test('an event that is sent twice is handed on once, however large its number', () => {
  const { client, latest } = fakeClient();
  followAccount(client, '7', handlers);
  for (const sequence of ['9', '10', '9', '10', '9007199254740993', '9007199254740992']) {
    latest('orderUpdates').next(orderEvent(sequence));
  }
  expect(seen.map((event) => event.sequence)).toEqual(['9', '10', '9007199254740993']);
});

test('a live mark without a number is always handed on', () => {
  const { client, latest } = fakeClient();
  followAccount(client, '7', handlers);
  const mark = { data: { portfolioUpdates: { __typename: 'PortfolioUpdate', sequence: null } } };
  latest('portfolioUpdates').next(mark);
  latest('portfolioUpdates').next(mark);
  expect(seen).toHaveLength(2);
});

test('a position that is too old is given up: the screen loads again and the topic goes on from now', () => {
  const { client, latest, asked } = fakeClient();
  followAccount(client, '7', handlers);
  latest('orderUpdates').error([{ extensions: { code: 'RESUME_POSITION_EXPIRED' } }]);
  vi.runAllTimers();
  // Told before the topic knows where to go on, the screen could load what is older than that.
  expect(gaps).not.toHaveBeenCalled();
  asked('EventSequence').next({ data: { eventSequence: '90' } });
  expect(latest('orderUpdates').variables.after).toBe('90');
  expect(gaps.mock.calls).toEqual([['90']]);
});

test('the end of the session ends the topic', () => {
  const { client, subscriptions, latest } = fakeClient();
  followAccount(client, '7', handlers);
  const before = subscriptions.length;
  latest('orderUpdates').error([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  vi.runAllTimers();
  expect(signedOut).toHaveBeenCalledOnce();
  expect(subscriptions).toHaveLength(before);
});

test('stopping ends every topic and none comes back', () => {
  const { client, subscriptions, latest } = fakeClient();
  const stop = followAccount(client, '7', handlers);
  latest('tradeUpdates').error(new Error('the socket closed'));
  stop();
  vi.runAllTimers();
  expect(subscriptions.every(({ ended }) => ended)).toBe(true);
});

test('all stands when the server has said so of each topic, and not before', () => {
  const { client, names, acknowledge } = fakeClient();
  followAccount(client, '7', handlers);
  const [first = '', ...others] = names();
  others.forEach(acknowledge);
  acknowledge(others[0] ?? '');
  expect(standing).not.toHaveBeenCalled();
  acknowledge(first);
  expect(standing.mock.calls).toEqual([[true]]);
});

test('on a new socket everything has to be said anew, and the word of the old one is late', () => {
  const { client, names, acknowledge, tell } = fakeClient();
  followAccount(client, '7', handlers);
  const before = names();
  before.forEach(acknowledge);
  tell('closed');
  before.forEach(acknowledge);
  expect(standing.mock.calls).toEqual([[true], [false]]);
  names().forEach(acknowledge);
  expect(standing).toHaveBeenLastCalledWith(true);
});

test('a topic that failed stands again only when its next attempt does', () => {
  const { client, names, acknowledge, latest } = fakeClient();
  followAccount(client, '7', handlers);
  names().forEach(acknowledge);
  latest('orderUpdates').error([{ extensions: { code: 'RATE_LIMITED' } }]);
  expect(standing).toHaveBeenLastCalledWith(false);
  vi.runAllTimers();
  expect(standing).toHaveBeenLastCalledWith(false);
  acknowledge(latest('orderUpdates').extensions.acknowledge);
  expect(standing).toHaveBeenLastCalledWith(true);
});

test('a refusal that comes as an answer, with the end after it, makes one new attempt', () => {
  const { client, subscriptions, latest } = fakeClient();
  followAccount(client, '7', handlers);
  const before = subscriptions.length;
  const refused = latest('orderUpdates');
  refused.next({ data: null, errors: [{ extensions: { code: 'OPERATION_TIMEOUT' } }] });
  refused.complete();
  vi.runAllTimers();
  expect(subscriptions).toHaveLength(before + 1);
});

test('a topic that could not learn where the log stands tries again', () => {
  const { client, subscriptions, latest, asked } = fakeClient();
  followAccount(client, '7', handlers);
  latest('orderUpdates').error([{ extensions: { code: 'RESUME_POSITION_EXPIRED' } }]);
  const before = subscriptions.length;
  asked('EventSequence').next({ data: null, errors: [{ extensions: { code: 'INTERNAL' } }] });
  asked('EventSequence').complete();
  vi.runAllTimers();
  expect(subscriptions).toHaveLength(before + 1);
});

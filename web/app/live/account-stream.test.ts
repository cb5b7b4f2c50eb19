import type { Client } from 'graphql-ws';
import { beforeEach, expect, test, vi } from 'vitest';

import type { AccountEvent } from './account-stream.ts';
import { followAccount } from './account-stream.ts';

interface Subscription {
  readonly query: string;
  readonly variables: { readonly after: string };
  readonly next: (result: unknown) => void;
  readonly error: (error: unknown) => void;
  ended: boolean;
}

/** A client that opens no socket: the test says what the server sends. */
function fakeClient() {
  const subscriptions: Subscription[] = [];
  const client = {
    subscribe: (payload: Pick<Subscription, 'query' | 'variables'>, sink: Subscription) => {
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
  return { client, subscriptions, latest, asked };
}

function orderEvent(sequence: string) {
  return {
    data: { __typename: 'Subscription', orderUpdates: { __typename: 'OrderUpdate', sequence } },
  };
}

const seen: AccountEvent[] = [];
const gaps = vi.fn();
const signedOut = vi.fn();
const handlers = {
  onEvent: (event: AccountEvent) => {
    seen.push(event);
  },
  onGap: gaps,
  onSignedOut: signedOut,
};

beforeEach(() => {
  seen.length = 0;
  gaps.mockClear();
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
  expect(gaps).toHaveBeenCalledOnce();
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

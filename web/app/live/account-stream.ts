import type { TypedDocumentNode } from '@urql/core';
import { stringifyDocument } from '@urql/core';
import type { Client } from 'graphql-ws';

import type {
  AgentUpdatesSubscription,
  EventSequenceQuery,
  GttUpdatesSubscription,
  NotificationsSubscription,
  OptimisationUpdatesSubscription,
  OrderUpdatesSubscription,
  PortfolioUpdatesSubscription,
  ReplayUpdatesSubscription,
  RunUpdatesSubscription,
  TradeUpdatesSubscription,
} from '../generated/graphql.ts';
import {
  AgentUpdatesDocument,
  EventSequenceDocument,
  GttUpdatesDocument,
  NotificationsDocument,
  OptimisationUpdatesDocument,
  OrderUpdatesDocument,
  PortfolioUpdatesDocument,
  ReplayUpdatesDocument,
  RunUpdatesDocument,
  TradeUpdatesDocument,
} from '../generated/graphql.ts';

/** What happened to something of the account; told apart by `__typename`. */
export type AccountEvent =
  | OrderUpdatesSubscription['orderUpdates']
  | TradeUpdatesSubscription['tradeUpdates']
  | GttUpdatesSubscription['gttUpdates']
  | AgentUpdatesSubscription['agentUpdates']
  | PortfolioUpdatesSubscription['portfolioUpdates']
  | RunUpdatesSubscription['runUpdates']
  | OptimisationUpdatesSubscription['optimisationUpdates']
  | ReplayUpdatesSubscription['replayUpdates']
  | NotificationsSubscription['notifications'];

type Topic = TypedDocumentNode<Record<string, AccountEvent>, { after?: string | null }>;

const topics = [
  OrderUpdatesDocument,
  TradeUpdatesDocument,
  GttUpdatesDocument,
  AgentUpdatesDocument,
  PortfolioUpdatesDocument,
  RunUpdatesDocument,
  OptimisationUpdatesDocument,
  ReplayUpdatesDocument,
  NotificationsDocument,
] as readonly unknown[] as readonly Topic[];

export interface AccountStreamHandlers {
  readonly onEvent: (event: AccountEvent) => void;
  /**
   * Whether the server has said of every topic that it stands: what happens is told, all of it. Called
   * when that changes; at first none stands.
   */
  readonly onStanding: (all: boolean) => void;
  /** Events up to this sequence have passed unseen: what was read before it must be read again. */
  readonly onGap: (sequence: string) => void;
  /** The session is over; nothing more will come. */
  readonly onSignedOut: () => void;
}

const retryMilliseconds = 2_000;

/**
 * Follows every account topic from a sequence on. Each topic remembers the last one it saw; a broken
 * connection goes on right after it, so nothing is lost, and what is sent again is dropped here, so
 * nothing doubles.
 *
 * @returns a function that stops the stream.
 */
export function followAccount(
  client: Client,
  begin: string,
  handlers: AccountStreamHandlers,
): () => void {
  const standing = new Set<Topic>();
  let all = false;
  const stops = topics.map((topic) =>
    followTopic(client, topic, begin, {
      ...handlers,
      onStanding: (stands) => {
        if (stands) standing.add(topic);
        else standing.delete(topic);
        if (all === (standing.size === topics.length)) return;
        all = !all;
        handlers.onStanding(all);
      },
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

function followTopic(
  client: Client,
  topic: Topic,
  begin: string,
  handlers: AccountStreamHandlers,
): () => void {
  const query = stringifyDocument(topic);
  const number = topics.indexOf(topic);
  let last = begin;
  let stopped = false;
  // Each attempt has its name, so that the word of a socket that was left says nothing of the next.
  let attempt = 0;
  const name = () => `topic ${number}, attempt ${attempt}`;
  const stopListening = [
    client.on('ping', (received, payload) => {
      if (received && payload?.['subscribed'] === name()) handlers.onStanding(true);
    }),
    client.on('closed', () => {
      attempt += 1;
      handlers.onStanding(false);
    }),
  ];
  let unsubscribe = subscribe();

  function subscribe(): () => void {
    attempt += 1;
    // A refusal that comes as an answer is followed by the end: one of them makes one new attempt.
    let over = false;
    const once = (act: () => void) => {
      if (over) return;
      over = true;
      act();
    };
    const end = client.subscribe<Record<string, AccountEvent>>(
      {
        query,
        // Getters: graphql-ws writes the message anew on each reconnection, and these are then the
        // position reached and the attempt it is, not those of the first connection.
        variables: {
          get after() {
            return last;
          },
        },
        extensions: {
          get acknowledge() {
            return name();
          },
        },
      },
      {
        next: (result) => {
          if (over) return;
          if (result.errors === undefined) receive(result.data ?? {});
          else {
            end();
            once(() => fail(result.errors));
          }
        },
        error: (error) => once(() => fail(error)),
        complete: () => once(again),
      },
    );
    return () => {
      over = true;
      end();
    };
  }

  function receive(events: Record<string, AccountEvent>): void {
    for (const event of Object.values(events)) {
      if (typeof event !== 'object') continue; // the root's __typename
      if (event.sequence !== null) {
        if (BigInt(event.sequence) <= BigInt(last)) continue;
        last = event.sequence;
      }
      handlers.onEvent(event);
    }
  }

  function fail(error: unknown): void {
    handlers.onStanding(false);
    const codes = codesOf(error);
    if (codes.includes('UNAUTHENTICATED') || codes.includes('FORBIDDEN')) {
      stopped = true;
      handlers.onSignedOut();
      return;
    }
    if (codes.includes('RESUME_POSITION_EXPIRED')) skipAhead();
    else again();
  }

  /** Goes on from where the log is now. What is loaded after that holds all that was passed over. */
  function skipAhead(): void {
    let found = false;
    client.subscribe<EventSequenceQuery>(
      { query: stringifyDocument(EventSequenceDocument) },
      {
        next: ({ data }) => {
          if (!data || stopped) return;
          found = true;
          last = data.eventSequence;
          unsubscribe = subscribe();
          handlers.onGap(last);
        },
        error: again,
        complete: () => {
          if (!found) again();
        },
      },
    );
  }

  function again(): void {
    if (stopped) return;
    handlers.onStanding(false);
    setTimeout(() => {
      if (!stopped) unsubscribe = subscribe();
    }, retryMilliseconds);
  }

  return () => {
    stopped = true;
    for (const stop of stopListening) stop();
    unsubscribe();
  };
}

/** The stable codes of GraphQL errors; none for anything else, a closed socket for example. */
function codesOf(error: unknown): readonly unknown[] {
  if (!Array.isArray(error)) return [];
  return error.map((each: { extensions?: Record<string, unknown> }) => each.extensions?.['code']);
}

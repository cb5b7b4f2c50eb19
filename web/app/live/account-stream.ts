import type { TypedDocumentNode } from '@urql/core';
import { stringifyDocument } from '@urql/core';
import type { Client, FormattedExecutionResult } from 'graphql-ws';

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
  /** Events have passed unseen: what the screen shows must be loaded again. */
  readonly onGap: () => void;
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
  const stops = topics.map((topic) => followTopic(client, topic, begin, handlers));
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
  let last = begin;
  let stopped = false;
  let unsubscribe = subscribe();

  function subscribe(): () => void {
    return client.subscribe<Record<string, AccountEvent>>(
      {
        query,
        // A getter: graphql-ws writes the message anew on each reconnection, and this is then the
        // position reached, not the one of the first connection.
        variables: {
          get after() {
            return last;
          },
        },
      },
      { next: receive, error: fail, complete: again },
    );
  }

  function receive(result: FormattedExecutionResult<Record<string, AccountEvent>, unknown>): void {
    if (result.errors !== undefined) {
      fail(result.errors);
      return;
    }
    for (const event of Object.values(result.data ?? {})) {
      if (typeof event !== 'object') continue; // the root's __typename
      if (event.sequence !== null) {
        if (BigInt(event.sequence) <= BigInt(last)) continue;
        last = event.sequence;
      }
      handlers.onEvent(event);
    }
  }

  function fail(error: unknown): void {
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
    client.subscribe<EventSequenceQuery>(
      { query: stringifyDocument(EventSequenceDocument) },
      {
        next: ({ data }) => {
          if (!data || stopped) return;
          last = data.eventSequence;
          unsubscribe = subscribe();
          handlers.onGap();
        },
        error: again,
        complete: () => undefined,
      },
    );
  }

  function again(): void {
    if (stopped) return;
    setTimeout(() => {
      if (!stopped) unsubscribe = subscribe();
    }, retryMilliseconds);
  }

  return () => {
    stopped = true;
    unsubscribe();
  };
}

/** The stable codes of GraphQL errors; none for anything else, a closed socket for example. */
function codesOf(error: unknown): readonly unknown[] {
  if (!Array.isArray(error)) return [];
  return error.map((each: { extensions?: Record<string, unknown> }) => each.extensions?.['code']);
}

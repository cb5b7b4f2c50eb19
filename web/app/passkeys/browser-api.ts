import { Client, fetchExchange } from '@urql/core';

/**
 * Asks the API from the browser itself, for what only a browser can answer. The session cookie of
 * the answer goes straight into the browser. One client for each question: nothing is kept.
 */
export function browserApi(): Client {
  return new Client({ url: '/graphql', exchanges: [fetchExchange], preferGetMethod: false });
}

/** What to throw where the API did not answer: its error, or that there was none. */
export function unanswered(error: Error | undefined): Error {
  return error ?? new Error('The API answered without data.');
}

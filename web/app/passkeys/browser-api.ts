import type { TypedDocumentNode } from '@urql/core';
import { Client, fetchExchange } from '@urql/core';

/**
 * Does something at the API from the browser itself, for what only a browser can answer. The session
 * cookie of the answer goes straight into the browser. One client for each: nothing is kept.
 *
 * @throws the API's error, or that of the network.
 */
export async function mutateFromBrowser<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const client = new Client({
    url: '/graphql',
    exchanges: [fetchExchange],
    preferGetMethod: false,
  });
  const { data, error } = await client.mutation(document, variables).toPromise();
  if (error !== undefined || data === undefined) {
    throw error ?? new Error('The API answered without data.');
  }
  return data;
}

import { redirect } from '@remix-run/node';
import type { TypedDocumentNode } from '@urql/core';
import { Client, fetchExchange } from '@urql/core';
import type { OperationResult } from '@urql/core';

import { readWebEnvironment } from './env.server.ts';

const environment = readWebEnvironment(process.env);

/** An answer of the API, and the cookies it wants the browser to keep. */
interface ApiAnswer<Data> {
  readonly data: Data;
  readonly headers: Headers;
}

/**
 * Asks the API on behalf of the browser that sent `request`. What the loader returns of it is the
 * state the page is hydrated with.
 *
 * @throws a redirect to the login page when the session is missing or over; a 404 Response for an
 *   unknown id; a 429 Response when too much was asked for; the API's error otherwise.
 */
export async function query<Data, Variables extends object>(
  request: Request,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { client } = clientFor(request);
  return dataOf(request, await client.query(document, variables).toPromise());
}

/** Like `query`; the headers carry the session cookie that a login or logout sets. */
export async function mutate<Data, Variables extends object>(
  request: Request,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<ApiAnswer<Data>> {
  const { client, headers } = clientFor(request);
  return { data: dataOf(request, await client.mutation(document, variables).toPromise()), headers };
}

/** One client for one request: a shared one would answer one person from another's cookies. */
function clientFor(request: Request): { client: Client; headers: Headers } {
  const headers = new Headers();
  const client = new Client({
    url: new URL('/graphql', environment.apiUrl).href,
    exchanges: [fetchExchange],
    // The API refuses plain GETs, which another site could make a browser send.
    preferGetMethod: false,
    fetchOptions: { headers: callerHeaders(request) },
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie);
      return response;
    },
  });
  return { client, headers };
}

/** server.ts has put the caller's address into x-forwarded-for; the secret vouches for it. */
function callerHeaders(request: Request): Record<string, string> {
  const carried = ['cookie', 'user-agent', 'x-forwarded-for', 'x-forwarded-proto'].flatMap(
    (name) => {
      const value = request.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    },
  );
  if (environment.secret !== undefined) carried.push(['x-nandax-secret', environment.secret]);
  return Object.fromEntries(carried);
}

function dataOf<Data>(request: Request, result: OperationResult<Data>): Data {
  const codes = result.error?.graphQLErrors.map((error) => error.extensions['code']) ?? [];
  if (codes.includes('UNAUTHENTICATED')) throw redirect(loginPath(request));
  if (codes.includes('NOT_FOUND') || codes.includes('BAD_USER_INPUT')) throw notFound();
  if (codes.includes('RATE_LIMITED')) throw new Response('Too many requests', { status: 429 });
  if (result.error !== undefined) throw result.error;
  if (result.data === undefined) throw new Error('The API answered without data.');
  return result.data;
}

/** Where to log in so as to come back to the page that was asked for. */
export function loginPath(request: Request): string {
  const { pathname, search } = new URL(request.url);
  const next = request.method === 'GET' && pathname !== '/' ? pathname + search : '';
  return next === '' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}

/** The 404 that a route's error boundary shows. */
export function notFound(): Response {
  return new Response('Not found', { status: 404 });
}

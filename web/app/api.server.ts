import type { TypedResponse } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import type { TypedDocumentNode } from '@urql/core';
import { Client, fetchExchange } from '@urql/core';
import type { CombinedError, OperationResult } from '@urql/core';

import { readWebEnvironment } from './env.server.ts';
import { text } from './form.server.ts';
import type { FormFailure } from './form-failure.ts';

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
 *   unknown id or a screen of others; a 429 Response when there were too many requests; the API's
 *   error otherwise.
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

/** What is not there, and what is not for this person: the two look the same. */
const hidden = ['NOT_FOUND', 'BAD_USER_INPUT', 'FORBIDDEN'];

function dataOf<Data>(request: Request, result: OperationResult<Data>): Data {
  const codes = result.error?.graphQLErrors.map((error) => error.extensions['code']) ?? [];
  if (codes.includes('UNAUTHENTICATED')) throw redirect(loginPath(request));
  if (hidden.some((code) => codes.includes(code))) throw notFound();
  const seconds = secondsToWait(result.error);
  if (seconds !== null) throw pleaseWait(seconds);
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

/** Seconds until the API takes requests of this caller again; null: it did not ask to wait. */
function secondsToWait(error: CombinedError | undefined): number | null {
  for (const { extensions } of error?.graphQLErrors ?? []) {
    if (extensions['code'] === 'RATE_LIMITED') return Number(extensions['retryAfterSeconds'] ?? 60);
  }
  return null;
}

/** The 429 that a route's error boundary shows; it carries the seconds as text too. */
function pleaseWait(seconds: number): Response {
  return new Response(String(seconds), {
    status: 429,
    headers: { 'content-type': 'text/plain', 'retry-after': String(seconds) },
  });
}

/** An answer to a form, with its status and headers. */
type FormAnswer<Answer> = ReturnType<typeof data<Answer>>;

/**
 * Does what a form asks for. The answer says which form it is `to`, by its `intent`. When the API asks
 * to wait, the form says so, and the screen stays.
 *
 * @param kept what the form needs again to go on where it was.
 */
export async function answerForm<
  Answer extends { readonly failure?: FormFailure | null | undefined },
>(
  form: FormData,
  act: () => Promise<FormAnswer<Answer> | TypedResponse<never>>,
  kept?: Partial<Answer>,
): Promise<FormAnswer<Answer & { readonly to: string }> | TypedResponse<never>> {
  const to = text(form, 'intent');
  try {
    const answer = await act();
    if (!('data' in answer)) return answer; // a redirect
    return data({ ...answer.data, to }, answer.init ?? undefined);
  } catch (thrown) {
    if (!(thrown instanceof Response) || thrown.status !== 429) throw thrown;
    const failure: FormFailure = {
      message: `Too many requests from your network. Try again in ${await thrown.text()} seconds.`,
      field: undefined,
    };
    const answer = { ...kept, failure } as Answer;
    return data({ ...answer, to }, { status: 429, headers: thrown.headers });
  }
}

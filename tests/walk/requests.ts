import type { Answer } from '../api/api-world.ts';

/** An answer, and everything of it that came over the wire. */
export interface RawAnswer extends Answer {
  readonly status: number;
  /** Headers and body as text. */
  readonly raw: string;
  /** What was sent, in which ids may be named that come back. */
  readonly sent: string;
}

/** How a request names who sends it. */
export type Headers = Readonly<Record<string, string>>;

let addresses = 0;

/** An address nobody came from before, so that no request pays for another's. */
export function newAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** Sends an operation. */
export async function post(
  url: string,
  headers: Headers,
  query: string,
  variables: object = {},
): Promise<RawAnswer> {
  const sent = JSON.stringify({ query, variables });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: sent,
  });
  const body = await response.text();
  const heads = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  const answer = JSON.parse(body) as Answer;
  return { ...answer, status: response.status, raw: `${heads}\n${body}`, sent };
}

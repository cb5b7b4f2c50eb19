import { expect } from '@playwright/test';

interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Of the demo account, which reads the outbox; it lives longer than a story waits for a letter. */
let token: { readonly value: string; readonly until: number } | undefined;

/**
 * Waits for a letter with a link to that page and answers the link as a path. The newest letter
 * counts, unless it is `not` another one.
 */
export async function linkInLetter(email: string, page: string, not?: string): Promise<string> {
  const pattern = new RegExp(`https?://[^/\\s]+(${page}\\?token=[\\w-]+)`);
  let link: string | undefined;
  await expect
    .poll(async () => {
      const letters = (await readOutbox()).filter(({ to }) => to === email);
      link = letters.flatMap(({ text }) => pattern.exec(text)?.[1] ?? []).at(0);
      return link !== undefined && link !== not;
    })
    .toBe(true);
  return link ?? '';
}

/** Waits for a letter about something. */
export async function letterAbout(email: string, subject: RegExp): Promise<Letter> {
  let found: Letter | undefined;
  await expect
    .poll(async () => {
      const letters = await readOutbox();
      found = letters.find((letter) => letter.to === email && subject.test(letter.subject));
      return found !== undefined;
    })
    .toBe(true);
  if (found === undefined) throw new Error(`no letter about ${subject.source}`);
  return found;
}

async function readOutbox(): Promise<readonly Letter[]> {
  if (token === undefined || token.until < Date.now()) token = await logInDemo();
  const { letters } = await ask<{ letters: readonly Letter[] }>(
    '{ letters { to subject text } }',
    {},
    { authorization: `Bearer ${token.value}` },
  );
  return letters;
}

async function logInDemo(): Promise<{ readonly value: string; readonly until: number }> {
  const { login } = await ask<{
    login: { tokens: { accessToken: string; accessTokenExpiresAt: string } };
  }>(
    `mutation ($input: LoginInput!) { login(input: $input) {
      ... on LoggedIn { tokens { accessToken accessTokenExpiresAt } } } }`,
    {
      input: {
        email: 'demo@nandax.local',
        password: process.env['NANDAX_DEMO_PASSWORD'],
        tokens: true,
      },
    },
  );
  const { accessToken, accessTokenExpiresAt } = login.tokens;
  return { value: accessToken, until: Date.parse(accessTokenExpiresAt) - 120_000 };
}

/** Asks the API as a program would. @throws with the API's own words when it answers errors. */
export async function ask<Data>(
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Data> {
  const response = await fetch(new URL('/graphql', process.env['NANDAX_URL']), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Data;
    errors?: readonly { message: string }[];
  };
  if (data === undefined || data === null || errors !== undefined) {
    throw new Error(errors?.map(({ message }) => message).join('; ') ?? 'no answer');
  }
  return data;
}

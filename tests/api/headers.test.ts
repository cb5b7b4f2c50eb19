import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

const friend = 'https://desk.example.com';

function ask(world: ApiWorld, visitor: Visitor, query: string, headers = {}): Promise<Response> {
  return fetch(world.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...visitor.headers, ...headers },
    body: JSON.stringify({ query }),
  });
}

describe('an API as it comes', () => {
  let world: ApiWorld;
  beforeAll(async () => {
    world = await startApiWorld();
  });
  afterAll(() => world.close());

  test('an answer is data and no page, is not guessed at, and tells nothing of the server', async () => {
    const { headers } = await ask(world, world.visitor(null), '{ installation { version } }');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('HTTPS is asked for of those only who came by it', async () => {
    const visitor = world.visitor(null);
    const query = '{ installation { version } }';
    const plain = await ask(world, visitor, query);
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    const secure = await ask(world, visitor, query, { 'x-forwarded-proto': 'https' });
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  test('the explorer runs scripts from files of ours only', async () => {
    const page = await fetch(world.url, { headers: { accept: 'text/html' } });
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://${new URL(world.url).host}`);
    expect(await page.text()).not.toMatch(/<script(?![^>]* src=)/);
  });

  test('pages of other sites get no leave, and no request of theirs is refused for its headers', async () => {
    const preflight = await fetch(world.url, {
      method: 'OPTIONS',
      headers: { origin: friend, 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a slip of the pen is helped with, where the schema may be asked for', async () => {
    const answer = await world.visitor(null).ask('{ instalation { version } }');
    expect(answer.errors?.[0]?.message).toContain('Did you mean "installation"?');
  });
});

describe('an API in production for a few origins, which keeps its schema to itself', () => {
  let world: ApiWorld;
  beforeAll(async () => {
    world = await startApiWorld({
      CORS_ORIGINS: friend,
      INTROSPECTION: 'false',
      NODE_ENV: 'production',
    });
  });
  afterAll(() => world.close());

  test('a configured origin may call with a token, without cookies, and may read its budget', async () => {
    const preflight = await fetch(world.url, {
      method: 'OPTIONS',
      headers: {
        origin: friend,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(friend);
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'content-type,authorization',
    );
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST');
    const visitor = world.visitor(null);
    const answer = await ask(world, visitor, '{ installation { version } }', { origin: friend });
    expect(answer.headers.get('access-control-allow-origin')).toBe(friend);
    expect(answer.headers.get('access-control-expose-headers')).toContain('RateLimit-Remaining');
    for (const { headers } of [preflight, answer]) {
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('any other origin gets no leave', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    const answer = await ask(world, world.visitor(null), '{ installation { version } }', headers);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('the schema is shown over neither HTTP nor WebSocket, nor by the explorer', async () => {
    const visitor = world.visitor(null);
    const query = '{ __schema { types { name } } }';
    const { inbox } = visitor.subscribe(query);
    for (const answer of [await visitor.ask(query), (await inbox.until(1))[0]]) {
      expect(answer?.data ?? null).toBeNull();
      expect(answer?.errors?.[0]?.message).toMatch(/introspection/i);
    }
    const page = await fetch(world.url, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(await page.text()).toContain('does not show its schema');
  });

  test('a wrong name is told nothing of the right ones, over HTTP and WebSocket', async () => {
    const visitor = world.visitor(null);
    const query = '{ instalation { version } }';
    const { inbox } = visitor.subscribe(query);
    for (const answer of [await visitor.ask(query), (await inbox.until(1))[0]]) {
      expect(answer?.errors?.map(({ message }) => message)).toEqual([
        'Cannot query field "instalation" on type "Query".',
      ]);
    }
  });
});

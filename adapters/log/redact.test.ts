import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLog } from './pino-log.ts';
import { redact } from './redact.ts';
import { redactText } from './redact-text.ts';

/** What no line may show. */
const planted = 'PLANTED7q';

/** Everything that a log of all levels writes for these fields and this message. */
function logged(fields: object, message = 'it happened'): string {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLog({ process: 'test', level: 'debug', destination });
  log.debug(fields, message);
  log.child(fields).error({ error: new Error(message) }, message);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  return lines.join('');
}

const wordCharacters = Array.from('abcXYZ0129-_');
const word = fc.string({ unit: fc.constantFrom(...wordCharacters), maxLength: 12 });
/** A secret a person may have chosen: quotes, backslashes, brackets and line ends in it. */
const unruly = fc.string({
  unit: fc.constantFrom(...Array.from('"\'`\\\n\r\t{}[](),;:=@/ $&<>%é€aB1')),
  maxLength: 8,
});
const wild = fc.tuple(unruly, unruly).map(([before, after]) => `${before}${planted}${after}`);
/** A secret of letters and digits, as we mint them. */
const tame = fc.tuple(word, word).map(([before, after]) => `${before}${planted}${after}`);

const secretName = fc.constantFrom(
  ...['password', 'newPassword', 'current_password', 'passwordHash', 'PASSWORD', 'secret', 'token'],
  ...['accessToken', 'refresh_token', 'apiKey', 'api-key', 'apiSecret', 'code', 'recoveryCodes'],
  ...['cookie', 'Set-Cookie', 'Authorization', 'x-nandax-secret', 'connectionString', 'checksum'],
  ...['sealedApiKey', 'request_token', 'tokens', 'rawBody'],
);

/** A text that holds a secret, and says so by its look or by a name. */
const tellingText = fc.oneof(
  fc.tuple(fc.constantFrom('nxk_', 'nxr_', 'nxe_', 'nxc_'), tame).map((parts) => parts.join('')),
  tame.map((secret) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIi${secret}.${secret}`),
  tame.map((secret) => `theme=dark; nandax_session=${secret}; lang=en`),
  tame.map((secret) => `GET / HTTP/1.1\r\nAuthorization: Bearer ${secret}xxxxxxxx\r\nHost: a`),
  tame.map((secret) => `cannot connect to postgresql://nandax:${secret}@127.0.0.1:5432/nandax`),
  tame.map((secret) => `rediss://:p/${secret}@redis.example.com:6379 is away`),
  tame.map((secret) => `smtps://user%40example.com:${secret}@mail.example.com`),
  tame.map((secret) => `otpauth://totp/NandaX:a@b.in?secret=${secret}&issuer=NandaX`),
  tame.map((secret) => `s1.2026-11-25-abcdef.${secret}`),
  tame.map((secret) => `$argon2id$v=19$m=19456,t=2,p=1$${secret}$${secret}`),
  tame.map((secret) => `callback?status=ok&request_token=${secret}&action=login`),
  fc.tuple(secretName, tame).map(([name, secret]) => `${name}: ${secret}`),
  wild.map(
    (secret) =>
      `mutation { login(input: { email: "a@b.in", password: ${JSON.stringify(secret)} }) { __typename } }`,
  ),
  tame.map((secret) => `mutation { login(input: { password: """ "${secret}" """ }) { ok } }`),
  wild.map(
    (secret) =>
      `Variable "$input" got invalid value ${JSON.stringify(secret)} at "input.tokens"; Boolean cannot represent a non boolean value: ${JSON.stringify(secret)}`,
  ),
  // JSON in JSON in JSON.
  fc.tuple(secretName, wild, fc.integer({ min: 1, max: 4 })).map(([name, secret, times]) => {
    let text: unknown = { before: 1, [name]: secret, after: [secret.length] };
    for (let each = 0; each < times; each += 1) text = JSON.stringify(text);
    return text as string;
  }),
  // Cut off in the middle.
  fc
    .tuple(secretName, wild)
    .map(([name, secret]) => JSON.stringify({ [name]: secret }).slice(0, -2)),
);

const surrounded = fc
  .tuple(
    fc.constantFrom('', 'it said: ', '\n', '('),
    tellingText,
    fc.constantFrom('', ' and so on', '\nnext'),
  )
  .map((parts) => parts.join(''));

class Refusal extends Error {
  constructor(
    message: string,
    readonly detail: unknown,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A value with a secret somewhere in it. */
const { holder } = fc.letrec<{ holder: unknown }>((tie) => ({
  holder: fc.oneof(
    { maxDepth: 9, depthSize: 'medium' },
    surrounded,
    fc.tuple(secretName, wild).map(([name, secret]) => ({ [name]: secret })),
    fc.tuple(secretName, tie('holder')).map(([name, inner]) => ({ [name]: [{ deep: inner }] })),
    fc.tuple(secretName, wild).map(([name, secret]) => [
      ['host', 'x'],
      [name, secret],
    ]),
    fc.tuple(secretName, wild).map(([name, secret]) => ['host', 'x', name, secret]),
    fc.tuple(secretName, wild).map(([name, secret]) => new Map([[name, secret]])),
    tame.map((secret) => new Headers({ authorization: secret, cookie: secret })),
    surrounded.map((text) => new Error(text)),
    surrounded.map((text) => ({ [text]: 1 })),
    fc.tuple(fc.string(), tie('holder')).map(([name, inner]) => ({ a: 1, [name]: inner })),
    fc.tuple(fc.nat(3), tie('holder')).map(([at, inner]) => [...Array<null>(at).fill(null), inner]),
    tie('holder').map((inner) => new Error('outer', { cause: inner })),
    tie('holder').map((inner) => new Refusal('refused', inner)),
    tie('holder').map((inner) => new AggregateError([inner, inner])),
    tie('holder').map((inner) => new Map([['key', inner]])),
    tie('holder').map((inner) => new Set([inner])),
    tie('holder').map((inner) => ({ toJSON: () => inner })),
    tie('holder').map((inner) => {
      const circle: Record<string, unknown> = { inner };
      circle['self'] = circle;
      return circle;
    }),
  ),
}));

test('a secret at any place of any structure never comes out', () => {
  fc.assert(
    fc.property(fc.string(), holder, surrounded, (name, value, message) => {
      expect(logged({ [name]: value, error: value }, message)).not.toContain(planted);
    }),
    { numRuns: 2_000 },
  );
});

test('what is no secret is told as it is', () => {
  const fields = {
    orderId: '0190f7a0-0000-7000-8000-000000000001',
    attempt: 3,
    at: new Date('2026-11-25T10:00:00Z'),
    position: 12n,
    roles: ['trading', 'feed'],
    nested: { reason: 'the broker said: insufficient funds', instrumentToken: 408_065 },
    url: 'https://api.kite.trade/orders?from=2026-11-25',
    password: null,
  };
  expect(redact(fields)).toEqual({
    ...fields,
    at: '2026-11-25T10:00:00.000Z',
    position: '12',
  });
});

test('errors keep name, message, stack, code and causes', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const error = Object.assign(new TypeError('broken', { cause }), { code: 'P2002' });
  const told = redact({ error })['error'];
  expect(told).toMatchObject({
    type: 'TypeError',
    message: 'broken',
    code: 'P2002',
    cause: { type: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
  });
  expect((told as { stack: string }).stack).toContain('redact.test.ts');
  expect(redact(error)).toMatchObject({ error: { message: 'broken' } });
});

test('the codes of errors are told, those of authenticators are not', () => {
  const codes = ['BAD_USER_INPUT', 'FORBIDDEN', '23505', '42P01', 'invalid_type', 4401];
  for (const code of codes) expect(redact({ code })).toEqual({ code });
  for (const code of ['123456', 123_456, '12345678', 'ABCD-EFGH-IJKL', 'abcdefghijklmnop', ['x']]) {
    expect(redact({ code })).toEqual({ code: '[redacted]' });
  }
});

test('texts stay readable around what is taken out', () => {
  expect(redactText('postgresql://nandax:hunter2@db:5432/nandax is away')).toBe(
    'postgresql://nandax:[redacted]@db:5432/nandax is away',
  );
  expect(redactText('{"email":"a@b.in","password":"x\\"y","tokens":true}')).toBe(
    '{"email":"a@b.in","password":[redacted],"tokens":true}',
  );
  expect(redactText('key nxk_abcDEF-123 was refused')).toBe('key nxk_[redacted] was refused');
  expect(redactText('Unexpected token \'h\', "hunter2" is not valid JSON')).toBe(
    'Unexpected [redacted] is not valid JSON',
  );
});

test('a line stays small and is written in no time, whatever is logged', () => {
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`field${at}`, { at }]));
  let deep: unknown = planted;
  for (let depth = 0; depth < 5_000; depth += 1) deep = [deep];
  const many = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => ({})));
  const line = logged({ wide, deep, many, long: 'password: "'.repeat(50_000) });
  expect(line).not.toContain(planted);
  expect(line.length).toBeLessThan(200_000);
});

test('what cannot be read or turned into JSON does no harm', () => {
  const hostile = {
    get broken(): never {
      throw new Error(planted);
    },
  };
  const line = logged({
    hostile: [hostile],
    bytes: Buffer.from(planted),
    call: () => planted,
    symbol: Symbol('s'),
    bare: Object.assign(Object.create(null) as object, { password: planted }),
    ['__proto__']: { password: planted },
  });
  expect(line).toContain('[unreadable]');
  expect(line).toContain(`[${planted.length} bytes]`);
  expect(line).not.toContain(planted);
});

test('nothing is looked at for a level that is off', () => {
  const log = createLog({
    process: 'test',
    level: 'warn',
    destination: { write: () => undefined },
  });
  let reads = 0;
  const watched = {
    get field(): string {
      reads += 1;
      return 'x';
    },
  };
  log.debug(watched, 'quiet');
  expect(reads).toBe(0);
  log.warn(watched, 'loud');
  expect(reads).toBe(1);
});

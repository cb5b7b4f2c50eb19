import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAt } from '../kit/authenticator-app.ts';
import { SoftwareAuthenticator } from '../kit/authenticator.ts';
import { testPassword } from '../setup/accounts.ts';
import { startApiWorld, type ApiWorld } from './api-world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld();
});
afterAll(() => world.close());

const password = testPassword;
/** Everything that was answered, to look for what must not be in it. */
const answers: string[] = [];

/** Asks one mutation or query, from a browser of its own, and answers its one field. */
async function ask(cookie: string | null, document: string, variables: object = {}) {
  const answer = await world.visitor(cookie).ask(document, variables);
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  const [value] = Object.values(answer.data ?? {}) as unknown as Record<string, never>[];
  answers.push(JSON.stringify(answer.data));
  const [set = ''] = answer.cookies;
  return { value: value as Readonly<Record<string, never>>, cookie: set.split(';')[0] ?? null };
}

const secondFactor =
  '{ viewer { secondFactor { totp recoveryCodesLeft passkeys { id name backedUp lastUsedAt createdAt } } } }';
const login = `mutation ($input: LoginInput!) { login(input: $input) {
  __typename ... on LoggedIn { user { email } tokens { accessToken } }
  ... on SecondFactorRequired { secret methods expiresAt } } }`;
const verify = `mutation ($input: VerifySecondFactorInput!) { verifySecondFactor(input: $input) {
  __typename ... on LoggedIn { user { email } tokens { accessToken } } ... on Failure { message }
  ... on SecondFactorRefused { attemptsLeft } ... on InvalidInput { field } } }`;
const question = '__typename ... on PasskeyQuestion { secret expiresAt options }';

test('from an app to recovery codes and passkeys, the contract carries each step', async () => {
  const asha = await world.register('asha');
  const email = 'asha@example.com';
  expect((await ask(asha.cookie, secondFactor)).value).toEqual({
    secondFactor: { totp: false, recoveryCodesLeft: 0, passkeys: [] },
  });

  const begun = await ask(
    asha.cookie,
    `mutation ($input: BeginTotpEnrolmentInput!) { beginTotpEnrolment(input: $input) {
      __typename ... on TotpEnrolment { secret keyUri qrCode } } }`,
    { input: { password } },
  );
  const { secret } = begun.value as unknown as { secret: string };
  const confirmed = await ask(
    asha.cookie,
    `mutation ($input: ConfirmTotpInput!) { confirmTotp(input: $input) {
      ... on RecoveryCodes { codes user { secondFactor { totp recoveryCodesLeft } } } } }`,
    { input: { code: codeAt(secret, new Date()) } },
  );
  expect(confirmed.value).toMatchObject({
    user: { secondFactor: { totp: true, recoveryCodesLeft: 10 } },
  });
  const { codes } = confirmed.value as unknown as { codes: readonly string[] };
  const shownOnce = answers.length;

  await ask(asha.cookie, 'mutation { logout { __typename } }');
  const waiting = await ask(null, login, { input: { email, password } });
  expect(waiting.cookie).toBe('');
  expect(waiting.value).toMatchObject({
    __typename: 'SecondFactorRequired',
    methods: ['TOTP', 'RECOVERY_CODE'],
  });
  const challenge = (waiting.value as unknown as { secret: string }).secret;
  const show = (input: object) => ask(null, verify, { input: { secret: challenge, ...input } });
  expect((await show({ method: 'TOTP' })).value).toMatchObject({
    __typename: 'InvalidInput',
    field: 'code',
  });
  expect((await show({ method: 'RECOVERY_CODE', code: 'AAAA' })).value).toMatchObject({
    __typename: 'SecondFactorRefused',
    attemptsLeft: 4,
  });
  // The code of the step after is taken, so the one that confirmed need not be waited out.
  const next = codeAt(secret, new Date(Date.now() + 30_000));
  const entered = await show({ method: 'TOTP', code: next });
  expect(entered.value).toMatchObject({ __typename: 'LoggedIn', user: { email } });
  const { cookie } = entered;

  const authenticator = new SoftwareAuthenticator('http://localhost:3000');
  const registration = await ask(
    cookie,
    `mutation ($input: BeginPasskeyRegistrationInput!) { beginPasskeyRegistration(input: $input) { ${question} } }`,
    { input: { password } },
  );
  const asked = registration.value as unknown as { secret: string; options: object };
  const added = await ask(
    cookie,
    `mutation ($input: FinishPasskeyRegistrationInput!) { finishPasskeyRegistration(input: $input) {
      ... on PasskeyAdded { passkey { id name lastUsedAt } recoveryCodes } } }`,
    {
      input: {
        secret: asked.secret,
        name: 'Blue key',
        response: authenticator.create(asked.options),
      },
    },
  );
  expect(added.value).toMatchObject({
    passkey: { name: 'Blue key', lastUsedAt: null },
    recoveryCodes: null,
  });
  const passkeyId = (added.value as unknown as { passkey: { id: string } }).passkey.id;

  const byPasskey = await ask(null, `mutation { beginPasskeyLogin { ${question} } }`);
  const start = byPasskey.value as unknown as { secret: string; options: object };
  const program = await ask(
    null,
    `mutation ($input: FinishPasskeyLoginInput!) { finishPasskeyLogin(input: $input) {
      __typename ... on LoggedIn { user { email } tokens { accessToken } } } }`,
    {
      input: {
        secret: start.secret,
        response: authenticator.get(start.options),
        tokens: true,
      },
    },
  );
  expect(program.value).toMatchObject({
    __typename: 'LoggedIn',
    user: { email },
    tokens: { accessToken: expect.any(String) as string },
  });
  expect(program.cookie).toBe('');

  const again = await ask(null, login, { input: { email, password } });
  const second = (again.value as unknown as { secret: string }).secret;
  const challenged = await ask(
    null,
    `mutation ($input: BeginPasskeyChallengeInput!) { beginPasskeyChallenge(input: $input) { ${question} } }`,
    { input: { secret: second } },
  );
  const { options } = challenged.value as unknown as { options: object };
  const passkey = authenticator.get(options);
  const inByBoth = await ask(null, verify, {
    input: { secret: second, method: 'PASSKEY', passkey },
  });
  expect(inByBoth.value).toMatchObject({ __typename: 'LoggedIn' });

  const stranger = await world.register('binod');
  const node = 'query ($id: ID!) { node(id: $id) { id ... on Passkey { name } } }';
  expect((await ask(cookie, node, { id: passkeyId })).value).toMatchObject({ name: 'Blue key' });
  expect((await ask(stranger.cookie, node, { id: passkeyId })).value).toBeNull();
  const removed = await ask(
    cookie,
    `mutation ($input: RemovePasskeyInput!) { removePasskey(input: $input) {
      ... on User { secondFactor { totp recoveryCodesLeft passkeys { id } } } } }`,
    { input: { id: passkeyId, password } },
  );
  expect(removed.value).toEqual({
    secondFactor: { totp: true, recoveryCodesLeft: 10, passkeys: [] },
  });
  const [code = ''] = codes;
  const disabled = await ask(
    cookie,
    `mutation ($input: OwnCodeInput!) { disableTotp(input: $input) {
      ... on User { secondFactor { totp recoveryCodesLeft } } } }`,
    { input: { password, code } },
  );
  expect(disabled.value).toEqual({ secondFactor: { totp: false, recoveryCodesLeft: 0 } });

  const later = answers.slice(shownOnce).join();
  expect([secret, ...codes].filter((each) => later.includes(each))).toEqual([]);
});

test('a broker’s secrets go in and never come out', async () => {
  const chitra = await world.register('chitra');
  const { cookie } = chitra;
  const apiKey = 'kitekeyplanted42';
  const apiSecret = 'kitesecretplantedxyz';
  const connect = `mutation ($input: ConnectBrokerInput!) { connectBroker(input: $input) {
    __typename ... on BrokerAccount { id broker label apiKeyEnding createdAt } ... on Failure { message }
    ... on SecondFactorNeeded { isSetUp } } }`;
  const input = { broker: 'ZERODHA', label: 'Mine', apiKey, apiSecret, password };
  expect((await ask(cookie, connect, { input })).value).toMatchObject({
    __typename: 'SecondFactorNeeded',
    isSetUp: false,
  });
  const authenticator = new SoftwareAuthenticator('http://localhost:3000');
  const registration = await ask(
    cookie,
    `mutation ($input: BeginPasskeyRegistrationInput!) { beginPasskeyRegistration(input: $input) { ${question} } }`,
    { input: { password } },
  );
  const asked = registration.value as unknown as { secret: string; options: object };
  await ask(
    cookie,
    `mutation ($input: FinishPasskeyRegistrationInput!) { finishPasskeyRegistration(input: $input) { __typename } }`,
    {
      input: { secret: asked.secret, name: 'Key', response: authenticator.create(asked.options) },
    },
  );
  const connected = await ask(cookie, connect, { input });
  expect(connected.value).toMatchObject({ label: 'Mine', apiKeyEnding: 'ed42', broker: 'ZERODHA' });
  const { id } = connected.value as unknown as { id: string };

  const list =
    '{ brokerConnections { totalCount nodes { id broker label apiKeyEnding createdAt } } }';
  expect((await ask(cookie, list)).value).toMatchObject({ totalCount: '1', nodes: [{ id }] });
  const stranger = await world.register('devi');
  expect((await ask(stranger.cookie, list)).value).toEqual({ totalCount: '0', nodes: [] });
  const end = `mutation ($input: DisconnectBrokerInput!) { disconnectBroker(input: $input) { __typename } }`;
  expect((await ask(stranger.cookie, end, { input: { id } })).value).toEqual({
    __typename: 'NotFound',
  });
  expect((await ask(cookie, end, { input: { id } })).value).toEqual({ __typename: 'User' });
  expect((await ask(cookie, list)).value).toEqual({ totalCount: '0', nodes: [] });
  const node = 'query ($id: ID!) { node(id: $id) { id } }';
  expect((await ask(cookie, node, { id })).value).toBeNull();

  expect(answers.filter((each) => each.includes(apiKey) || each.includes(apiSecret))).toEqual([]);
});

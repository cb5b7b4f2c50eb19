import { SoftwareAuthenticator } from '../kit/authenticator.ts';
import { testPassword } from '../setup/accounts.ts';
import type { Person } from './person.ts';
import { post, type Headers } from './requests.ts';
import type { WalkWorld } from './world.ts';

/** Where the web of a test's installation is. */
const publicUrl = 'http://localhost:3000';

interface Question {
  readonly secret: string;
  readonly options: object;
}

/** A passkey about to be added, and what finishes it. */
export async function newPasskey(world: WalkWorld, headers: Headers) {
  const authenticator = new SoftwareAuthenticator(publicUrl);
  const answer = await post(
    world.api.url,
    headers,
    `mutation ($password: String!) { begun: beginPasskeyRegistration(input: { password: $password }) {
      ... on PasskeyQuestion { secret options }
    } }`,
    { password: testPassword },
  );
  const { secret, options } = questionOf(answer.data?.['begun']);
  const response = authenticator.create(options);
  return { authenticator, finishing: { secret, name: 'Key of the walk', response } };
}

/** Adds a passkey as a person, and answers what logs them in by it. */
export async function passkeyLogin(person: Person, world: WalkWorld): Promise<object> {
  const { authenticator, finishing } = await newPasskey(world, world.headersOf('OWNER', person));
  await post(
    world.api.url,
    world.headersOf('OWNER', person),
    `mutation ($input: FinishPasskeyRegistrationInput!) {
      finishPasskeyRegistration(input: $input) { __typename }
    }`,
    { input: finishing },
  );
  const answer = await post(
    world.api.url,
    world.headersOf('ANONYMOUS'),
    'mutation { begun: beginPasskeyLogin { ... on PasskeyQuestion { secret options } } }',
  );
  const { secret, options } = questionOf(answer.data?.['begun']);
  return { secret, response: authenticator.get(options) };
}

function questionOf(value: unknown): Question {
  const question = value as Partial<Question> | null | undefined;
  if (question?.secret === undefined || question.options === undefined) {
    throw new Error('no passkey was asked for');
  }
  return { secret: question.secret, options: question.options };
}

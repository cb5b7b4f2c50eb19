import { startAuthentication } from '@simplewebauthn/browser';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';

import {
  BeginPasskeyChallengeDocument,
  BeginPasskeyLoginDocument,
  FinishPasskeyLoginDocument,
  VerifySecondFactorDocument,
} from '../../generated/graphql.ts';
import { mutateFromBrowser } from '../../passkeys/browser-api.ts';
import { passkeyFailure } from '../../passkeys/passkey-failure.ts';

/** Logged in, or why not. */
type Outcome =
  | { readonly loggedIn: true }
  | { readonly loggedIn: false; readonly message: string; readonly restoreUntil?: string };

/** Logs in whoever holds a passkey, without email or password. */
export function logInByPasskey(): Promise<Outcome> {
  return attempt(async () => {
    const { beginPasskeyLogin } = await mutateFromBrowser(BeginPasskeyLoginDocument, {});
    const { secret, options } = beginPasskeyLogin;
    const input = { secret, response: await answerOf(options) };
    const { finishPasskeyLogin } = await mutateFromBrowser(FinishPasskeyLoginDocument, { input });
    return outcomeOf(finishPasskeyLogin);
  });
}

/** Finishes a login that asked for a second factor. @param secret what stands for that login. */
export function showPasskey(secret: string): Promise<Outcome> {
  return attempt(async () => {
    const begun = await mutateFromBrowser(BeginPasskeyChallengeDocument, { input: { secret } });
    const question = begun.beginPasskeyChallenge;
    if (question.__typename !== 'PasskeyQuestion') return outcomeOf(question);
    const passkey = await answerOf(question.options);
    const input = { secret, method: 'PASSKEY' as const, passkey };
    const { verifySecondFactor } = await mutateFromBrowser(VerifySecondFactorDocument, { input });
    return outcomeOf(verifySecondFactor);
  });
}

async function answerOf(options: Record<string, unknown>): Promise<Record<string, unknown>> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return { ...(await startAuthentication({ optionsJSON })) };
}

async function attempt(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    return { loggedIn: false, message: passkeyFailure(error) };
  }
}

function outcomeOf(answer: {
  readonly __typename: string;
  readonly message?: string;
  readonly erasedAfter?: string;
}): Outcome {
  if (answer.__typename === 'LoggedIn') return { loggedIn: true };
  const { message = '', erasedAfter } = answer;
  return {
    loggedIn: false,
    message,
    ...(erasedAfter !== undefined && { restoreUntil: erasedAfter }),
  };
}

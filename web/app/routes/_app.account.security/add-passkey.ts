import { startRegistration } from '@simplewebauthn/browser';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';

import type { FormFailure } from '../../form-failure.ts';
import { failureOf, ownPasswordFailureOf } from '../../form-failure.ts';
import {
  BeginPasskeyRegistrationDocument,
  FinishPasskeyRegistrationDocument,
} from '../../generated/graphql.ts';
import { mutateFromBrowser } from '../../passkeys/browser-api.ts';
import { passkeyFailure } from '../../passkeys/passkey-failure.ts';

/** The recovery codes that came with a first factor, none with a later one; or why nothing was added. */
type Outcome =
  | { readonly added: true; readonly recoveryCodes: readonly string[] | null }
  | { readonly added: false; readonly failure: FormFailure | null };

/** Lets the browser make a passkey and adds it to the account. */
export async function addPasskey(name: string, password: string): Promise<Outcome> {
  try {
    const begun = await mutateFromBrowser(BeginPasskeyRegistrationDocument, {
      input: { password },
    });
    const question = begun.beginPasskeyRegistration;
    if (question.__typename !== 'PasskeyQuestion') {
      return { added: false, failure: ownPasswordFailureOf(question) };
    }
    const optionsJSON = question.options as unknown as PublicKeyCredentialCreationOptionsJSON;
    const response = { ...(await startRegistration({ optionsJSON })) };
    const input = { name, response, secret: question.secret };
    const finished = await mutateFromBrowser(FinishPasskeyRegistrationDocument, { input });
    const result = finished.finishPasskeyRegistration;
    return result.__typename === 'PasskeyAdded'
      ? { added: true, recoveryCodes: result.recoveryCodes ?? null }
      : { added: false, failure: failureOf(result) };
  } catch (error) {
    return { added: false, failure: { message: passkeyFailure(error), field: undefined } };
  }
}

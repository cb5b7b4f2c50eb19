import { data, redirect } from '@remix-run/node';

import { mutate } from '../../api.server.ts';
import { checked, exactText, text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf, ownPasswordFailureOf } from '../../form-failure.ts';
import {
  BeginTotpEnrolmentDocument,
  ChangePasswordDocument,
  ConfirmTotpDocument,
  DisableTotpDocument,
  LogOutEverywhereDocument,
  RemovePasskeyDocument,
  RenewRecoveryCodesDocument,
  RevokeSessionDocument,
} from '../../generated/graphql.ts';

/** What came of the form that was sent. */
export interface SecurityAnswer {
  readonly failure?: FormFailure | null | undefined;
  readonly passwordChanged?:
    { readonly apiKeysRevoked: number; readonly sessionsEnded: number } | undefined;
  readonly enrolment?: TotpEnrolment | undefined;
  /** Fresh recovery codes, told this once. */
  readonly codes?: readonly string[] | undefined;
  readonly done?: true | undefined;
}

/** What an authenticator app needs to know. */
export interface TotpEnrolment {
  readonly secret: string;
  /** An `otpauth://` address. */
  readonly keyUri: string;
  /** The address as a QR code: an SVG document. */
  readonly qrCode: string;
}

const answered = (answer: SecurityAnswer) => data<SecurityAnswer>(answer);
const refused = (failure: FormFailure | null) => data<SecurityAnswer>({ failure }, { status: 422 });

/** Codes and passwords stand side by side in these forms: each failure goes to its own field. */
function codeFailureOf(result: Parameters<typeof failureOf>[0]): FormFailure | null {
  if (result.__typename !== 'SecondFactorRefused') return ownPasswordFailureOf(result);
  return { message: 'That code is not right, or it was used already.', field: 'code' };
}

const deeds = {
  async password(request: Request, form: FormData) {
    const input = {
      currentPassword: exactText(form, 'password'),
      newPassword: exactText(form, 'newPassword'),
      keepApiKeys: checked(form, 'keepApiKeys'),
    };
    const { changePassword } = (await mutate(request, ChangePasswordDocument, { input })).data;
    return changePassword.__typename === 'PasswordChanged'
      ? answered({ passwordChanged: changePassword })
      : refused(ownPasswordFailureOf(changePassword));
  },

  async 'begin-totp'(request: Request, form: FormData) {
    const input = { password: exactText(form, 'password') };
    const { beginTotpEnrolment: begun } = (
      await mutate(request, BeginTotpEnrolmentDocument, { input })
    ).data;
    return begun.__typename === 'TotpEnrolment'
      ? answered({ enrolment: begun })
      : refused(ownPasswordFailureOf(begun));
  },

  async 'confirm-totp'(request: Request, form: FormData) {
    const input = { code: text(form, 'code') };
    const { confirmTotp } = (await mutate(request, ConfirmTotpDocument, { input })).data;
    return confirmTotp.__typename === 'RecoveryCodes'
      ? answered({ codes: confirmTotp.codes })
      : refused(codeFailureOf(confirmTotp));
  },

  async 'disable-totp'(request: Request, form: FormData) {
    const input = { password: exactText(form, 'password'), code: text(form, 'code') };
    const { disableTotp } = (await mutate(request, DisableTotpDocument, { input })).data;
    return disableTotp.__typename === 'User'
      ? answered({ done: true })
      : refused(codeFailureOf(disableTotp));
  },

  async 'renew-codes'(request: Request, form: FormData) {
    const input = { password: exactText(form, 'password'), code: text(form, 'code') };
    const { renewRecoveryCodes: renewed } = (
      await mutate(request, RenewRecoveryCodesDocument, { input })
    ).data;
    return renewed.__typename === 'RecoveryCodes'
      ? answered({ codes: renewed.codes })
      : refused(codeFailureOf(renewed));
  },

  async 'remove-passkey'(request: Request, form: FormData) {
    const input = { id: text(form, 'id'), password: exactText(form, 'password') };
    const { removePasskey } = (await mutate(request, RemovePasskeyDocument, { input })).data;
    return removePasskey.__typename === 'User'
      ? answered({ done: true })
      : refused(ownPasswordFailureOf(removePasskey));
  },

  async 'revoke-session'(request: Request, form: FormData) {
    const input = { id: text(form, 'id') };
    const { revokeSession } = (await mutate(request, RevokeSessionDocument, { input })).data;
    return revokeSession.__typename === 'RevokedSession'
      ? answered({ done: true })
      : refused(failureOf(revokeSession));
  },

  async 'log-out-everywhere'(request: Request) {
    const { headers } = await mutate(request, LogOutEverywhereDocument, {});
    return redirect('/login', { headers });
  },
};

/** Does what the form asks for. */
export function changeSecurity(request: Request, form: FormData) {
  const intent = text(form, 'intent');
  if (!Object.hasOwn(deeds, intent)) return Promise.resolve(refused(null));
  return deeds[intent as keyof typeof deeds](request, form);
}

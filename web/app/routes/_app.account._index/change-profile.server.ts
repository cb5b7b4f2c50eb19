import { data } from '@remix-run/node';

import { mutate } from '../../api.server.ts';
import { checked, exactText, text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf, ownPasswordFailureOf } from '../../form-failure.ts';
import {
  ChangeEmailDocument,
  UpdateAccountSettingsDocument,
  UpdateProfileDocument,
} from '../../generated/graphql.ts';

/** What came of the form that was sent. */
export interface ProfileAnswer {
  readonly failure?: FormFailure | null | undefined;
  readonly saved?: true | undefined;
  /** The address that waits for its link to be opened. */
  readonly requested?: { readonly newEmail: string; readonly letterInOutbox: boolean } | undefined;
}

export async function changeName(request: Request, form: FormData) {
  const input = { displayName: text(form, 'displayName') };
  const { updateProfile } = (await mutate(request, UpdateProfileDocument, { input })).data;
  return updateProfile.__typename === 'User'
    ? data<ProfileAnswer>({ saved: true })
    : data<ProfileAnswer>({ failure: failureOf(updateProfile) }, { status: 422 });
}

export async function changeEmail(request: Request, form: FormData) {
  const input = { newEmail: text(form, 'newEmail'), password: exactText(form, 'password') };
  const { changeEmail: result } = (await mutate(request, ChangeEmailDocument, { input })).data;
  return result.__typename === 'EmailChangeRequested'
    ? data<ProfileAnswer>({ requested: result })
    : data<ProfileAnswer>({ failure: ownPasswordFailureOf(result) }, { status: 422 });
}

export async function changeSettings(request: Request, form: FormData) {
  const input = { loginLetters: checked(form, 'loginLetters') };
  await mutate(request, UpdateAccountSettingsDocument, { input });
  return data<ProfileAnswer>({ saved: true });
}

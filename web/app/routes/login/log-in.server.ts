import { data, redirect } from '@remix-run/node';

import { mutate } from '../../api.server.ts';
import { exactText, oneOf, text, texts } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import type { SecondFactorMethod } from '../../generated/graphql.ts';
import { LoginDocument, VerifySecondFactorDocument } from '../../generated/graphql.ts';
import { ownPath } from '../../own-path.ts';

/** A login that waits for its second factor. Its secret travels in forms, never in an address. */
export interface SecondStep {
  readonly secret: string;
  readonly methods: readonly SecondFactorMethod[];
}

/** Why nobody is logged in yet. */
export interface LoginAnswer {
  readonly failure?: FormFailure | null | undefined;
  readonly step?: SecondStep | undefined;
  /** What was refused, to be mended; the password is not sent back. */
  readonly typed?: { readonly email: string } | undefined;
  /** The account is deleted, and can be restored until this instant. */
  readonly restoreUntil?: string | undefined;
}

const allMethods: readonly SecondFactorMethod[] = ['TOTP', 'RECOVERY_CODE', 'PASSKEY'];

/** The first step: email and password. */
export async function showPassword(request: Request, form: FormData) {
  const typed = typedInto(form);
  const input = { ...typed, password: exactText(form, 'password') };
  const { data: answer, headers } = await mutate(request, LoginDocument, { input });
  const { login } = answer;
  switch (login.__typename) {
    case 'LoggedIn':
      return redirect(ownPath(text(form, 'next')), { headers });
    case 'SecondFactorRequired':
      return data<LoginAnswer>({ step: { secret: login.secret, methods: login.methods } });
    case 'AccountDeletionPending':
      return data<LoginAnswer>({ restoreUntil: login.erasedAfter, typed }, { status: 422 });
    default:
      return data<LoginAnswer>({ failure: failureOf(login), typed }, { status: 422 });
  }
}

/** What the form of the first step shows again. */
export function typedInto(form: FormData) {
  return { email: text(form, 'email') };
}

/** The step that a form of it carries along. */
export function stepOf(form: FormData): SecondStep {
  const methods = texts(form, 'methods');
  return {
    secret: text(form, 'secret'),
    methods: allMethods.filter((method) => methods.includes(method)),
  };
}

/** The second step: a code. A passkey answers from the browser itself. */
export async function showCode(request: Request, form: FormData, step: SecondStep) {
  const method = oneOf(form, 'method', ['TOTP', 'RECOVERY_CODE'], 'TOTP');
  const input = { secret: step.secret, method, code: text(form, 'code') };
  const { data: answer, headers } = await mutate(request, VerifySecondFactorDocument, { input });
  const { verifySecondFactor: verified } = answer;
  switch (verified.__typename) {
    case 'LoggedIn':
      return redirect(ownPath(text(form, 'next')), { headers });
    case 'AccountDeletionPending':
      return data<LoginAnswer>({ restoreUntil: verified.erasedAfter }, { status: 422 });
    case 'SecondFactorRefused': {
      const message = `That code is not right, or it was used already. ${attemptsWords(
        verified.attemptsLeft,
      )}`;
      return data<LoginAnswer>({ step, failure: { message, field: method } }, { status: 422 });
    }
    case 'InvalidInput':
    case 'TooManyAttempts':
      return data<LoginAnswer>(
        { step, failure: { message: verified.message, field: method } },
        { status: 422 },
      );
    default:
      return data<LoginAnswer>({ failure: failureOf(verified) }, { status: 422 });
  }
}

function attemptsWords(left: number | null | undefined): string {
  if (left === null || left === undefined) return '';
  return left === 1 ? 'One attempt is left.' : `${left} attempts are left.`;
}

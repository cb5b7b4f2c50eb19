import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react';

import { demoEmail } from '../../account/demo-account.ts';
import { answerForm, query } from '../../api.server.ts';
import { Entrance } from '../../components/entrance.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { text } from '../../form.server.ts';
import { LoginScreenDocument } from '../../generated/graphql.ts';
import type { LoginAnswer } from './log-in.server.ts';
import { showCode, showPassword, stepOf, typedInto } from './log-in.server.ts';
import { PasskeyButton } from './passkey-button.tsx';
import { PasswordForm } from './password-form.tsx';
import { SecondStepForm } from './second-step-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Log in · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, installation } = await query(request, LoginScreenDocument, {});
  if (viewer) throw redirect('/');
  return { demo: installation.demoAccount };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  if (text(form, 'intent') !== 'code') {
    return answerForm(form, () => showPassword(request, form), { typed: typedInto(form) });
  }
  const step = stepOf(form);
  return answerForm(form, () => showCode(request, form, step), { step });
}

export default function Login() {
  const { demo } = useLoaderData<typeof loader>();
  const answer: LoginAnswer | undefined = useActionData<typeof action>();
  const [parameters] = useSearchParams();
  const next = parameters.get('next') ?? '';

  if (answer?.step !== undefined) {
    return (
      <Entrance title="One more step">
        <SecondStepForm step={answer.step} failure={answer.failure} next={next} />
      </Entrance>
    );
  }
  return (
    <Entrance title="Log in">
      {parameters.has('ended') && answer === undefined && (
        <div className="mb-4">
          <Notice tone="caution">
            Your session has ended: it was logged out elsewhere, or your account was changed.
          </Notice>
        </div>
      )}
      <PasswordForm
        answer={answer}
        email={answer?.typed?.email ?? (demo ? demoEmail : '')}
        next={next}
      />
      <div className="mt-3 flex flex-col">
        <PasskeyButton />
      </div>
      {demo && (
        <p className="mt-5 rounded-lg border border-rule bg-sheet p-4 text-sm text-ink-soft">
          This installation has a demo account with paper money and a replay of real NSE prices. Its
          password is in the terminal where NandaX was started.
        </p>
      )}
      <p className="mt-6 text-sm text-ink-soft">
        New here? <TextLink to="/register">Create an account</TextLink>
      </p>
    </Entrance>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';

import { mutate, answerForm } from '../../api.server.ts';
import { ButtonLink } from '../../components/button.tsx';
import { Entrance } from '../../components/entrance.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import { ConfirmRegistrationDocument } from '../../generated/graphql.ts';
import { LinkForm } from '../../letters/link-form.tsx';
import { linkPageHeaders, linkPageMeta } from '../../letters/link-pages.ts';

export const meta: MetaFunction = () => linkPageMeta('Confirm your account');
export const headers = linkPageHeaders;

export function loader({ request }: LoaderFunctionArgs) {
  return { token: new URL(request.url).searchParams.get('token') ?? '' };
}

interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly confirmed?: { readonly email: string } | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const input = { token: text(form, 'token') };
  return answerForm(form, async () => {
    const { confirmRegistration: result } = (
      await mutate(request, ConfirmRegistrationDocument, { input })
    ).data;
    return result.__typename === 'RegistrationConfirmed'
      ? data<Answer>({ confirmed: result })
      : data<Answer>({ failure: failureOf(result) }, { status: 422 });
  });
}

export default function Confirm() {
  const { token } = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  if (answer?.confirmed !== undefined) {
    return (
      <Entrance title="Your account is ready">
        <p role="status" className="mb-4 text-sm">
          Log in as <strong className="font-semibold break-words">{answer.confirmed.email}</strong>{' '}
          with the password you chose. A paper portfolio waits for you.
        </p>
        <ButtonLink to="/login" emphasis="primary">
          Log in
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title="Confirm your account">
      <LinkForm token={token} failure={answer?.failure} submit="Confirm and make the account">
        <p className="text-sm text-ink-soft">
          Someone, you we hope, asked for an account with this address. It is made when you press
          the button.
        </p>
      </LinkForm>
      <p className="mt-6 text-sm text-ink-soft">
        The link is too old? <TextLink to="/register">Ask for another</TextLink>
      </p>
    </Entrance>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';

import { mutate, answerForm } from '../../api.server.ts';
import { ButtonLink } from '../../components/button.tsx';
import { Entrance } from '../../components/entrance.tsx';
import { text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import { ConfirmEmailChangeDocument } from '../../generated/graphql.ts';
import { LinkForm } from '../../letters/link-form.tsx';
import { linkPageHeaders, linkPageMeta } from '../../letters/link-pages.ts';

export const meta: MetaFunction = () => linkPageMeta('Confirm your new address');
export const headers = linkPageHeaders;

export function loader({ request }: LoaderFunctionArgs) {
  return { token: new URL(request.url).searchParams.get('token') ?? '' };
}

interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly changed?: { readonly email: string } | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const input = { token: text(form, 'token') };
  return answerForm(form, async () => {
    const { confirmEmailChange: result } = (
      await mutate(request, ConfirmEmailChangeDocument, { input })
    ).data;
    return result.__typename === 'EmailChanged'
      ? data<Answer>({ changed: result })
      : data<Answer>({ failure: failureOf(result) }, { status: 422 });
  });
}

export default function ConfirmEmail() {
  const { token } = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  if (answer?.changed !== undefined) {
    return (
      <Entrance title="Your address is changed">
        <p role="status" className="mb-4 text-sm">
          From now on you log in as{' '}
          <strong className="font-semibold break-words">{answer.changed.email}</strong>.
        </p>
        <ButtonLink to="/account" emphasis="primary">
          Go to your account
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title="Confirm your new address">
      <LinkForm token={token} failure={answer?.failure} submit="Use this address">
        <p className="text-sm text-ink-soft">
          Your account moves to the address this letter came to. From then on you log in with it.
        </p>
      </LinkForm>
    </Entrance>
  );
}

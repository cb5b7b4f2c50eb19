import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { AccountPage } from '../../account/account-page.tsx';
import { apiScopes } from '../../account/api-scopes.ts';
import { mutate, answerForm, query } from '../../api.server.ts';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { exactText, text, texts } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf, ownPasswordFailureOf } from '../../form-failure.ts';
import type { ApiKeysQuery } from '../../generated/graphql.ts';
import {
  ApiKeysDocument,
  CreateApiKeyDocument,
  RevokeApiKeyDocument,
} from '../../generated/graphql.ts';
import { KeyForm } from './key-form.tsx';
import type { KeyRow } from './keys-table.tsx';
import { KeysTable } from './keys-table.tsx';
import { endOf } from './lifetimes.ts';

export const meta: MetaFunction = () => [{ title: 'API keys · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get('after');
  const { apiKeys } = await query(request, ApiKeysDocument, { after });
  const now = Date.now();
  return {
    apiKeys: {
      ...apiKeys,
      nodes: apiKeys.nodes.map((key) => ({ ...key, state: stateOf(key, now) })),
    },
  };
}

function stateOf(key: ApiKeysQuery['apiKeys']['nodes'][number], now: number): KeyRow['state'] {
  if (key.revokedAt) return 'revoked';
  return key.expiresAt && Date.parse(key.expiresAt) <= now ? 'expired' : 'works';
}

interface Answer {
  readonly failure?: FormFailure | null | undefined;
  readonly created?: { readonly name: string; readonly secret: string } | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  return answerForm(form, () =>
    text(form, 'intent') === 'revoke' ? revoke(request, form) : create(request, form),
  );
}

async function create(request: Request, form: FormData) {
  const chosen = texts(form, 'scopes');
  const input = {
    name: text(form, 'name'),
    scopes: apiScopes.map(({ scope }) => scope).filter((scope) => chosen.includes(scope)),
    expiresAt: endOf(text(form, 'lifetime'), Date.now()),
    allowedIps: text(form, 'allowedIps')
      .split(/[\s,;]+/)
      .filter(Boolean),
    password: exactText(form, 'password'),
  };
  const { createApiKey } = (await mutate(request, CreateApiKeyDocument, { input })).data;
  if (createApiKey.__typename !== 'CreatedApiKey') {
    return data<Answer>({ failure: ownPasswordFailureOf(createApiKey) }, { status: 422 });
  }
  const { secret, apiKey } = createApiKey;
  return data<Answer>(
    { created: { name: apiKey.name, secret } },
    { headers: { 'cache-control': 'no-store' } },
  );
}

async function revoke(request: Request, form: FormData) {
  const input = { id: text(form, 'id') };
  const { revokeApiKey } = (await mutate(request, RevokeApiKeyDocument, { input })).data;
  return revokeApiKey.__typename === 'ApiKey'
    ? data<Answer>({})
    : data<Answer>({ failure: failureOf(revokeApiKey) }, { status: 422 });
}

export default function ApiKeys() {
  const { apiKeys } = useLoaderData<typeof loader>();
  return (
    <AccountPage>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel title="API keys" note={`${apiKeys.totalCount} in all`} flush>
          <KeysTable keys={apiKeys.nodes} />
          <Pager name="API keys" pageInfo={apiKeys.pageInfo} />
        </Panel>
        <Panel title="New key">
          <KeyForm />
        </Panel>
      </div>
    </AccountPage>
  );
}

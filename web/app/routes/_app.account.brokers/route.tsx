import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { AccountPage } from '../../account/account-page.tsx';
import { mutate, answerForm, query } from '../../api.server.ts';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { exactText, text } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf, ownPasswordFailureOf } from '../../form-failure.ts';
import {
  BrokersDocument,
  ConnectBrokerDocument,
  CreateLivePortfolioDocument,
  DisconnectBrokerDocument,
} from '../../generated/graphql.ts';
import { BrokerForm } from './broker-form.tsx';
import { BrokersTable } from './brokers-table.tsx';

export const meta: MetaFunction = () => [{ title: 'Brokers · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, portfolios, brokerConnections } = await query(request, BrokersDocument, {});
  const { totp, passkeys } = viewer?.secondFactor ?? { totp: false, passkeys: [] };
  const secondFactorIsSetUp = totp || passkeys.length > 0;
  return { brokerConnections, portfolios: portfolios.nodes, secondFactorIsSetUp };
}

interface Answer {
  readonly failure?: FormFailure | null | undefined;
  /** What the second factor, which is missing, needs. */
  readonly secondFactor?: 'to set up' | 'to show' | undefined;
  /** Name of the connection that was made. */
  readonly connected?: string | undefined;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  return answerForm(form, () => {
    switch (text(form, 'intent')) {
      case 'disconnect':
        return disconnect(request, form);
      case 'portfolio':
        return makePortfolio(request, form);
      default:
        return connect(request, form);
    }
  });
}

async function makePortfolio(request: Request, form: FormData) {
  const input = {
    name: text(form, 'name'),
    initialCapital: text(form, 'capital').replaceAll(',', ''),
    brokerAccountId: text(form, 'id'),
  };
  const { createPortfolio } = (await mutate(request, CreateLivePortfolioDocument, { input })).data;
  return createPortfolio.__typename === 'Portfolio'
    ? data<Answer>({})
    : data<Answer>({ failure: failureOf(createPortfolio) }, { status: 422 });
}

async function connect(request: Request, form: FormData) {
  const input = {
    broker: 'ZERODHA' as const,
    label: text(form, 'label'),
    apiKey: text(form, 'apiKey'),
    apiSecret: text(form, 'apiSecret'),
    password: exactText(form, 'password'),
  };
  const { connectBroker } = (await mutate(request, ConnectBrokerDocument, { input })).data;
  switch (connectBroker.__typename) {
    case 'BrokerAccount':
      return data<Answer>({ connected: connectBroker.label });
    case 'SecondFactorNeeded':
      return data<Answer>(
        {
          failure: failureOf(connectBroker),
          secondFactor: connectBroker.isSetUp ? 'to show' : 'to set up',
        },
        { status: 422 },
      );
    default:
      return data<Answer>({ failure: ownPasswordFailureOf(connectBroker) }, { status: 422 });
  }
}

async function disconnect(request: Request, form: FormData) {
  const input = { id: text(form, 'id') };
  const { disconnectBroker } = (await mutate(request, DisconnectBrokerDocument, { input })).data;
  return disconnectBroker.__typename === 'User'
    ? data<Answer>({})
    : data<Answer>({ failure: failureOf(disconnectBroker) }, { status: 422 });
}

export default function Brokers() {
  const { brokerConnections, portfolios, secondFactorIsSetUp } = useLoaderData<typeof loader>();
  return (
    <AccountPage>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel title="Brokers" note={`${brokerConnections.totalCount} connected`} flush>
          <BrokersTable connections={brokerConnections.nodes} portfolios={portfolios} />
        </Panel>
        <Panel title="Connect Zerodha">
          <div className="flex flex-col gap-3">
            {secondFactorIsSetUp ? (
              <p className="text-sm text-ink-soft">
                With the key and secret of your own Kite Connect app. You must have logged in with
                your second factor.
              </p>
            ) : (
              <Notice tone="caution">
                Live brokers are used with a second factor only.{' '}
                <TextLink to="/account/security">Set one up</TextLink>, log in with it, and come
                back.
              </Notice>
            )}
            <BrokerForm />
          </div>
        </Panel>
      </div>
    </AccountPage>
  );
}

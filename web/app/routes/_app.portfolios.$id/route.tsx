import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { notFound, query } from '../../api.server.ts';
import { ButtonLink } from '../../components/button.tsx';
import { ChargesList } from '../../components/charges-list.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { UnscriptedFailure } from '../../components/unscripted-failure.tsx';
import { plainName } from '../../format/names.ts';
import { PortfolioDocument } from '../../generated/graphql.ts';
import { PortfolioFigures } from '../../trading/portfolio-figures.tsx';
import { changePortfolio } from './change-portfolio.server.ts';
import { FundsList } from './funds-list.tsx';
import { Holdings } from './holdings.tsx';
import { ContractNotes, Ledger } from './ledger-tables.tsx';
import { MoveCapital, Rename, Reset } from './portfolio-forms.tsx';
import { Positions, positionsViewOf } from './position-views.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.portfolio.name ?? 'Portfolio'} · NandaX` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const { portfolio, protections } = await query(request, PortfolioDocument, {
    id: params['id'] ?? '',
    ledgerAfter: searchParams.get('ledger'),
    notesAfter: searchParams.get('notes'),
  });
  if (!portfolio) throw notFound();
  const view = positionsViewOf(searchParams.get('positions'));
  return {
    portfolio,
    protections: protections.nodes,
    view,
    idempotencyKey: crypto.randomUUID(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  return changePortfolio(request, params['id'] ?? '', await request.formData());
}

export default function Portfolio() {
  const { portfolio, protections, view, idempotencyKey } = useLoaderData<typeof loader>();
  const paper = portfolio.kind === 'PAPER';
  return (
    <Page
      title={portfolio.name}
      parent={{ name: 'Dashboard', to: '/' }}
      actions={<ButtonLink to={`/portfolios/${portfolio.id}/performance`}>Performance</ButtonLink>}
    >
      <UnscriptedFailure />
      <PortfolioFigures portfolio={portfolio} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Holdings portfolio={portfolio} protections={protections} />
          <Positions portfolio={portfolio} protections={protections} view={view} />
          <Panel title="Contract notes" note={`${portfolio.contractNotes.totalCount} in all`} flush>
            <ContractNotes notes={portfolio.contractNotes.nodes} />
            <Pager
              name="contract notes"
              parameter="notes"
              pageInfo={portfolio.contractNotes.pageInfo}
            />
          </Panel>
          <Panel title="Ledger" note={`${portfolio.ledger.totalCount} postings`} flush>
            <Ledger entries={portfolio.ledger.nodes} />
            <Pager name="postings" parameter="ledger" pageInfo={portfolio.ledger.pageInfo} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Funds">
            <FundsList funds={portfolio.funds} />
          </Panel>
          {!paper && (
            <Panel title="Broker">
              {portfolio.brokerAccount === null ? (
                <Notice tone="caution">
                  The broker is not connected, so that no order leaves.{' '}
                  <TextLink to="/account/brokers">Brokers</TextLink>
                </Notice>
              ) : (
                <p className="text-sm">
                  {plainName(portfolio.brokerAccount.broker)}, {portfolio.brokerAccount.label}
                </p>
              )}
            </Panel>
          )}
          {paper && (
            <Panel
              title="Paper money"
              actions={<Reset portfolio={portfolio} idempotencyKey={idempotencyKey} />}
            >
              <MoveCapital idempotencyKey={idempotencyKey} />
            </Panel>
          )}
          <Panel title="Charges">
            <ChargesList charges={portfolio.charges} />
          </Panel>
          <Panel title="Name">
            <Rename portfolio={portfolio} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';

import { query } from '../../api.server.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { UnscriptedFailure } from '../../components/unscripted-failure.tsx';
import { GttsDocument } from '../../generated/graphql.ts';
import type { AccountEvent } from '../../live/account-stream.ts';
import { prependNode } from '../../live/merge-entities.ts';
import { useLiveData } from '../../live/use-live-data.ts';
import { OrderPlaces } from '../../trading/order-places.tsx';
import { changeGtt } from './change-gtt.server.ts';
import { GttForm } from './gtt-form.tsx';
import { GttTable } from './gtt-table.tsx';

export const meta: MetaFunction = () => [{ title: 'GTT · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get('after');
  const loaded = await query(request, GttsDocument, { after });
  return { ...loaded, firstPage: after === null, idempotencyKey: crypto.randomUUID() };
}

type Loaded = Awaited<ReturnType<typeof loader>>;

export async function action({ request }: ActionFunctionArgs) {
  return changeGtt(request, await request.formData());
}

/** New GTTs join the first page. */
function insertNews(loaded: Loaded, event: AccountEvent): Loaded {
  return event.__typename === 'GttUpdate' && loaded.firstPage
    ? { ...loaded, gtts: prependNode(loaded.gtts, event.gtt, 200) }
    : loaded;
}

export default function Gtts() {
  const first = useLoaderData<typeof loader>();
  const [parameters] = useSearchParams();
  const loaded = useLiveData(first, {
    document: GttsDocument,
    variables: { after: parameters.get('after') },
    read: (data) => ({ ...first, ...data }),
    insert: insertNews,
  });
  return (
    <Page title="Good till triggered">
      <OrderPlaces />
      <UnscriptedFailure />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Panel
          title="GTT"
          note={`${loaded.gtts.totalCount} in all`}
          className="max-lg:order-2"
          flush
        >
          <GttTable
            gtts={loaded.gtts.nodes}
            empty={
              <EmptyState>
                Nothing waits for a price. A GTT sends its order when its trigger trades, also when
                you are away; two triggers around the price make a stop and a target.
              </EmptyState>
            }
          />
          <Pager name="GTTs" pageInfo={loaded.gtts.pageInfo} />
        </Panel>
        <Panel title="New GTT">
          <GttForm
            portfolios={loaded.portfolios.nodes}
            instruments={loaded.instruments.nodes.filter(({ tradable }) => tradable)}
            idempotencyKey={loaded.idempotencyKey}
          />
        </Panel>
      </div>
    </Page>
  );
}

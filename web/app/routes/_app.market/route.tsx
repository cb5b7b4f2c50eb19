import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';

import { mutate, query } from '../../api.server.ts';
import { Price } from '../../components/amount.tsx';
import { Button } from '../../components/button.tsx';
import type { Column } from '../../components/data-table.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { controlClass } from '../../components/field.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { oneOf, text } from '../../form.server.ts';
import { failureOf } from '../../form-failure.ts';
import { formatQuantity } from '../../format/money.ts';
import { plainName } from '../../format/names.ts';
import type { MarketQuery } from '../../generated/graphql.ts';
import { ImportHistoryDocument, MarketDocument } from '../../generated/graphql.ts';
import { exchanges } from './exchanges.ts';
import { ImportForm } from './import-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Market · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const search = searchParams.get('search');
  const loaded = await query(request, MarketDocument, {
    search: search === '' ? null : search,
    after: searchParams.get('after'),
  });
  return { ...loaded, search };
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const file = form.get('file');
  const input = {
    fileName: file instanceof File ? file.name : '',
    content: file instanceof File ? await file.text() : '',
    datasetName: text(form, 'datasetName'),
    instrument: {
      exchange: oneOf(form, 'exchange', exchanges, 'NSE'),
      tradingSymbol: text(form, 'tradingSymbol').toUpperCase(),
      tickSize: text(form, 'tickSize'),
      lotSize: Number(text(form, 'lotSize')),
      multiplier: text(form, 'multiplier') || null,
    },
  };
  const { importHistory } = (await mutate(request, ImportHistoryDocument, { input })).data;
  if (importHistory.__typename === 'Dataset') {
    return data({ imported: importHistory, failure: null, rows: [] });
  }
  const rows = importHistory.__typename === 'InvalidFile' ? importHistory.errors : [];
  return data({ imported: null, failure: failureOf(importHistory), rows }, { status: 422 });
}

type Instrument = MarketQuery['instruments']['nodes'][number];
type Session = NonNullable<Instrument['session']>;
type Dataset = MarketQuery['datasets']['nodes'][number];

function MarketNow({ session: { phase, until } }: { readonly session: Session }) {
  return (
    <span className="whitespace-nowrap">
      {plainName(phase)}
      {until && (
        <span className="text-ink-soft">
          {' until '}
          <ExchangeTime value={until} show="time" />
        </span>
      )}
    </span>
  );
}

const instrumentColumns: readonly Column<Instrument>[] = [
  {
    heading: 'Symbol',
    names: true,
    cell: (instrument) => (
      <>
        {instrument.tradingSymbol}
        <span className="ml-1.5 text-xs font-normal text-ink-faint">{instrument.exchange}</span>
      </>
    ),
  },
  { heading: 'Name', from: 'medium', cell: (instrument) => instrument.name },
  { heading: 'Kind', cell: (instrument) => plainName(instrument.type) },
  { heading: 'Tick', figure: true, cell: (instrument) => <Price value={instrument.tickSize} /> },
  { heading: 'Lot', figure: true, cell: (instrument) => instrument.lotSize },
  {
    heading: 'Multiplier',
    figure: true,
    from: 'medium',
    cell: (instrument) => formatQuantity(instrument.multiplier),
  },
  {
    heading: 'Tradable',
    from: 'medium',
    cell: (instrument) => (instrument.tradable ? 'Yes' : 'No'),
  },
  {
    heading: 'Market now (IST)',
    from: 'medium',
    cell: ({ session }) => session && <MarketNow session={session} />,
  },
  {
    heading: 'Of',
    from: 'wide',
    cell: (instrument) => (instrument.shared ? 'Everyone' : 'You alone'),
  },
];

const datasetColumns: readonly Column<Dataset>[] = [
  { heading: 'Dataset', names: true, cell: (dataset) => dataset.name },
  {
    heading: 'Instruments',
    from: 'medium',
    cell: (dataset) => dataset.instruments.map(({ tradingSymbol }) => tradingSymbol).join(', '),
  },
  {
    heading: 'Content',
    from: 'wide',
    cell: (dataset) =>
      `${plainName(
        dataset.interval ?? '',
      )} ${dataset.kind.toLowerCase()}, ${dataset.adjustment.toLowerCase()}`,
  },
  {
    heading: 'From (IST)',
    cell: (dataset) => <ExchangeTime value={dataset.from} show="date" />,
  },
  { heading: 'To (IST)', cell: (dataset) => <ExchangeTime value={dataset.to} show="date" /> },
  {
    heading: 'Source',
    from: 'wide',
    cell: (dataset) => <span className="text-xs text-ink-soft">{dataset.source}</span>,
  },
];

export default function Market() {
  const { instruments, datasets, search } = useLoaderData<typeof loader>();
  return (
    <Page title="Market">
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Datasets" note={`${datasets.totalCount} in all`} flush>
            <DataTable
              caption="Datasets"
              columns={datasetColumns}
              rows={datasets.nodes}
              rowKey={(dataset) => dataset.id}
              empty={<EmptyState>No history so far. Import a file of candles.</EmptyState>}
            />
          </Panel>
          <Panel
            title="Instruments"
            note={`${instruments.totalCount} in all`}
            actions={
              <Form role="search" className="flex gap-2">
                <input
                  type="search"
                  name="search"
                  aria-label="Search instruments"
                  placeholder="Symbol or name"
                  defaultValue={search ?? ''}
                  className={`${controlClass} w-40`}
                />
                <Button type="submit">Search</Button>
              </Form>
            }
            flush
          >
            <DataTable
              caption="Instruments"
              columns={instrumentColumns}
              rows={instruments.nodes}
              rowKey={(instrument) => instrument.id}
              empty={<EmptyState>No instrument is called like that.</EmptyState>}
            />
            <Pager name="instruments" pageInfo={instruments.pageInfo} />
          </Panel>
        </div>
        <Panel title="Import candles">
          <ImportForm />
        </Panel>
      </div>
    </Page>
  );
}

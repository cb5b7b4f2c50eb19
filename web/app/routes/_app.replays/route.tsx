import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';

import { mutate, query } from '../../api.server.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { UnscriptedFailure } from '../../components/unscripted-failure.tsx';
import { optionalText, text, texts } from '../../form.server.ts';
import type { FormFailure } from '../../form-failure.ts';
import { failureOf } from '../../form-failure.ts';
import { instantOfField } from '../../format/time.ts';
import type { ReplaysQuery } from '../../generated/graphql.ts';
import { CreateReplayDocument, ReplaysDocument } from '../../generated/graphql.ts';
import type { AccountEvent } from '../../live/account-stream.ts';
import { prependNode } from '../../live/merge-entities.ts';
import { useLiveData } from '../../live/use-live-data.ts';
import { fillModelOfForm } from '../../trading/fill-model.server.ts';
import { controlReplay, speedOf } from '../../trading/replay-actions.server.ts';
import { ReplayForm } from './replay-form.tsx';
import { ReplayPanel } from './replay-panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Replays · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get('after');
  return query(request, ReplaysDocument, { after });
}

/** `failure` is that of a control, `create` that of the form for a new replay; null: it was done. */
interface Answer {
  readonly failure: FormFailure | null;
  readonly create?: FormFailure | null;
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  if (text(form, 'intent') !== 'create') {
    return data<Answer>({ failure: await controlReplay(request, form) });
  }
  const instrumentIds = texts(form, 'instrumentIds');
  const seed = optionalText(form, 'seed');
  const input = {
    name: text(form, 'name'),
    datasetId: text(form, 'datasetId'),
    instrumentIds,
    from: instantOfField(text(form, 'from')) ?? null,
    to: instantOfField(text(form, 'to')) ?? null,
    speed: speedOf(text(form, 'speed')),
    fillModel: fillModelOfForm(form),
    ...(seed !== undefined && { seed: Number(seed) }),
  };
  const { createReplay } = (await mutate(request, CreateReplayDocument, { input })).data;
  if (createReplay.__typename === 'ReplaySession') {
    return data<Answer>({ failure: null, create: null });
  }
  return data<Answer>({ failure: null, create: failureOf(createReplay) }, { status: 422 });
}

/** A replay that came out of a restart joins the list. */
function insertReplay(loaded: ReplaysQuery, event: AccountEvent): ReplaysQuery {
  if (event.__typename !== 'ReplayUpdate') return loaded;
  return {
    ...loaded,
    replaySessions: prependNode(loaded.replaySessions, event.replaySession, 40),
  };
}

export default function Replays() {
  const [parameters] = useSearchParams();
  const { replaySessions, datasets } = useLiveData(useLoaderData<typeof loader>(), {
    document: ReplaysDocument,
    variables: { after: parameters.get('after') },
    read: (data) => data,
    insert: insertReplay,
  });
  return (
    <Page title="Replays">
      <UnscriptedFailure />
      <p className="-mt-3 max-w-prose text-sm text-ink-soft">
        A replay turns recorded history into a live market with a clock of its own. Agents started
        on it trade as they would today.
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {replaySessions.nodes.map((replay) => (
            <ReplayPanel key={replay.id} replay={replay} />
          ))}
          {replaySessions.nodes.length === 0 && (
            <Panel title="No replay yet" flush>
              <EmptyState>
                Choose a dataset and a speed, create the replay, start an agent on it, and then
                start the replay itself.
              </EmptyState>
            </Panel>
          )}
          <Pager name="replays" pageInfo={replaySessions.pageInfo} />
        </div>
        <Panel title="New replay">
          <ReplayForm datasets={datasets.nodes} />
        </Panel>
      </div>
    </Page>
  );
}

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { query } from '../../api.server.ts';
import { ButtonLink } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { OutboxDocument } from '../../generated/graphql.ts';
import { LetterText } from './letter-text.tsx';

export const meta: MetaFunction = () => [{ title: 'Outbox · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  return query(request, OutboxDocument, {});
}

export default function Outbox() {
  const { letters } = useLoaderData<typeof loader>();
  return (
    <Page title="Outbox" actions={<ButtonLink to=".">Look again</ButtonLink>}>
      <p className="max-w-prose text-sm text-ink-soft">
        This installation has no mail server, so letters to everyone stay here, for the demo account
        to read. Set <code className="font-mono text-xs">SMTP_URL</code> to have them sent.
      </p>
      {letters.length === 0 && (
        <Panel title="Letters" flush>
          <EmptyState>
            No letter so far. Registering, a forgotten password and the like write one.
          </EmptyState>
        </Panel>
      )}
      {letters.map((letter) => (
        <Panel
          key={letter.id}
          title={letter.subject}
          note={
            <>
              To {letter.to}, <ExchangeTime value={letter.createdAt} seconds label />
            </>
          }
          className="max-w-3xl"
        >
          <LetterText text={letter.text} />
        </Panel>
      ))}
    </Page>
  );
}

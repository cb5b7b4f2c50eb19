import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

import { Entrance } from '../../components/entrance.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { TextLink } from '../../components/text-link.tsx';

export const meta: MetaFunction = () => [{ title: 'Account deleted · NandaX' }];

export function loader({ request }: LoaderFunctionArgs) {
  const until = new URL(request.url).searchParams.get('until') ?? '';
  return { until: Number.isNaN(Date.parse(until)) ? null : until };
}

export default function Deleted() {
  const { until } = useLoaderData<typeof loader>();
  return (
    <Entrance title="Your account is deleted">
      <div role="status" className="flex flex-col gap-3 text-sm">
        <p>
          {until === null ? (
            'You can have it back for a while.'
          ) : (
            <>
              Until <ExchangeTime value={until} label /> you can have it back.
            </>
          )}{' '}
          After that your personal data are erased. A letter says the same.
        </p>
        <p className="text-ink-soft">
          <TextLink to="/restore">Restore the account</TextLink>
        </p>
      </div>
    </Entrance>
  );
}

import { ExchangeTime } from '../components/exchange-time.tsx';
import { Notice } from '../components/notice.tsx';
import type { RiskQuery } from '../generated/graphql.ts';

type PortfolioRead = RiskQuery['portfolios']['nodes'][number];

/** Live portfolios that open nothing yet, and brokers that gave no answer; nothing where all is well. */
export function ReadingsList({ portfolios }: { readonly portfolios: readonly PortfolioRead[] }) {
  const troubled = portfolios.filter(
    ({ kind, accountReading: reading }) =>
      reading?.failedAt != null || (kind === 'LIVE' && reading?.agreedAt == null),
  );
  return troubled.map(({ id, name, kind, accountReading: reading }) => (
    <div key={id} className="px-4 py-2">
      <Notice tone="caution">
        {kind === 'LIVE' && reading?.agreedAt == null
          ? `${name} opens no positions until its broker’s books were read and agree; they can be left. `
          : `${name}: `}
        {reading?.failedAt != null && (
          <>
            The broker gave no answer at <ExchangeTime value={reading.failedAt} label />
            {reading.failureReason == null ? '.' : `: ${reading.failureReason}`}
          </>
        )}
      </Notice>
    </div>
  ));
}

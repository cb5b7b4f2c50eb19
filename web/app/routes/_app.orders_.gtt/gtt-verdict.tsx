import { Price } from '../../components/amount.tsx';
import { ExchangeTime } from '../../components/exchange-time.tsx';
import { formatRatio } from '../../format/money.ts';
import type { PreviewGttQuery } from '../../generated/graphql.ts';

/** Where each trigger would wait, or why it would not, before anybody presses the button. */
export function GttVerdict({
  verdict,
  problem,
}: {
  readonly verdict: PreviewGttQuery['previewGtt'] | null | undefined;
  readonly problem: string | null | undefined;
}) {
  return (
    <div role="status" aria-label="Verdict" className="flex flex-col gap-1 text-xs empty:hidden">
      {problem && <p className="text-ink-soft">{problem}</p>}
      {verdict?.__typename === 'GttPreview' ? (
        <Waits {...verdict} />
      ) : (
        verdict && <p className="text-loss">{verdict.message}</p>
      )}
    </div>
  );
}

function Waits({
  legs,
  expiresAt,
}: Extract<PreviewGttQuery['previewGtt'], { readonly __typename: 'GttPreview' }>) {
  return (
    <ul className="flex flex-col gap-0.5">
      {legs.map(({ number, direction, triggerPrice, distancePercent }) => (
        <li key={number}>
          {direction === 'AT_OR_BELOW' ? 'Falls to' : 'Rises to'} <Price value={triggerPrice} />,{' '}
          {formatRatio(distancePercent, '%')} away
        </li>
      ))}
      <li className="text-ink-soft">
        Waits until <ExchangeTime value={expiresAt} />
      </li>
    </ul>
  );
}

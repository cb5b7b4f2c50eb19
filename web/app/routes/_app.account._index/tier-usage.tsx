import { limitNames } from '../../account/limit-names.ts';
import { formatCount } from '../../format/names.ts';
import type { ProfileQuery } from '../../generated/graphql.ts';

type Usage = NonNullable<ProfileQuery['viewer']>['tierUsage'][number];

/** Each limit of the tier: a bar where it is counted up, a number where it is not. */
export function TierUsage({ usage }: { readonly usage: readonly Usage[] }) {
  return (
    <ul aria-label="Limits" className="flex flex-col gap-3">
      {usage.map((each) => (
        <li key={each.limit}>
          <div className="flex items-baseline justify-between gap-3 text-sm">
            <span>{limitNames[each.limit]}</span>
            <span className="text-right text-xs text-ink-soft">{wordsOf(each)}</span>
          </div>
          <UsageBar usage={each} />
        </li>
      ))}
    </ul>
  );
}

function wordsOf({ allowed, used, left }: Usage): string {
  if (used === null) {
    return allowed ? `up to ${formatCount(allowed)}` : 'no limit';
  }
  if (!allowed || !left) return `${formatCount(used)} used, no limit`;
  return `${formatCount(used)} of ${formatCount(allowed)} used, ${formatCount(left)} left`;
}

function UsageBar({ usage: { limit, allowed, used } }: { readonly usage: Usage }) {
  if (!allowed || !used) return null;
  const share = Number(allowed) === 0 ? 1 : Math.min(1, Number(used) / Number(allowed));
  return (
    <div
      role="meter"
      aria-label={limitNames[limit]}
      aria-valuenow={Number(used)}
      aria-valuemin={0}
      aria-valuemax={Number(allowed)}
      className="mt-1 h-1.5 overflow-hidden rounded-full bg-sunk"
    >
      <div
        className={`h-full rounded-full ${share >= 1 ? 'bg-caution' : 'bg-accent'}`}
        style={{ width: `${100 * share}%` }}
      />
    </div>
  );
}

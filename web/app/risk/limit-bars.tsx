import { classNames } from '../components/class-names.ts';
import type { LimitUseFragment } from '../generated/graphql.ts';
import { formatLimit, limitKinds, limitTerms } from './limit-terms.ts';

/** What is used and left of limits, a bar each. */
export function LimitBars({
  uses,
  whose = false,
}: {
  readonly uses: readonly LimitUseFragment[];
  /** Whether each says whose limit it is. */
  readonly whose?: boolean;
}) {
  const sorted = uses.toSorted((a, b) => limitKinds.indexOf(a.kind) - limitKinds.indexOf(b.kind));
  return (
    <ul className="grid gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
      {sorted.map((use) => (
        <li key={`${use.kind} ${use.scope} ${use.instrument?.id ?? ''}`} className="min-w-0">
          <LimitBar use={use} whose={whose} />
        </li>
      ))}
    </ul>
  );
}

function LimitBar({ use, whose }: { readonly use: LimitUseFragment; readonly whose: boolean }) {
  const { kind, allowed, used, left, reached, instrument, scope } = use;
  const symbol = instrument?.tradingSymbol;
  const name = limitTerms[kind].name + (symbol === undefined ? '' : `: ${symbol}`);
  const percent = percentOf(used ?? null, allowed);
  const near = percent >= 80;
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span>{name}</span>
        <span className="tabular-nums">
          {used == null
            ? `up to ${formatLimit(kind, allowed)}`
            : `${formatLimit(kind, used)} of ${formatLimit(kind, allowed)}`}
        </span>
      </p>
      {used != null && (
        <div
          role="meter"
          aria-label={name}
          aria-valuenow={Math.round(percent)}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuetext={`${formatLimit(kind, used)} used, ${formatLimit(kind, left)} left`}
          className="h-2 overflow-hidden rounded-full bg-sunk"
        >
          <div
            className={classNames(
              'h-full rounded-full transition-[width] duration-300',
              reached ? 'bg-loss' : near ? 'bg-caution' : 'bg-accent',
            )}
            style={{ width: `${percent}%` }}
          />
        </div>
      )}
      <p className="flex flex-wrap justify-between gap-x-3 text-xs text-ink-soft">
        <span className={reached ? 'font-medium text-loss' : undefined}>
          {reached
            ? 'Reached: entries are refused'
            : used == null
              ? 'Each order by itself'
              : `${formatLimit(kind, left)} left`}
        </span>
        {whose && <span>{whoseLimit[scope]}</span>}
      </p>
    </div>
  );
}

const whoseLimit = {
  AGENT: 'the agent’s limit',
  STRATEGY: 'the strategy’s limit',
  PORTFOLIO: 'the portfolio’s limit',
  USER: 'your limit',
  PLATFORM: 'the platform’s limit',
} as const;

/** For the length of a bar only; what is written stays the decimal of the contract. */
function percentOf(used: string | null, allowed: string): number {
  if (used === null) return 0;
  if (Number(allowed) === 0) return 100;
  return Math.min(100, (Number(used) / Number(allowed)) * 100);
}

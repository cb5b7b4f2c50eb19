import { StatusBadge } from '../components/badge.tsx';
import { ExchangeTime } from '../components/exchange-time.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import type { ReplayRowFragment } from '../generated/graphql.ts';

/** "60 times" real time; null is as fast as the machine can. */
export function speedName(speed: string | null | undefined): string {
  if (speed === null || speed === undefined) return 'as fast as possible';
  return Number(speed) === 1 ? 'real time' : `${Number(speed)}× real time`;
}

/** The market clock of a replay and how far it has come. */
export function ReplayClock({ replay }: { readonly replay: ReplayRowFragment }) {
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p aria-label="Market clock" className="text-lg font-medium tracking-tight">
          <ExchangeTime value={replay.marketTime ?? replay.from} seconds label />
        </p>
        <span className="flex items-center gap-2">
          <span className="text-xs text-ink-soft">{speedName(replay.speed)}</span>
          <StatusBadge status={replay.state} />
        </span>
      </div>
      <ProgressBar label={`Progress of ${replay.name}`} percent={replay.progressPercent} />
      {replay.stateReason && <p className="text-xs text-ink-soft">{replay.stateReason}</p>}
    </div>
  );
}

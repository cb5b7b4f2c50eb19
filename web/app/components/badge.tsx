import type {
  AgentStatus,
  GttStatus,
  OptimisationStatus,
  OrderRequestState,
  OrderStatus,
  ReplayState,
  RunStatus,
  StrategyStatus,
} from '../generated/graphql.ts';
import { plainName } from '../format/names.ts';
import { classNames } from './class-names.ts';

type Tone = 'neutral' | 'active' | 'good' | 'caution' | 'bad';

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunk text-ink-soft',
  active: 'bg-accent-soft text-accent',
  good: 'bg-gain-soft text-gain',
  caution: 'bg-caution-soft text-caution',
  bad: 'bg-loss-soft text-loss',
};

/** A word on a tinted ground; the word alone carries the meaning. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: Tone;
  readonly children: string;
}) {
  return (
    <span
      className={classNames(
        'inline-flex items-center rounded px-1.5 py-0.5 text-xs font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}

type Status =
  | AgentStatus
  | OptimisationStatus
  | GttStatus
  | OrderRequestState
  | OrderStatus
  | ReplayState
  | RunStatus
  | StrategyStatus;

const toneOfStatus: Readonly<Partial<Record<Status, Tone>>> = {
  RUNNING: 'active',
  ACTIVE: 'active',
  QUEUED: 'active',
  SUBMITTED: 'active',
  UNDER_WAY: 'active',
  LIVE: 'good',
  PARTLY_LIVE: 'caution',
  VOID: 'bad',
  ACCEPTED: 'active',
  PARTIALLY_FILLED: 'active',
  FILLED: 'good',
  TRIGGERED: 'good',
  COMPLETED: 'good',
  FINISHED: 'good',
  PAUSED: 'caution',
  UNKNOWN: 'caution',
  MODIFY_PENDING: 'caution',
  CANCEL_PENDING: 'caution',
  NOT_PLACED: 'caution',
  ERROR: 'bad',
  FAILED: 'bad',
  DENIED: 'bad',
  REJECTED: 'bad',
};

/** The state of an order, of a request for several, of a GTT, of an agent, run, replay or strategy. */
export function StatusBadge({ status }: { readonly status: Status }) {
  return <Badge tone={toneOfStatus[status] ?? 'neutral'}>{plainName(status)}</Badge>;
}

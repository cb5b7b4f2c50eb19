import { Badge } from '../components/badge.tsx';
import { accountState } from './account-terms.ts';

const tones = { Active: 'good', Suspended: 'bad', Deleted: 'caution', Erased: 'neutral' } as const;

/** How an account stands. */
export function AccountBadge({
  account,
}: {
  readonly account: Parameters<typeof accountState>[0];
}) {
  const state = accountState(account);
  return <Badge tone={tones[state]}>{state}</Badge>;
}

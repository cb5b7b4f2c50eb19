import { eraseDueAccounts } from '@nandax/app/accounts/erase-due-accounts.ts';
import { stopAgentsOfClosedAccounts } from '@nandax/app/accounts/stop-agents-of-closed-accounts.ts';
import { sweepExpiredRows } from '@nandax/app/accounts/sweep-expired-rows.ts';
import type { AgentPorts } from '@nandax/app/agents/control-agent.ts';
import { AnchoredHeads, type AnchorHeadsPorts } from '@nandax/app/audit/anchored-heads.ts';
import { relayOutbox } from '@nandax/app/events/relay-outbox.ts';
import { requeueFailedJobs } from '@nandax/app/events/requeue-failed-jobs.ts';
import { deliverLetters } from '@nandax/app/mail/deliver-letters.ts';
import { reconcileOrders } from '@nandax/app/orders/reconcile-orders.ts';
import type { SubmitPorts } from '@nandax/app/orders/submit-order.ts';
import { sweepProtections } from '@nandax/app/protection/sweep-protections.ts';
import type { AccountPorts } from '@nandax/app/ports/account-ports.ts';
import type { ExpiredRows } from '@nandax/app/ports/housekeeping.ts';
import type { LetterBox, MailTransport } from '@nandax/app/ports/mail.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';
import { closeLiveDays } from '@nandax/app/portfolios/close-live-days.ts';
import type { ReconcilePorts } from '@nandax/app/reconciliation/reconcile-account.ts';
import { reconcileAccounts } from '@nandax/app/reconciliation/reconcile-accounts.ts';
import { writeLettersForRequests } from '@nandax/app/registration/write-letters-for-requests.ts';
import { sweepKillSwitches, type KillSwitchPorts } from '@nandax/app/risk/sweep-kill-switch.ts';
import type { RoundsPlan } from './rounds.ts';

const second = 1_000;

/** Moves events out of the outbox as soon as transactions leave them there. */
export function outboxRelay(
  ports: Pick<TradingPorts, 'store' | 'queue' | 'bus' | 'clock' | 'log'>,
): RoundsPlan {
  return {
    everyMs: second,
    calls: ['outbox'],
    chores: [
      { name: 'relay the outbox', run: () => relayOutbox(ports) },
      { name: 'queue failed jobs again', run: () => requeueFailedJobs(ports) },
    ],
  };
}

/** Goes on with pulled kill switches until all is flat. */
export function killSwitchSweep(ports: KillSwitchPorts): RoundsPlan {
  return {
    everyMs: second,
    calls: ['kill-switch'],
    chores: [{ name: 'sweep kill switches', run: () => sweepKillSwitches(ports) }],
  };
}

/** Asks brokers about orders of which we do not know enough, and whether stops still rest. */
export function orderReconciliation(ports: SubmitPorts): RoundsPlan {
  return {
    everyMs: 15 * second,
    chores: [
      { name: 'reconcile orders', run: () => reconcileOrders(ports) },
      { name: 'look after protections', run: () => sweepProtections(ports) },
    ],
  };
}

/** Compares the books of brokers with ours, each account's in its turn. */
export function accountReconciliation(ports: ReconcilePorts): RoundsPlan {
  return {
    everyMs: 5 * second,
    chores: [{ name: 'reconcile accounts', run: () => reconcileAccounts(ports) }],
  };
}

export interface PostOfficePorts extends AccountPorts {
  readonly letterBox: LetterBox;
  /** Null: no mail server; letters stay in the local outbox. */
  readonly mail: MailTransport | null;
}

/** Writes the letters that were asked for, and hands all that wait, or were put off, to the mail server. */
export function postOffice(ports: PostOfficePorts): RoundsPlan {
  const { mail } = ports;
  const write = { name: 'write letters', run: () => writeLettersForRequests(ports) };
  const chores =
    mail === null
      ? [write]
      : [write, { name: 'deliver letters', run: () => deliverLetters({ ...ports, mail }) }];
  return { everyMs: 30 * second, calls: ['letters'], chores };
}

export type HousekeepingPorts = AccountPorts &
  AgentPorts &
  Pick<TradingPorts, 'history'> & { readonly expiredRows: ExpiredRows };

/** Clears up what is due by the clock and by nothing else. */
export function housekeeping(ports: HousekeepingPorts): RoundsPlan {
  return {
    everyMs: 3_600 * second,
    chores: [
      { name: 'stop agents of closed accounts', run: () => stopAgentsOfClosedAccounts(ports) },
      { name: 'erase accounts that are due', run: () => eraseDueAccounts(ports) },
      { name: 'sweep expired rows', run: () => sweepExpiredRows(ports) },
      { name: 'close days of live markets', run: () => closeLiveDays(ports) },
    ],
  };
}

/** Anchors the heads of the audit trail as they move; what trades tells of its rows by its events only. */
export function auditAnchoring(ports: AnchorHeadsPorts): RoundsPlan {
  const heads = new AnchoredHeads(ports);
  return {
    everyMs: 60 * second,
    calls: ['audit', 'outbox'],
    // A burst of rows is one batch and one fsync.
    gatherMs: 100,
    endsWithRound: true,
    chores: [{ name: 'anchor the audit trail', run: () => heads.catchUp() }],
  };
}

import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import {
  illegalState,
  invalidInput,
  notFound,
  type IllegalState,
  type InvalidInput,
  type NotFound,
} from '../failures.ts';
import { installationChain } from '../ports/audit.ts';
import {
  platformScopeId,
  type ScopeKey,
  type TradingStateRecord,
  type UnfinishedInScope,
} from '../ports/risk.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';

/** What a kill switch shuts: one of the user's portfolios, all of them, or the installation. */
export interface KillSwitchTarget {
  readonly scope: 'PORTFOLIO' | 'USER' | 'PLATFORM';
  /** Portfolio of the scope PORTFOLIO; null otherwise. */
  readonly portfolioId: string | null;
}

export interface KillSwitchInput {
  readonly actor: AccountActor;
  /** Whether the actor may shut the whole installation, for which they have to be there in person. */
  readonly administrates: boolean;
  readonly target: KillSwitchTarget;
  /** Why, in the user's words; shown beside the state. */
  readonly reason: string;
}

/** A pulled kill switch, and what it found to be ended. */
export interface ActivatedKillSwitch extends UnfinishedInScope {
  readonly state: TradingStateRecord;
}

type KillSwitchPorts = Pick<TradingPorts, 'store' | 'clock' | 'ids' | 'bus'>;

/**
 * Pulls the kill switch: from the commit on nothing opens a position in the scope, whoever asks;
 * then the workers stop agents, take orders back and leave positions at the market, again and again
 * until all is flat and the scope is HALTED; a crash in between only delays them. Nothing resumes by
 * itself: see `releaseKillSwitch`.
 */
export async function activateKillSwitch(
  ports: KillSwitchPorts,
  { actor, administrates, target, reason }: KillSwitchInput,
): Promise<Result<ActivatedKillSwitch, InvalidInput | NotFound>> {
  const forbidden = checkTarget(actor, administrates, target);
  if (forbidden !== null) return fail(forbidden);
  const why = reason.trim();
  if (why.length < 1 || why.length > 200) {
    return fail(invalidInput('reason', 'A reason has 1 to 200 characters.'));
  }
  const now = ports.clock.now();
  const activated = await ports.store.transaction(async (rows) => {
    const key = await scopeOf(rows, actor, target);
    if (key === null) return fail(notFound('Portfolio', target.portfolioId ?? ''));
    const before = await rows.risk.lockTradingState(key);
    const state: TradingStateRecord = {
      ...key,
      state: 'REDUCING',
      reason: why,
      killSwitchId: ports.ids.uuid(),
    };
    await rows.risk.saveTradingState(state, now);
    const found = await rows.risk.unfinishedIn(key);
    await audit(rows, 'KILL_SWITCH_ACTIVATED', actor, before, state, found, now);
    return succeed({ state, ...found });
  });
  if (!activated.ok) return activated;
  await Promise.all([ports.bus.publish('kill-switch', {}), ports.bus.publish('audit', {})]);
  return activated;
}

/** Why the actor may not touch the kill switch of a target; null: they may. */
function checkTarget(
  actor: AccountActor,
  administrates: boolean,
  { scope, portfolioId }: KillSwitchTarget,
): InvalidInput | null {
  if ((scope === 'PORTFOLIO') !== (portfolioId !== null)) {
    return invalidInput('portfolioId', 'A portfolio is named where it is meant, and only there.');
  }
  if (scope !== 'PLATFORM' || (administrates && actor.kind === 'USER')) return null;
  return invalidInput('scope', 'Only administrators, logged in themselves, shut the installation.');
}

/** Lets the scope trade again. Agents stay stopped and orders stay away: each is a deed of its own. */
export async function releaseKillSwitch(
  ports: Omit<KillSwitchPorts, 'ids'>,
  { actor, administrates, target }: Omit<KillSwitchInput, 'reason'>,
): Promise<Result<TradingStateRecord, InvalidInput | NotFound | IllegalState>> {
  const forbidden = checkTarget(actor, administrates, target);
  if (forbidden !== null) return fail(forbidden);
  const now = ports.clock.now();
  const released = await ports.store.transaction(async (rows) => {
    const key = await scopeOf(rows, actor, target);
    if (key === null) return fail(notFound('Portfolio', target.portfolioId ?? ''));
    const before = await rows.risk.lockTradingState(key);
    if (before.killSwitchId === null) {
      return fail(illegalState(before.state, 'No kill switch holds here.'));
    }
    const state: TradingStateRecord = { ...key, state: 'ACTIVE', reason: null, killSwitchId: null };
    await rows.risk.saveTradingState(state, now);
    await audit(rows, 'KILL_SWITCH_RELEASED', actor, before, state, null, now);
    return succeed(state);
  });
  if (released.ok) await ports.bus.publish('audit', {});
  return released;
}

async function scopeOf(
  rows: StoreTransaction,
  { userId }: AccountActor,
  { scope, portfolioId }: KillSwitchTarget,
): Promise<ScopeKey | null> {
  switch (scope) {
    case 'PLATFORM':
      return { scope, scopeId: platformScopeId };
    case 'USER':
      return { scope, scopeId: userId };
    case 'PORTFOLIO':
      if (portfolioId === null || !(await rows.runs.ownsPortfolio(portfolioId, userId)))
        return null;
      return { scope, scopeId: portfolioId };
  }
}

function audit(
  rows: StoreTransaction,
  action: 'KILL_SWITCH_ACTIVATED' | 'KILL_SWITCH_RELEASED',
  actor: AccountActor,
  before: TradingStateRecord,
  after: TradingStateRecord,
  found: UnfinishedInScope | null,
  at: Date,
): Promise<void> {
  const { scope, scopeId } = after;
  return rows.audit.append(
    [
      {
        chain: scope === 'PLATFORM' ? installationChain : actor.userId,
        action,
        actor,
        entity: 'TradingState',
        entityId: scopeId,
        before: { scope, state: before.state, reason: before.reason },
        after: { scope, state: after.state, reason: after.reason, ...found },
      },
    ],
    at,
  );
}

import { systemActor } from '../actor.ts';
import { stopAgent } from '../agents/stop-agent.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import type { SubmitPorts } from '../orders/submit-order.ts';
import { installationChain } from '../ports/audit.ts';
import type { ScopeKey, TradingStateRecord } from '../ports/risk.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { flattenPortfolio } from './flatten-portfolio.ts';

export type KillSwitchPorts = SubmitPorts & Pick<TradingPorts, 'history'>;

/** What one pass over a scope did. */
export interface KillSwitchCounts {
  readonly portfolios: number;
  readonly stoppedAgents: number;
  readonly cancelledOrders: number;
  readonly exitOrders: number;
  /** Whether nothing is held and nothing can execute any more in the scope. */
  readonly flat: boolean;
}

/**
 * One pass of a kill switch over all portfolios of its scope; the one that finds them flat halts the
 * scope. Safe to run any number of times, side by side and after any crash.
 */
export async function sweepKillSwitch(
  ports: KillSwitchPorts,
  state: TradingStateRecord,
): Promise<KillSwitchCounts> {
  const portfolios = await ports.store.read(({ risk }) => risk.portfoliosIn(state));
  let stoppedAgents = 0;
  let cancelledOrders = 0;
  let exitOrders = 0;
  let flat = true;
  for (const { id, userId } of portfolios) {
    const agents = await ports.store.read(({ risk }) => risk.startedAgents(id));
    for (const { id: agentId } of agents) {
      const reference = { userId, actor: systemActor, agentId, exitPositions: false };
      if ((await stopAgent(ports, reference)).ok) stoppedAgents += 1;
    }
    const pass = await flattenPortfolio(ports, id);
    cancelledOrders += pass.cancelledOrders;
    exitOrders += pass.exitOrders;
    flat &&= pass.flat;
  }
  if (flat) await halt(ports, state, portfolios);
  return { portfolios: portfolios.length, stoppedAgents, cancelledOrders, exitOrders, flat };
}

/** Goes on with every kill switch that is not flat yet. One that fails holds up no other. */
export async function sweepKillSwitches(ports: KillSwitchPorts): Promise<void> {
  const flattening = await ports.store.read(({ risk }) => risk.flattening());
  for (const state of flattening) {
    await sweepKillSwitch(ports, state).catch((error: unknown) =>
      ports.log.error(
        { error, scope: state.scope, scopeId: state.scopeId },
        'kill switch pass failed',
      ),
    );
  }
}

/** REDUCING becomes HALTED, if it is still the same kill switch. */
async function halt(
  ports: KillSwitchPorts,
  { scope, scopeId, killSwitchId }: TradingStateRecord,
  portfolios: readonly { readonly id: string; readonly userId: string }[],
): Promise<void> {
  const now = ports.clock.now();
  const halted = await ports.store.transaction(async (rows) => {
    const state = await rows.risk.lockTradingState({ scope, scopeId });
    if (state.killSwitchId !== killSwitchId || state.state !== 'REDUCING') return false;
    await rows.risk.saveTradingState({ ...state, state: 'HALTED' }, now);
    await rows.audit.append(
      [
        {
          chain: chainOf({ scope, scopeId }, portfolios),
          action: 'KILL_SWITCH_FINISHED',
          actor: systemActor,
          entity: 'TradingState',
          entityId: scopeId,
          before: { scope, state: 'REDUCING' },
          after: { scope, state: 'HALTED' },
        },
      ],
      now,
    );
    const [portfolio] = portfolios;
    if (scope === 'PORTFOLIO' && portfolio !== undefined) {
      await rows.events.append(portfolio.userId, [portfolioEvent(portfolio.id)], now);
    }
    return true;
  });
  if (halted) await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
}

/** The chain of whom a kill switch shuts. */
function chainOf(
  { scope, scopeId }: ScopeKey,
  portfolios: readonly { readonly userId: string }[],
): string {
  if (scope === 'USER') return scopeId;
  return scope === 'PORTFOLIO' ? (portfolios[0]?.userId ?? installationChain) : installationChain;
}

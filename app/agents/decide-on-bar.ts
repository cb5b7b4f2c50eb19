import {
  decideSignals,
  decideSquareOff,
  type Decision,
  type Holding,
  type HoldingMemory,
} from '@nandax/core/strategy/decide-signals.ts';
import type { RuleInput } from '@nandax/core/strategy/evaluate/rule-reading.ts';
import { systemActor } from '../actor.ts';
import type { DecisionTrigger } from '../jobs.ts';
import { loadDoorData } from '../orders/pass-door.ts';
import type { Json } from '../ports/events.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradeRecord } from '../ports/portfolios.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import type { InstrumentRecord, RunRecord, StrategyVersionRecord } from '../records.ts';
import { rulesOfVersion, type VersionRules } from '../strategies/version-rules.ts';
import { equityOfRun } from './equity-of-run.ts';
import { holdingsOf } from './holdings.ts';
import { recordDecision, type DecisionToRecord } from './record-decision.ts';
import type { BarView, RunWalk } from './run-walk.ts';
import type { RunWalks } from './run-walks.ts';

export interface BarToDecide {
  readonly runId: string;
  readonly trigger: DecisionTrigger;
  /** Close of the bar, epoch ms of market time. */
  readonly barTime: number;
}

type DecidePorts = Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'> & {
  readonly walks: RunWalks;
};

/**
 * Decides for one run on one closed bar, or squares it off, and sends what it decided through the
 * one door. Runs any number of times with the effect of one: the decision's row is unique.
 */
export async function decideOnBar(ports: DecidePorts, asked: BarToDecide): Promise<void> {
  const found = await findRun(ports, asked.runId);
  if (found === null) return;
  const { run, version, walk } = found;
  const rules = rulesOfVersion(version);
  const { traded, strategy } = rules;
  const view = asked.trigger === 'BAR' ? walk.at(asked.barTime) : null;
  const door = await loadDoorData(ports);

  await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(run.portfolioId);
    const now = await rows.runs.findRun(run.id);
    if (portfolio === null || now === null || !mayDecide(now, asked.trigger)) return;
    const state = await readState(rows, run, rules, view);
    const { signals, passedEntries } =
      asked.trigger === 'SQUARE_OFF'
        ? {
            signals: decideSquareOff(state.holdings, (one) =>
              walk.isSquareOffDue(one, asked.barTime),
            ),
            passedEntries: [],
          }
        : decideOn(view, rules, state);
    const drafts = await recordDecision(rows, ports, door, {
      run,
      traded,
      portfolio,
      signals,
      ...senderOf(run, asked.trigger),
      product: strategy.document.product,
      decision: {
        id: ports.ids.uuid(),
        runId: run.id,
        trigger: asked.trigger,
        timeFrame: version.timeFrame,
        barTime: new Date(asked.barTime),
        signals: signals.map(({ instrument, ...signal }) => ({
          instrumentId: idOf(traded, instrument),
          ...signal,
        })),
        inputs: inputsOf(view, traded),
        memory: state.memories as unknown as Json,
        reason: reasonOf({ signals, passedEntries }, state.holdings, asked.trigger),
        createdAt: ports.clock.now(),
      },
    });
    if (drafts.length > 0) await rows.events.append(run.userId, drafts, ports.clock.now());
  });
  await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  await ports.bus.publish(`feed.${run.feedId}`, {});
}

/** A square-off is the platform's doing, everything else the agent's. */
function senderOf(
  { agentId, userId }: RunRecord,
  trigger: BarToDecide['trigger'],
): Pick<DecisionToRecord, 'source' | 'actor'> {
  if (trigger === 'SQUARE_OFF') return { source: 'SQUARE_OFF', actor: systemActor };
  const actor = agentId === null ? systemActor : ({ kind: 'AGENT', userId, agentId } as const);
  return { source: 'AGENT', actor };
}

/** A run of an agent on a replay: the only kind that decides by jobs yet. */
type AgentRun = RunRecord & { readonly portfolioId: string; readonly feedId: string };

async function findRun(
  ports: DecidePorts,
  runId: string,
): Promise<{
  readonly run: AgentRun;
  readonly version: StrategyVersionRecord;
  readonly walk: RunWalk;
} | null> {
  const found = await ports.store.read(async (rows) => {
    const run = await rows.runs.findRun(runId);
    if (run === null || run.portfolioId === null || run.feedId === null) return null;
    const version = await rows.runs.findVersion(run.strategyVersionId);
    const session = await rows.feeds.findReplay(run.feedId);
    if (version === null || session === null) return null;
    const { portfolioId, feedId } = run;
    return { run: { ...run, portfolioId, feedId }, version, session };
  });
  if (found === null) return null;
  const { run, version, session } = found;
  const walk = await ports.walks.of(run, version, session);
  return { run, version, walk };
}

/** A paused run decides nothing, but its intraday positions still leave in time. */
function mayDecide({ status }: RunRecord, trigger: DecisionTrigger): boolean {
  return status === 'RUNNING' || (status === 'PAUSED' && trigger === 'SQUARE_OFF');
}

/** What a run decides in, as it stands in the database. */
interface RunState {
  readonly holdings: readonly Holding[];
  /** As the decision before this one left them; the decision brings them up to date. */
  readonly memories: (HoldingMemory | null)[];
  /** Rupees; NaN where the size of an entry does not follow it. */
  readonly equity: number;
}

async function readState(
  rows: StoreTransaction,
  run: AgentRun,
  { strategy, traded }: VersionRules,
  view: BarView | null,
): Promise<RunState> {
  const openTrades = await rows.portfolios.openTradesOfRun(run.id);
  const working = await rows.orders.working(run.portfolioId);
  const kept = ((await rows.runs.latestMemory(run.id)) ?? []) as readonly (HoldingMemory | null)[];
  const { kind } = strategy.terms.size;
  const followsEquity = view !== null && (kind === 'equity' || kind === 'risk');
  return {
    holdings: holdingsOf(run.id, traded, openTrades, working),
    memories: traded.map((_, index) => kept[index] ?? null),
    equity: followsEquity ? await readEquity(rows, run, traded, openTrades, view) : NaN,
  };
}

async function readEquity(
  rows: StoreTransaction,
  run: AgentRun,
  traded: readonly InstrumentRecord[],
  openTrades: readonly TradeRecord[],
  { lastCloses }: BarView,
): Promise<number> {
  const net = await rows.portfolios.netOfClosedTrades(run.id);
  return equityOfRun(run.initialCapital, net, openTrades, traded, lastCloses);
}

function decideOn(
  view: BarView | null,
  { strategy, traded }: VersionRules,
  { holdings, memories, equity }: RunState,
): Decision {
  // The recording changed under the replay and has no such bar any more: nothing to decide on.
  if (view === null) return { signals: [], passedEntries: [] };
  const lots = traded.map(({ lotSize, multiplier }) => ({
    lotSize,
    multiplier: multiplier.toNumber(),
  }));
  const lastClose = (instrument: number): number => view.lastCloses[instrument] ?? NaN;
  return decideSignals(
    { strategy, lots, holdings, memories, equity: () => equity, lastClose },
    view.bars,
  );
}

function inputsOf(view: BarView | null, instruments: readonly InstrumentRecord[]): Json {
  if (view === null) return [];
  return view.bars.flatMap(({ instrument }) =>
    (view.inputs[instrument] ?? []).map(({ expression, value }: RuleInput) => ({
      instrumentId: idOf(instruments, instrument),
      expression,
      value,
    })),
  );
}

function idOf(instruments: readonly InstrumentRecord[], index: number): string {
  const instrument = instruments[index];
  if (instrument === undefined) throw new RangeError(`no instrument ${index}`);
  return instrument.id;
}

/** One sentence for people: what was done and why, or why nothing was. */
function reasonOf(
  { signals, passedEntries }: Decision,
  holdings: readonly Holding[],
  trigger: DecisionTrigger,
): string {
  const said = [...signals, ...passedEntries].map(({ text }) => text);
  if (said.length > 0) return `${said.join('; ')}.`.replace(/^./, (first) => first.toUpperCase());
  if (trigger === 'SQUARE_OFF') return 'Nothing was left to square off.';
  if (holdings.some(({ working }) => working)) return 'An order is still working.';
  return holdings.some(({ quantity }) => quantity !== 0)
    ? 'No exit: the position is kept.'
    : 'No entry rule is true.';
}

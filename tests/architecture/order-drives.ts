import { Decimal } from 'decimal.js';
import { decideOnBar } from '@nandax/app/agents/decide-on-bar.ts';
import { stopAgent } from '@nandax/app/agents/stop-agent.ts';
import { placeGtt } from '@nandax/app/gtt/place-gtt.ts';
import { cancelAllOrders, cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { closeTrade } from '@nandax/app/orders/close-trade.ts';
import { exitAllPositions } from '@nandax/app/orders/exit-all-positions.ts';
import { exitPosition } from '@nandax/app/orders/exit-position.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { loadDoorData } from '@nandax/app/orders/pass-door.ts';
import { placeBasket } from '@nandax/app/orders/place-basket.ts';
import { placeBracket } from '@nandax/app/protection/place-bracket.ts';
import { setProtectiveStop } from '@nandax/app/protection/set-protective-stop.ts';
import { squareOffPositions } from '@nandax/app/replay/square-off-positions.ts';
import { flattenPortfolio } from '@nandax/app/risk/flatten-portfolio.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Side } from '@nandax/core/order/order-terms.ts';
import { stageTime, type ChokePointStage } from '../kit/choke-point-stage.ts';
import { expectOk } from '../kit/trading-world.ts';
import type { EntryPoint } from './order-paths.ts';

/** A use-case at work on the stage. */
export interface Drive {
  readonly what: string;
  /**
   * What it asks of the broker: ENTRY opens or enlarges, EXIT only reduces, CHANGE enlarges an order
   * that rests there, CANCEL takes one back.
   */
  readonly kind: 'ENTRY' | 'EXIT' | 'CHANGE' | 'CANCEL';
  /** Done while trading is open. */
  readonly before?: (stage: ChokePointStage) => Promise<unknown>;
  /** Done when trading is shut; what it leaves to the queue is delivered after it. */
  readonly act: (stage: ChokePointStage) => Promise<unknown>;
  /** Trading states in which it does nothing of its own accord; left out: none. */
  readonly restsIn?: readonly ('ACTIVE' | 'HALTED')[];
  /** Whether its orders were written down while trading was open. */
  readonly passedBefore?: boolean;
}

const units = (quantity: number) => new Decimal(quantity);

function placeOf({ actor, portfolioId, instrumentId }: ChokePointStage) {
  return { actor, portfolioId, instrumentId, product: 'MIS' } as const;
}

/** A GTT that fires when the share trades at its trigger. */
async function waitFor(stage: ChokePointStage, side: Side, trigger: number): Promise<void> {
  const leg = { triggerPrice: units(trigger), price: units(trigger), quantity: units(10) };
  const { actor, portfolioId, instrumentId } = stage;
  const common = { actor, portfolioId, instrumentId, side, product: 'CNC' } as const;
  expectOk(await placeGtt(stage.ports, { ...common, idempotencyKey: stage.key(), legs: [leg] }));
}

function trade(stage: ChokePointStage, price: number) {
  const time = stageTime.getTime() + 60_000;
  return stage.gtts.hear([{ instrument: 0, time, price, volume: null }], new Date(time));
}

const barTime = stageTime.getTime() + 60_000;
/** When intraday positions in a share leave; before it nothing of a run is squared off. */
const squareOffTime = Date.parse('2019-07-09T15:20:00+05:30');

/**
 * How each entry point of order-paths.ts is driven, and what changes orders beside them. Whoever
 * adds an entry point adds its rows here: at least one for each thing it can ask of a broker.
 */
export const drives: Readonly<
  Record<EntryPoint | 'modifyOrder' | 'cancelOrder' | 'the queue', readonly Drive[]>
> = {
  placeOrder: [
    { what: 'an entry', kind: 'ENTRY', act: (stage) => stage.order() },
    {
      what: 'an entry in slices',
      kind: 'ENTRY',
      before: ({ world, instrumentId }) =>
        world.database.prisma.instrument.update({
          where: { id: instrumentId },
          data: { freezeQuantity: 4 },
        }),
      act: (stage) => stage.order({ autoSlice: true }),
    },
    {
      what: 'an exit',
      kind: 'EXIT',
      before: (stage) => stage.hold(),
      act: (stage) => stage.order({ side: 'SELL', reduceOnly: true }),
    },
  ],
  placeBasket: [
    {
      what: 'two entries',
      kind: 'ENTRY',
      act: ({ ports, actor, portfolioId, instrumentId, ...stage }) => {
        const leg = { ...plainTerms, instrumentId, type: 'MARKET', product: 'MIS' } as const;
        return placeBasket(ports, {
          actor,
          portfolioId,
          idempotencyKey: `basket ${stage.world.ports.ids.uuid()}`,
          legs: [
            { ...leg, side: 'BUY', quantity: units(10) },
            { ...leg, side: 'BUY', quantity: units(20) },
          ],
        });
      },
    },
  ],
  exitPosition: [
    {
      what: 'the whole position',
      kind: 'EXIT',
      before: (stage) => stage.hold(),
      act: (stage) =>
        exitPosition(stage.ports, {
          actor: stage.actor,
          idempotencyKey: stage.key(),
          portfolioId: stage.portfolioId,
          instrumentId: stage.instrumentId,
          product: 'MIS',
          quantity: null,
        }),
    },
  ],
  exitAllPositions: [
    {
      what: 'all that is held',
      kind: 'EXIT',
      before: (stage) => stage.hold(),
      act: (stage) =>
        exitAllPositions(stage.ports, {
          actor: stage.actor,
          idempotencyKey: stage.key(),
          portfolioId: stage.portfolioId,
          cancelWorkingOrders: false,
        }),
    },
  ],
  closeTrade: [
    {
      what: 'one trade',
      kind: 'EXIT',
      before: (stage) => stage.hold(),
      act: async (stage) => {
        const { id } = await stage.world.database.prisma.trade.findFirstOrThrow();
        const { ports, actor } = stage;
        return closeTrade(ports, {
          actor,
          idempotencyKey: stage.key(),
          tradeId: id,
          quantity: null,
        });
      },
    },
  ],
  'agent signal': [
    {
      what: 'an entry by its rules',
      kind: 'ENTRY',
      act: ({ ports, agent: { runId } }) => decideOnBar(ports, { runId, trigger: 'BAR', barTime }),
    },
    {
      what: 'the square-off of its run',
      kind: 'EXIT',
      before: (stage) => stage.hold({ by: 'AGENT' }),
      act: ({ ports, agent: { runId } }) =>
        decideOnBar(ports, { runId, trigger: 'SQUARE_OFF', barTime: squareOffTime }),
    },
  ],
  stopAgent: [
    {
      what: 'leaving what its run holds',
      kind: 'EXIT',
      before: (stage) => stage.hold({ by: 'AGENT' }),
      act: ({ ports, actor, agent: { agentId }, world: { userId } }) =>
        stopAgent(ports, { userId, actor, agentId, exitPositions: true }),
    },
  ],
  GTT: [
    {
      what: 'a trigger that buys',
      kind: 'ENTRY',
      before: (stage) => waitFor(stage, 'BUY', 94),
      act: (stage) => trade(stage, 94),
    },
    {
      what: 'a trigger that sells what is held',
      kind: 'EXIT',
      before: async (stage) => {
        await stage.hold({ product: 'CNC' });
        await waitFor(stage, 'SELL', 96);
      },
      act: (stage) => trade(stage, 96),
    },
  ],
  placeBracket: [
    {
      what: 'an entry with its stop and target',
      kind: 'ENTRY',
      act: (stage) =>
        placeBracket(stage.ports, {
          ...plainTerms,
          ...placeOf(stage),
          idempotencyKey: stage.key(),
          side: 'BUY',
          type: 'MARKET',
          quantity: units(10),
          stopPrice: units(90),
          targetPrice: units(100),
        }),
    },
  ],
  protection: [
    {
      what: 'a stop for what is held',
      kind: 'EXIT',
      // Nothing is set where nothing can be placed.
      restsIn: ['HALTED'],
      before: (stage) => stage.hold(),
      act: (stage) =>
        setProtectiveStop(stage.ports, {
          ...placeOf(stage),
          stopPrice: units(90),
          stopPercent: null,
          targetPrice: null,
        }),
    },
  ],
  'square-off': [
    {
      what: 'what a person holds intraday',
      kind: 'EXIT',
      before: (stage) => stage.hold(),
      act: async ({ ports, portfolioId, ...stage }) => {
        const data = await loadDoorData(ports);
        const late = new Date('2019-07-09T15:20:00+05:30');
        // Each drive is a moment of its own: one moment squares off once.
        const at = new Date(late.getTime() + (await countRequests(stage.world)));
        await ports.store.transaction(async (rows) => {
          const portfolio = await rows.portfolios.lock(portfolioId);
          if (portfolio === null) throw new Error('the portfolio is gone');
          await squareOffPositions(rows, ports, data, portfolio, at);
        });
      },
    },
  ],
  'kill switch': [
    {
      what: 'flattening',
      kind: 'EXIT',
      // It leaves nothing of a portfolio that is open, and finds none to leave in one that is halted.
      restsIn: ['ACTIVE', 'HALTED'],
      before: (stage) => stage.hold(),
      act: ({ ports, portfolioId }) => flattenPortfolio(ports, portfolioId),
    },
    {
      what: 'taking orders back',
      kind: 'CANCEL',
      restsIn: ['ACTIVE'],
      before: (stage) => stage.rest(),
      act: ({ ports, portfolioId }) => flattenPortfolio(ports, portfolioId),
    },
  ],
  modifyOrder: [
    {
      what: 'more units',
      kind: 'CHANGE',
      before: (stage) => stage.rest(),
      act: async (stage) => {
        const changes = { quantity: units(20) };
        return modifyOrder(stage.ports, {
          actor: stage.actor,
          orderId: await restingOrder(stage),
          changes,
        });
      },
    },
  ],
  cancelOrder: [
    {
      what: 'one order',
      kind: 'CANCEL',
      before: (stage) => stage.rest(),
      act: async (stage) => {
        const orderId = await restingOrder(stage);
        return cancelOrder(stage.ports, { actor: stage.actor, orderId });
      },
    },
    {
      what: 'all orders',
      kind: 'CANCEL',
      before: (stage) => stage.rest(),
      act: ({ ports, actor, portfolioId }) => cancelAllOrders(ports, { actor, portfolioId }),
    },
  ],
  'the queue': [
    {
      what: 'an entry that passed while trading was open',
      kind: 'ENTRY',
      passedBefore: true,
      before: async (stage) => expectOk(await stage.order()),
      act: () => Promise.resolve(),
    },
    {
      what: 'an exit that passed while trading was open',
      kind: 'EXIT',
      passedBefore: true,
      before: async (stage) => {
        await stage.hold();
        expectOk(await stage.order({ side: 'SELL' }));
      },
      act: () => Promise.resolve(),
    },
    {
      what: 'a change that passed while trading was open',
      kind: 'CHANGE',
      before: async (stage) => {
        const { id } = await stage.rest();
        const { ports, actor } = stage;
        expectOk(
          await modifyOrder(ports, { actor, orderId: id, changes: { quantity: units(20) } }),
        );
      },
      act: () => Promise.resolve(),
    },
  ],
};

function countRequests(world: ChokePointStage['world']): Promise<number> {
  return world.database.prisma.orderRequest.count();
}

async function restingOrder({ world }: ChokePointStage): Promise<string> {
  const where = { status: 'ACCEPTED' } as const;
  return (await world.database.prisma.order.findFirstOrThrow({ where })).id;
}

import { plainTerms } from '@nandax/core/order/order.ts';
import {
  placeBasket,
  type BasketLeg,
  type PlaceBasketInput,
} from '@nandax/app/orders/place-basket.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import { Decimal } from 'decimal.js';
import { brokerFaults, type BrokerFault } from '../broker/faults.ts';
import { rejectedFrom, refusedFrom, StandInBroker } from '../broker/stand-in-broker.ts';
import { Installation } from './installation.ts';
import { isAtRest, judge, type AnsweredOrder, type Outcome } from './judge.ts';
import { Scheduler, type SimulatedProcess } from './scheduler.ts';
import { FaultyNetwork } from './simulated-broker.ts';
import { KillPlan } from './kill-plan.ts';
import { orderSteps } from './steps.ts';
import { listed, portfolioId, seedDatabase, simulationStart, traderId } from './trading-data.ts';

/** What a seed's story was and what it left. */
export interface SeedReport {
  readonly seed: number;
  /** The step at which the story kills a process. */
  readonly step: string;
  readonly fault: BrokerFault;
  /** Whether the step came, so that the kill happened. */
  readonly reached: boolean;
  readonly kills: number;
  readonly orders: number;
  /** Turns that the scheduler gave: the same seed takes the same number. */
  readonly turns: number;
  /** Steps that were taken and are not in the list. */
  readonly unlisted: readonly string[];
  /** What is wrong; empty: nothing. */
  readonly problems: readonly string[];
}

/** Virtual milliseconds after the last answer in which everything must come to rest. */
const restWithinMs = 5 * 60_000;
/** How often the market moves, virtual milliseconds. */
const tickEveryMs = 700;

/** The cells of the coverage table, walked over and over as seeds rise. */
const cells = orderSteps.flatMap((step) => brokerFaults.map((fault) => ({ step, fault })));

export const cellCount = cells.length;

/**
 * Plays the story of a seed; the same seed plays the same story. A broker that does not know its tags
 * though we believe that it does (`knowsTags: false`) is for proving that the judge sees doubles.
 */
export async function playSeed(seed: number, { knowsTags = true } = {}): Promise<SeedReport> {
  const cell = cells[seed % cells.length];
  if (cell === undefined) throw new RangeError(`no cell for seed ${seed}`);
  const { step, fault } = cell;
  const scheduler = new Scheduler(seed, simulationStart);
  const { random } = scheduler;
  // Half of the brokers take what arrives twice for two orders, and we know it.
  const placesOnce = !knowsTags || random.chance(0.5);
  const broker = new StandInBroker({
    instruments: listed,
    placesOnce: knowsTags && placesOnce,
    marketTime: simulationStart,
  });
  const network = new FaultyNetwork(scheduler, broker, fault);

  const plan = new KillPlan(random, step);
  const installation = new Installation(scheduler, network, {
    placesOnce,
    diesAt: (at) => plan.diesAt(at),
  });
  await seedDatabase(installation.database);

  const answered: AnsweredOrder[] = [];
  let asking = 0;
  const outside: SimulatedProcess = { name: 'client', alive: true };
  const ask = (input: PlaceOrderInput | PlaceBasketInput): void => {
    asking += 1;
    scheduler.spawn(outside, async () => {
      await scheduler.sleep(outside, random.below(3_000));
      const answer = await installation.place<Answer>((ports) =>
        'legs' in input ? placeBasket(ports, input) : placeOrder(ports, input),
      );
      answered.push({ input, orderId: orderIdOf(answer) });
      asking -= 1;
    });
  };
  const orders = 2 + random.below(4);
  for (let order = 0; order < orders; order += 1) {
    const key = `key-${order}`;
    const input = random.chance(0.3) ? basketOf(random, key) : inputOf(random, key);
    ask(input);
    // An impatient client, or one whose first call was lost, says it again meanwhile.
    if (random.chance(0.4)) ask(input);
  }
  scheduler.spawn(outside, async () => {
    const prices = new Map<string, number>(listed.map(({ id, price }) => [id, price]));
    for (;;) {
      await scheduler.sleep(outside, tickEveryMs);
      const { id, tickSize } = random.pick(listed);
      const price = (prices.get(id) ?? NaN) + (random.below(7) - 3) * tickSize;
      prices.set(id, Math.round(price * 100) / 100);
      broker.tick(id, Math.round(price * 100) / 100);
    }
  });

  const problems: string[] = [];
  try {
    await scheduler.run(() => asking === 0);
    const trouble = scheduler.now + 20_000;
    await scheduler.run(() => scheduler.now >= trouble);
    plan.endRandomKills();
    network.heal();
    // A process that was away reads the broker's book when it is back.
    installation.startRetelling();
    const deadline = scheduler.now + restWithinMs;
    await scheduler.run(
      () =>
        scheduler.now >= deadline ||
        (network.isQuiet && isAtRest(outcomeOf(installation), broker.book)),
    );
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  problems.push(...judge(outcomeOf(installation), broker.book, answered), ...installation.errors);
  const { reached, kills, unlisted } = plan;
  const { turns } = scheduler;
  return { seed, step, fault, reached, kills, orders, turns, unlisted: [...unlisted], problems };
}

function outcomeOf({ database }: Installation): Outcome {
  return {
    orders: database.rows('Order'),
    fills: database.rows('Fill'),
    positions: database.rows('Position'),
    ledger: database.rows('LedgerTransaction'),
    events: database.rows('Event'),
  };
}

type Answer = Awaited<ReturnType<typeof placeOrder>> | Awaited<ReturnType<typeof placeBasket>>;

/** The order that a client was told of. */
function orderIdOf(answer: Answer): string {
  if (answer.ok) {
    const [first] = [answer.value].flat();
    return first?.id ?? 'nothing';
  }
  const { failure } = answer;
  return failure.kind === 'ORDER_DENIED' ? failure.order.id : `refused: ${failure.kind}`;
}

const trader = {
  kind: 'USER',
  userId: traderId,
  sessionId: traderId,
  ipAddress: null,
  userAgent: null,
} as const;

/** An order as a trader sends it; some are too large for the broker, some for her account. */
function inputOf(random: Scheduler['random'], idempotencyKey: string): PlaceOrderInput {
  return { actor: trader, idempotencyKey, portfolioId, ...legOf(random) };
}

/** A basket of two to four legs. */
function basketOf(random: Scheduler['random'], idempotencyKey: string): PlaceBasketInput {
  const legs = Array.from({ length: 2 + random.below(3) }, () => legOf(random));
  return { actor: trader, idempotencyKey, portfolioId, legs };
}

function legOf(random: Scheduler['random']): BasketLeg {
  const quantity = random.pick([1, 10, 50, 100, 150, rejectedFrom, refusedFrom]);
  return {
    instrumentId: random.pick(listed).id,
    side: random.pick(['BUY', 'BUY', 'SELL']),
    ...plainTerms,
    type: 'MARKET',
    product: random.pick(['MIS', 'MIS', 'MIS', 'CNC']),
    quantity: new Decimal(quantity),
    autoSlice: true,
  };
}

import { brokerFaults, type BrokerFault } from '../broker/faults.ts';
import { StandInBroker } from '../broker/stand-in-broker.ts';
import { Installation } from './installation.ts';
import { isAtRest, judge, type Outcome } from './judge.ts';
import { Scheduler, type SimulatedProcess } from './scheduler.ts';
import { FaultyNetwork } from './simulated-broker.ts';
import { basketOf, bracketOf, gttOf, orderOf, SimulatedTrader } from './simulated-trader.ts';
import { KillPlan } from './kill-plan.ts';
import { orderSteps } from './steps.ts';
import { listed, seedDatabase, simulationStart } from './trading-data.ts';

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
  /** How many GTTs fired, and how many exits protections sent: what the story was about besides. */
  readonly fired: number;
  readonly exits: number;
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

  const mood = /^(change|send):/.test(step) ? 'FICKLE' : 'STEADY';
  const trader = new SimulatedTrader(scheduler, installation, mood);
  const orders = (mood === 'FICKLE' ? 4 : 2) + random.below(4);
  for (let order = 0; order < orders; order += 1) {
    const key = `key-${order}`;
    const kind = random.below(10);
    const input =
      kind < 3
        ? basketOf(random, key, mood)
        : kind < 5
          ? bracketOf(random, key, mood)
          : orderOf(random, key, mood);
    trader.place(input);
    // An impatient client, or one whose first call was lost, says it again meanwhile.
    if (random.chance(0.4)) trader.place(input);
  }
  if (random.chance(0.3)) {
    const gtt = gttOf(random, 'gtt');
    trader.placeGtt(gtt);
    if (random.chance(0.4)) trader.placeGtt(gtt);
  }
  const outside: SimulatedProcess = { name: 'market', alive: true };
  scheduler.spawn(outside, async () => {
    const prices = new Map<string, number>(listed.map(({ id, price }) => [id, price]));
    for (;;) {
      await scheduler.sleep(outside, tickEveryMs);
      const instrument = random.below(listed.length);
      const { id, tickSize } = listed[instrument] ?? listed[0];
      const moved = (prices.get(id) ?? NaN) + (random.below(7) - 3) * tickSize;
      const price = Math.round(moved * 100) / 100;
      prices.set(id, price);
      broker.tick(id, price);
      installation.tick({ instrument, time: broker.time, price, volume: null });
    }
  });

  const problems: string[] = [];
  try {
    await scheduler.run(() => trader.isAnswered);
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
        (network.isQuiet &&
          installation.hasHeard &&
          isAtRest(outcomeOf(installation), broker.book)),
    );
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  problems.push(...judge(outcomeOf(installation), broker.book, trader), ...installation.errors);
  const { reached, kills, unlisted } = plan;
  const { turns } = scheduler;
  const { gtts, exits } = outcomeOf(installation);
  return {
    ...{ seed, step, fault, reached, kills, orders, turns, unlisted: [...unlisted], problems },
    fired: gtts.filter(({ status }) => status === 'TRIGGERED').length,
    exits: exits.length,
  };
}

function outcomeOf({ database }: Installation): Outcome {
  return {
    orders: database.rows('Order'),
    fills: database.rows('Fill'),
    positions: database.rows('Position'),
    ledger: database.rows('LedgerTransaction'),
    events: database.rows('Event'),
    gtts: database.rows('Gtt'),
    protections: database.rows('Protection'),
    exits: database.rows('ProtectionOrder'),
  };
}

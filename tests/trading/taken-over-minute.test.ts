import { afterEach, beforeEach, expect, test } from 'vitest';
import { Decimal } from 'decimal.js';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { submitOrder } from '@nandax/app/orders/submit-order.ts';
import { ReplayPlayer, type Pace } from '@nandax/app/replay/replay-player.ts';
import { WakeCall } from '@nandax/app/wake-call.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { testActor } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from '../kit/trading-world.ts';

const day = '2019-07-09';
/** The third minute of the day, in which its owner dies. */
const minute = Date.parse(`${day}T09:17:00+05:30`);
const minuteMs = 60_000;

/** What a dead owner would have done next. */
class OwnerDied extends Error {}

let world: TradingWorld;
let feedId: string;
let owners: number;

beforeEach(async () => {
  world = await createTradingWorld();
  feedId = await world.replay(['YESBANK'], day, day);
  await world.play(feedId);
  owners = 0;
});
afterEach(() => world.close());

/** Takes the feed from whoever had it. */
async function takeOver(): Promise<ReplayPlayer> {
  owners += 1;
  const now = new Date(Date.now() + owners * 3_600_000);
  const lease = await world.ports.store.transaction(({ feeds }) =>
    feeds.acquireLease(feedId, `owner ${owners}`, now, new Date(now.getTime() + 1_000)),
  );
  if (lease === null) throw new Error('the lease has run out');
  return ReplayPlayer.open(world.ports, lease, new WakeCall(), {});
}

const pace = (until: Pace['until']): Pace => ({ until, paced: true, inStep: true });
const onward = pace(() => Promise.resolve());

/** Plays the first two minutes, and dies in the third once `dies` says so of a time that is due. */
async function playAndDie(dies: (time: number) => boolean): Promise<void> {
  const player = await takeOver();
  await player.playMinute(onward);
  await player.playMinute(onward);
  expect(player.nextTime).toBe(minute);
  const until = (time: number) =>
    dies(time) ? Promise.reject(new OwnerDied()) : Promise.resolve();
  await expect(player.playMinute(pace(until))).rejects.toThrow(OwnerDied);
}

async function buy(): Promise<string> {
  const { ports, portfolioId, userId } = world;
  const placed = await placeOrder(ports, {
    ...plainTerms,
    actor: testActor(userId),
    idempotencyKey: 'the order',
    portfolioId,
    instrumentId: await world.instrument('YESBANK'),
    side: 'BUY',
    type: 'MARKET',
    product: 'MIS',
    quantity: new Decimal(10),
  });
  const { id } = expectOk(placed);
  await submitOrder(ports, id);
  return id;
}

const filledAt = async () =>
  (await world.database.prisma.fill.findFirst())?.executedAt.getTime() ?? null;

test('an order that comes after an owner’s death meets no tick that he had told of', async () => {
  // Told of its first three ticks, nothing of which is booked, for nothing rests.
  await playAndDie((time) => time > minute + 30_000);
  const told = await world.database.prisma.feed.findUniqueOrThrow({ where: { id: feedId } });
  expect(told).toMatchObject({ matchedThrough: null, toldThrough: new Date(minute + 30_000) });
  await buy();
  const heir = await takeOver();
  expect(heir.nextTime).toBe(minute);
  await heir.playMinute(onward);
  // The one tick of the minute that nobody has seen.
  expect(await filledAt()).toBe(minute + 59_999);
});

test('a price is written down before it is told: whoever orders at its sight is valued at it', async () => {
  const seen: [number, string | undefined][] = [];
  const asked: Promise<void>[] = [];
  const unsubscribe = await world.ports.bus.subscribe(`ticks.${feedId}`, ({ prices }) => {
    const read = async (): Promise<void> => {
      const quote = await world.database.prisma.quote.findFirst({ where: { feedId } });
      seen.push([prices[0] ?? NaN, quote?.lastPrice.toFixed(2)]);
    };
    asked.push(read());
  });
  const player = await takeOver();
  const until = async (): Promise<void> => {
    await Promise.all(asked);
  };
  await player.playMinute(pace(until));
  await Promise.all(asked);
  await unsubscribe();
  expect(seen.length).toBeGreaterThan(2);
  for (const [told, written] of seen) expect(written).toBe(told.toFixed(2));
});

test('an order that comes after he told of the whole minute waits for the next', async () => {
  await playAndDie((time) => time >= minute + minuteMs);
  await buy();
  const heir = await takeOver();
  await heir.playMinute(onward);
  expect(await filledAt()).toBeNull();
  await heir.playMinute(onward);
  expect(await filledAt()).toBe(minute + minuteMs);
});

test('an order from before the minute meets its first tick, though its owner died before that', async () => {
  await playAndDie((time) => time >= minute);
  await buy();
  const heir = await takeOver();
  await heir.playMinute(onward);
  expect(await filledAt()).toBe(minute);
});

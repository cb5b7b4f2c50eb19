import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeGtt } from '@nandax/app/gtt/place-gtt.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import type { RequestKey } from '@nandax/app/ports/orders.ts';
import { placeBracket } from '@nandax/app/protection/place-bracket.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Result } from '@nandax/core/result.ts';
import { LimitsWorld } from '../kit/limits-world.ts';
import { testActor } from '../setup/accounts.ts';

const decimal = (value: number) => new Decimal(value);

let stage: LimitsWorld;
let made = 0;

beforeAll(async () => {
  stage = await LimitsWorld.create();
  await stage.reset();
});
afterAll(() => stage.close());

const actor = () => testActor(stage.world.userId);
const terms = () => ({
  ...plainTerms,
  instrumentId: stage.instrumentId,
  side: 'BUY' as const,
  type: 'LIMIT' as const,
  product: 'MIS' as const,
  quantity: decimal(1),
  price: decimal(90),
});

type Call = () => Promise<Result<{ readonly id: string }, { readonly kind: string }>>;

/** What a call was answered: the id of what it made, or why it made nothing. */
async function said(call: Call): Promise<string> {
  const answer = await call();
  return answer.ok ? answer.value.id : answer.failure.kind;
}

const order = (idempotencyKey: string, portfolioId: string): Call => {
  const input = { ...terms(), actor: actor(), idempotencyKey, portfolioId };
  return () => placeOrder(stage.world.ports, input);
};
/** Refused before it becomes an order; the refusal is what its key keeps. */
const misplacedBracket = (idempotencyKey: string, portfolioId: string): Call => {
  const prices = { stopPrice: decimal(91), targetPrice: null };
  const input = { ...terms(), ...prices, actor: actor(), idempotencyKey, portfolioId };
  return () => placeBracket(stage.world.ports, input);
};
const gtt =
  (triggerPrice: number) =>
  (idempotencyKey: string, portfolioId: string): Call => {
    const leg = { triggerPrice: decimal(triggerPrice), price: decimal(80), quantity: decimal(1) };
    const { instrumentId } = stage;
    const input = { instrumentId, side: 'BUY', product: 'CNC', legs: [leg] } as const;
    return () =>
      placeGtt(stage.world.ports, { ...input, actor: actor(), idempotencyKey, portfolioId });
  };

/** How many transactions wait for a key, or for anything else that is locked by its name. */
async function waiting(): Promise<number> {
  const [found] = await stage.prisma.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM pg_locks
    WHERE "locktype" = 'advisory' AND NOT "granted"
      AND "database" = (SELECT "oid" FROM pg_database WHERE "datname" = current_database())`;
  return found?.count ?? 0;
}

/** Makes the calls, each once the one before it stands in line for the key, and then opens the line. */
async function inLine(key: RequestKey, calls: readonly Call[]): Promise<readonly string[]> {
  const answers: Promise<string>[] = [];
  await stage.world.ports.store.transaction(async ({ orders }) => {
    await orders.lockKey(key);
    for (const call of calls) {
      const answer = said(call);
      const early = answer.then((what) => expect.unreachable(`${what}, while the key was locked`));
      answers.push(answer);
      await Promise.race([expect.poll(waiting).toBe(answers.length), early]);
    }
  });
  return Promise.all(answers);
}

test.each([
  { what: 'two orders', subject: 'ORDERS', calls: [order, order] },
  {
    what: 'an order and a request that comes to none',
    subject: 'ORDERS',
    calls: [order, misplacedBracket],
  },
  {
    what: 'two requests that come to no order',
    subject: 'ORDERS',
    calls: [misplacedBracket, misplacedBracket],
  },
  { what: 'two GTTs', subject: 'GTT', calls: [gtt(80), gtt(80)] },
  { what: 'a GTT and one that is refused', subject: 'GTT', calls: [gtt(80), gtt(0)] },
] as const)(
  'of $what under one key, on two portfolios at one moment, the first is answered and the other told so',
  async ({ subject, calls }) => {
    const [one, other] = stage.portfolioIds;
    for (const order of ['as written', 'turned round'] as const) {
      const idempotencyKey = `one key ${(made += 1)}`;
      const pair = calls.map((call, at) => call(idempotencyKey, (at === 0 ? one : other) ?? ''));
      const asked = order === 'as written' ? pair : pair.toReversed();
      // Both stand within their transactions, before the key, when neither has written anything.
      const key = { userId: stage.world.userId, subject, idempotencyKey };
      const first = await inLine(key, asked);
      const reused = first.map((answer) => answer === 'IDEMPOTENCY_KEY_REUSED');
      expect(reused, first.join(', ')).toEqual([false, true]);
      // For ever.
      expect(await Promise.all(asked.map(said))).toEqual(first);
    }
  },
);

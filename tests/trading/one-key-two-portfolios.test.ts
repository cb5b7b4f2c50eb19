import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeGtt } from '@nandax/app/gtt/place-gtt.ts';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { placeBracket } from '@nandax/app/protection/place-bracket.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import type { Result } from '@nandax/core/result.ts';
import { LimitsWorld } from '../kit/limits-world.ts';
import { testActor } from '../setup/accounts.ts';

const rounds = 8;
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

test.each([
  { what: 'two orders', calls: [order, order] },
  { what: 'an order and a request that comes to none', calls: [order, misplacedBracket] },
  { what: 'two requests that come to no order', calls: [misplacedBracket, misplacedBracket] },
  { what: 'two GTTs', calls: [gtt(80), gtt(80)] },
  { what: 'a GTT and one that is refused', calls: [gtt(80), gtt(0)] },
])(
  'of $what under one key, on two portfolios at one moment, one is answered and the other told so',
  async ({ calls }) => {
    const [one, other] = stage.portfolioIds;
    const answered = new Set<number>();
    for (let round = 0; round < rounds; round += 1) {
      const key = `one key ${(made += 1)}`;
      const pair = calls.map((call, index) => call(key, (index === 0 ? one : other) ?? ''));
      // Now the one and now the other is asked first.
      const asked = round % 2 === 0 ? pair : pair.toReversed();
      const first = await Promise.all(asked.map(said));
      const reused = first.map((answer) => answer === 'IDEMPOTENCY_KEY_REUSED');
      expect(
        reused.filter((is) => is),
        first.join(', '),
      ).toHaveLength(1);
      answered.add(round % 2 === 0 ? reused.indexOf(false) : 1 - reused.indexOf(false));
      // For ever.
      expect(await Promise.all(asked.map(said))).toEqual(first);
    }
    expect([...answered].sort(), 'either came first at some time').toEqual([0, 1]);
  },
);

import type { AskedOrder } from '@nandax/app/orders/asked-orders.ts';
import { cancelOrder } from '@nandax/app/orders/cancel-order.ts';
import { modifyOrder } from '@nandax/app/orders/modify-order.ts';
import { placeBasket, type PlaceBasketInput } from '@nandax/app/orders/place-basket.ts';
import { placeOrder, type PlaceOrderInput } from '@nandax/app/orders/place-order.ts';
import type { OrderRecord } from '@nandax/app/ports/orders.ts';
import { plainTerms, type AskedTerms, type ChangeableTerms } from '@nandax/core/order/order.ts';
import { isLimited, isStop, type OrderType } from '@nandax/core/order/order-terms.ts';
import { Decimal } from 'decimal.js';
import { placeGtt, type PlaceGttInput } from '@nandax/app/gtt/place-gtt.ts';
import { placeBracket, type PlaceBracketInput } from '@nandax/app/protection/place-bracket.ts';
import { setProtectiveStop } from '@nandax/app/protection/set-protective-stop.ts';
import { rejectedFrom, refusedFrom } from '../broker/stand-in-broker.ts';
import type { Installation } from './installation.ts';
import type { AnsweredOrder, Told } from './judge.ts';
import type { Scheduler, SimulatedProcess } from './scheduler.ts';
import { listed, portfolioId, traderId } from './trading-data.ts';

type Random = Scheduler['random'];
/** A bracket is answered as its entry is. */
type Answer = Awaited<ReturnType<typeof placeOrder>> | Awaited<ReturnType<typeof placeBasket>>;

const trader = {
  kind: 'USER',
  userId: traderId,
  sessionId: traderId,
  ipAddress: null,
  userAgent: null,
} as const;

/** FICKLE: whose orders rest, and who wants most of them otherwise; for stories about changes. */
export type Mood = 'STEADY' | 'FICKLE';

type PlaceInput = PlaceOrderInput | PlaceBasketInput | PlaceBracketInput;

/**
 * A trader who sends orders, brackets and GTTs, changes orders and takes them back, sets stops for what
 * she holds, and keeps what she was told.
 */
export class SimulatedTrader implements Told {
  readonly answered: AnsweredOrder[] = [];
  readonly cancelled: string[] = [];
  readonly gtts: { readonly idempotencyKey: string; readonly id: string | null }[] = [];
  readonly #outside: SimulatedProcess = { name: 'client', alive: true };
  #asking = 0;

  constructor(
    private readonly scheduler: Scheduler,
    private readonly installation: Installation,
    private readonly mood: Mood,
  ) {}

  /** Whether nothing that she asked for is without its answer. */
  get isAnswered(): boolean {
    return this.#asking === 0;
  }

  /** Asks for it in a while; what is taken, she perhaps changes later. */
  place(input: PlaceInput): void {
    this.#soon(3_000, async () => {
      const answer = await this.installation.ask<Answer>('place', (ports) => {
        if ('legs' in input) return placeBasket(ports, input);
        return 'stopPrice' in input ? placeBracket(ports, input) : placeOrder(ports, input);
      });
      this.answered.push({ input, orderId: orderIdOf(answer) });
      for (const order of answer.ok ? [answer.value].flat() : []) {
        this.#changeOfMind(order);
        if (this.scheduler.random.chance(0.15)) this.#protect(order);
      }
    });
  }

  /** Asks for a GTT in a while. */
  placeGtt(input: PlaceGttInput): void {
    this.#soon(3_000, async () => {
      const answer = await this.installation.ask('place', (ports) => placeGtt(ports, input));
      const id = answer.ok ? answer.value.id : null;
      this.gtts.push({ idempotencyKey: input.idempotencyKey, id });
    });
  }

  /** Sets a stop for what she holds where the order trades, and perhaps moves it. */
  #protect({ instrumentId, product }: OrderRecord): void {
    for (const after of this.scheduler.random.chance(0.5) ? [8_000] : [8_000, 14_000]) {
      this.#soon(after, async () => {
        const stopPercent = new Decimal(this.scheduler.random.pick(['0.2', '0.4', '0.8']));
        // Where she holds nothing, or the price has passed it, she is told so.
        await this.installation.ask('change', (ports) =>
          setProtectiveStop(ports, {
            ...{ actor: trader, portfolioId, instrumentId, product },
            ...{ stopPrice: null, stopPercent, targetPrice: null },
          }),
        );
      });
    }
  }

  #changeOfMind(order: OrderRecord): void {
    const { random } = this.scheduler;
    const [changes, chance] = this.mood === 'FICKLE' ? [3, 0.9] : [1, 0.3];
    for (let change = 1; change <= changes; change += 1) {
      if (random.chance(chance)) this.#soon(change * 5_000, () => this.#modify(order));
    }
    if (random.chance(chance)) this.#soon(changes * 6_000, () => this.#cancel(order));
  }

  async #modify(order: OrderRecord): Promise<void> {
    const changes = changesOf(this.scheduler.random, order);
    // It may have ended, or be on its way still: then it stays as it is.
    await this.installation.ask('change', (ports) =>
      modifyOrder(ports, { actor: trader, orderId: order.id, changes }),
    );
  }

  async #cancel({ id }: OrderRecord): Promise<void> {
    const answer = await this.installation.ask('change', (ports) =>
      cancelOrder(ports, { actor: trader, orderId: id }),
    );
    if (answer.ok) this.cancelled.push(id);
  }

  #soon(withinMs: number, work: () => Promise<void>): void {
    this.#asking += 1;
    this.scheduler.spawn(this.#outside, async () => {
      await this.scheduler.sleep(this.#outside, this.scheduler.random.below(withinMs));
      await work();
      this.#asking -= 1;
    });
  }
}

/** The order that a client was told of. */
function orderIdOf(answer: Answer): string {
  if (answer.ok) {
    const [first] = [answer.value].flat();
    return first?.id ?? 'nothing';
  }
  const { failure } = answer;
  return failure.kind === 'ORDER_DENIED' ? failure.order.id : `refused: ${failure.kind}`;
}

/** An order as a trader sends it; some are too large for the broker, some for her account. */
export function orderOf(random: Random, idempotencyKey: string, mood: Mood): PlaceOrderInput {
  return { actor: trader, idempotencyKey, portfolioId, ...legOf(random, mood) };
}

/** A basket of two to four legs. */
export function basketOf(random: Random, idempotencyKey: string, mood: Mood): PlaceBasketInput {
  const legs = Array.from({ length: 2 + random.below(3) }, () => legOf(random, mood));
  return { actor: trader, idempotencyKey, portfolioId, legs };
}

/** An entry with a stop a few ticks behind it and perhaps a target as near. */
export function bracketOf(random: Random, idempotencyKey: string, mood: Mood): PlaceBracketInput {
  const { autoSlice: _never, validity: _day, ...entry } = legOf(random, mood);
  const { price, tickSize } = listed.find(({ id }) => id === entry.instrumentId) ?? listed[0];
  const from = entry.price ?? entry.triggerPrice ?? new Decimal(price);
  const away = entry.side === 'BUY' ? 1 : -1;
  const at = (ticks: number) => from.plus(new Decimal(tickSize).times(ticks * away));
  return {
    ...{ actor: trader, idempotencyKey, portfolioId, ...entry, validity: 'DAY' },
    quantity: Decimal.min(entry.quantity, 40),
    stopPrice: at(-(2 + random.below(6))),
    targetPrice: random.chance(0.5) ? at(2 + random.below(6)) : null,
  };
}

/** A purchase that waits for a price near the market, or for one of two. */
export function gttOf(random: Random, idempotencyKey: string): PlaceGttInput {
  const { id: instrumentId, price, tickSize } = random.pick(listed.slice(1));
  // As near as the rules let it: a quarter of a percent, and up to five ticks more.
  const nearest = Math.ceil((price * 0.0026) / tickSize);
  const leg = (sign: 1 | -1) => {
    const trigger = new Decimal(tickSize).times(sign * (nearest + random.below(5))).plus(price);
    return { triggerPrice: trigger, price: trigger.plus('0.5'), quantity: new Decimal(10) };
  };
  const legs = random.pick([[leg(-1)], [leg(1)], [leg(-1), leg(1)]]);
  return {
    ...{ actor: trader, idempotencyKey, portfolioId, instrumentId },
    ...{ side: 'BUY', product: 'CNC', legs },
  };
}

function legOf(random: Random, mood: Mood): AskedOrder {
  const quantity = random.pick([1, 10, 50, 100, 150, rejectedFrom, refusedFrom]);
  const instrument = random.pick(listed);
  const side = random.pick(['BUY', 'BUY', 'SELL'] as const);
  return {
    instrumentId: instrument.id,
    side,
    ...plainTerms,
    ...pricesOf(random, instrument, side, mood),
    product: random.pick(['MIS', 'MIS', 'MIS', 'CNC']),
    quantity: new Decimal(quantity),
    autoSlice: true,
  };
}

type Priced = Pick<AskedTerms, 'type' | 'price' | 'triggerPrice' | 'validity'>;

const typesOf: Readonly<Record<Mood, readonly OrderType[]>> = {
  STEADY: ['MARKET', 'MARKET', 'MARKET', 'LIMIT', 'LIMIT', 'SL', 'SL_M'],
  FICKLE: ['MARKET', 'LIMIT', 'LIMIT', 'LIMIT', 'LIMIT', 'SL', 'SL_M'],
};

/** A type with prices near the market, so that some fill at once, some later and some never. */
function pricesOf(
  random: Random,
  { price: last, tickSize }: (typeof listed)[number],
  side: 'BUY' | 'SELL',
  mood: Mood,
): Priced {
  const at = (ticks: number): Decimal => new Decimal(tickSize).times(ticks).plus(last);
  const away = side === 'BUY' ? 1 : -1;
  const trigger = away * (1 + random.below(6));
  const type = random.pick(typesOf[mood]);
  const resting = mood === 'FICKLE' ? -away * (4 + random.below(8)) : random.below(21) - 10;
  const limit = type === 'SL' ? trigger + 2 * away : resting;
  return {
    type,
    price: isLimited(type) ? at(limit) : null,
    triggerPrice: isStop(type) ? at(trigger) : null,
    validity: !isStop(type) && random.chance(0.1) ? 'IOC' : 'DAY',
  };
}

/** Other prices, or fewer or more units. */
function changesOf(
  random: Random,
  { price, triggerPrice, quantity }: OrderRecord,
): Partial<ChangeableTerms> {
  const moved = new Decimal('0.05').times(random.below(9) - 4);
  if (price === null || random.chance(0.3)) {
    return { quantity: quantity.plus(random.pick([-5, 5, 10])) };
  }
  return {
    price: price.plus(moved),
    ...(triggerPrice === null ? {} : { triggerPrice: triggerPrice.plus(moved) }),
  };
}

import type {
  Broker,
  BrokerAccount,
  BrokerDirectory,
  BrokerOrder,
  FundsOutcome,
  LookupOutcome,
  OrderBookOutcome,
  PlacedOrder,
  PlacementOutcome,
  PositionsOutcome,
  RequestOutcome,
} from '@nandax/app/ports/broker.ts';
import type { Bus } from '@nandax/app/ports/bus.ts';
import type { CounterOrder } from '@nandax/app/ports/exchange.ts';
import type { MarketBook } from '@nandax/core/calendar/market-book.ts';
import type { History, Store, StoreTransaction } from '@nandax/app/ports/store.ts';
import type { Clock } from '@nandax/app/ports/world.ts';
import { brokerRulesOn, type BrokerRules } from '@nandax/core/order/broker-rules.ts';
import { orderRangeOf } from '@nandax/core/order/order-range.ts';
import type { PriceBandRule } from '@nandax/core/market/price-band.ts';
import { sameTerms, type ChangeableTerms } from '@nandax/core/order/order.ts';
import { isStop } from '@nandax/core/order/order-terms.ts';
import { isInDoubt } from '@nandax/core/order/status.ts';
import { Decimal } from 'decimal.js';
import { dayNumberOf, exchangeDateOf, instantOf } from '@nandax/core/calendar/exchange-time.ts';
import { entryOf, refusalOf, refusalOfChange, works, type CounterMarket } from './counter-rules.ts';
import { fundsAt, marketClockOf, refusalForMoney } from './paper-funds.ts';

interface PaperPorts {
  readonly store: Store;
  readonly history: Pick<History, 'markets' | 'marginRates' | 'brokerRules' | 'priceBands'>;
  readonly clock: Clock;
  readonly bus: Bus;
}

/** The simulated exchange for every portfolio. */
export function paperBrokers(ports: PaperPorts): BrokerDirectory {
  const broker = new PaperBroker(ports);
  return { of: () => broker };
}

/**
 * The counter of the simulated exchange: orders are entered in its own order book in the database,
 * where the owner of the feed matches them. The book takes one client order id once.
 */
class PaperBroker implements Broker {
  readonly placesOnce = true;
  readonly traffic = null;

  constructor(private readonly ports: PaperPorts) {}

  async place(order: BrokerOrder): Promise<PlacementOutcome> {
    const { store, history, clock, bus } = this.ports;
    const { feedId, clientOrderId } = order;
    if (feedId === null) {
      return { kind: 'REJECTED', reason: 'The portfolio follows no market feed.' };
    }
    const brokerOrderId = `P${clientOrderId}`;
    const [reference, rates] = await Promise.all([referenceOf(history), history.marginRates()]);
    const outcome = await store.transaction<PlacementOutcome | null>(async (rows) => {
      await rows.portfolios.lock(order.portfolioId);
      // An order that was taken before stays taken, whatever the market says now.
      if ((await rows.exchange.state(clientOrderId)) !== null) return null;
      // A sender that was held up comes after another took the order back, and perhaps ended it.
      const ours = await rows.orders.findByClientOrderId(clientOrderId);
      if (ours !== null && !isInDoubt(ours.status)) {
        return { kind: 'NOT_TAKEN', reason: `Here it is ${ours.status}.` };
      }
      const refused = (reason: string) => ({ kind: 'REJECTED', reason }) as const;
      const market = await marketOf(rows, reference, { ...order, feedId });
      const refusal = refusalOf(order, market);
      if (refusal !== null) return refused(refusal);
      const asked = { ...order, filledQuantity: new Decimal(0) };
      const short = await refusalForMoney(rows, asked, feedId, rates, clock.now());
      if (short !== null) return refused(short);
      const entry = entryOf(order.side, order, order.marketTime, false, market);
      const placed = { ...order, feedId };
      const entered = await rows.exchange.enter(placed, brokerOrderId, entry, clock.now());
      return entered ? null : refused('The replay has ended.');
    });
    if (outcome !== null) return outcome;
    await bus.publish(`feed.${feedId}`, {});
    return { kind: 'ACCEPTED', brokerOrderId };
  }

  async isAbsent(rows: StoreTransaction, clientOrderId: string): Promise<boolean> {
    return (await rows.exchange.state(clientOrderId)) === null;
  }

  async modify(order: PlacedOrder, terms: ChangeableTerms): Promise<RequestOutcome> {
    const reference = await referenceOf(this.ports.history);
    return this.#atCounter(order, async (rows, feedId, known) => {
      if (sameTerms(known.state.terms, terms)) return null;
      const from = (await rows.feeds.marketTime(feedId)) ?? order.marketTime;
      const market = await marketOf(rows, reference, {
        ...{ ...order, feedId, marketTime: from },
        type: terms.type,
      });
      const refusal = refusalOfChange(order.side, known, terms, market);
      if (refusal !== null) return refusal;
      const wasTriggered = isStop(known.state.terms.type) && known.state.status === 'OPEN';
      const keepsPlace =
        terms.quantity.lessThan(known.state.terms.quantity) &&
        sameTerms({ ...terms, quantity: known.state.terms.quantity }, known.state.terms);
      const at = keepsPlace ? known.eligibleFrom : from;
      const entry = entryOf(order.side, terms, at, wasTriggered, market);
      await rows.exchange.change(order.clientOrderId, terms, entry, keepsPlace);
      return null;
    });
  }

  cancel(order: PlacedOrder): Promise<RequestOutcome> {
    return this.#atCounter(order, async (rows, _, { state }) => {
      if (state.status === 'CANCELLED') return null;
      if (!works(state.status)) {
        return `Order cannot be cancelled as its status is ${state.status}.`;
      }
      await rows.exchange.withdraw(order.clientOrderId, 'Cancelled by the user.');
      return null;
    });
  }

  /** Does a request about an order under its lock; null from `act` says that it was done. */
  async #atCounter(
    { clientOrderId, feedId }: PlacedOrder,
    act: (rows: StoreTransaction, feedId: string, order: CounterOrder) => Promise<string | null>,
  ): Promise<RequestOutcome> {
    const { store, bus } = this.ports;
    const unknown = `Couldn't find that order_id: ${clientOrderId}.`;
    if (feedId === null) return { kind: 'REJECTED', reason: unknown };
    const reason = await store.transaction(async (rows) => {
      const order = await rows.exchange.lock(clientOrderId);
      return order === null ? unknown : act(rows, feedId, order);
    });
    if (reason !== null) return { kind: 'REJECTED', reason };
    await bus.publish(`feed.${feedId}`, {});
    return { kind: 'ACCEPTED' };
  }

  async lookUp(clientOrderId: string): Promise<LookupOutcome> {
    const state = await this.ports.store.read(({ exchange }) => exchange.state(clientOrderId));
    return state === null ? { kind: 'ABSENT' } : { kind: 'FOUND', state };
  }

  async orderBook({ id, feedId }: BrokerAccount): Promise<OrderBookOutcome> {
    if (feedId === null) return { kind: 'READ', orders: [] };
    const orders = await this.ports.store.read(async (rows) => {
      const marketTime = await marketClockOf(rows, feedId, this.ports.clock.now());
      const midnight = instantOf(dayNumberOf(marketTime.getTime()), 0);
      return rows.exchange.book(id, feedId, new Date(midnight));
    });
    return { kind: 'READ', orders };
  }

  async positions({ id }: BrokerAccount): Promise<PositionsOutcome> {
    const positions = await this.ports.store.read(({ exchange }) => exchange.positions(id));
    return { kind: 'READ', positions };
  }

  async funds(account: BrokerAccount): Promise<FundsOutcome> {
    const { store, history, clock } = this.ports;
    const rates = await history.marginRates();
    const funds = await store.transaction(async (rows) => {
      // Under its lock no fill is booked between one sum and the next.
      await rows.portfolios.lock(account.id);
      return fundsAt(rows, account, rates, clock.now());
    });
    return { kind: 'READ', funds };
  }
}

/** What the counter reads of reference data. */
interface CounterReference {
  readonly markets: MarketBook;
  readonly rules: readonly BrokerRules[];
  readonly bands: readonly PriceBandRule[];
}

async function referenceOf(history: PaperPorts['history']): Promise<CounterReference> {
  const [markets, rules, bands] = await Promise.all([
    history.markets(),
    history.brokerRules(),
    history.priceBands(),
  ]);
  return { markets, rules, bands };
}

async function marketOf(
  rows: StoreTransaction,
  { markets, rules, bands }: CounterReference,
  asked: Pick<BrokerOrder, 'instrumentId' | 'marketTime' | 'side' | 'type'> & {
    readonly feedId: string;
  },
): Promise<CounterMarket> {
  const { feedId, instrumentId, marketTime, side } = asked;
  const instrument = await rows.runs.findInstrument(instrumentId);
  if (instrument === null) throw new Error(`instrument ${instrumentId} is gone`);
  const quote = await rows.feeds.quote(feedId, instrumentId);
  const { tickSize, type } = instrument;
  const hours = markets.hoursOf(instrument);
  return {
    tickSize,
    type,
    protection: brokerRulesOn(rules, exchangeDateOf(marketTime.getTime())).marketProtection,
    lastPrice: quote?.lastPrice ?? null,
    dayRange: orderRangeOf(
      { rules: bands, instrument, hours, marketTime, quote },
      { side, isLimit: asked.type === 'LIMIT' },
    ),
    hours,
  };
}

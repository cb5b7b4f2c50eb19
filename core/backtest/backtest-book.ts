import { Decimal } from 'decimal.js';
import { totalOfCharges } from '../charges/accrued-charges.ts';
import { contractNotesOf, type ChargedFill, type ContractNote } from '../charges/contract-note.ts';
import { chargesOfFill } from '../charges/order-charges.ts';
import type { ServingRates } from '../charges/rate-card.ts';
import { contractValueOf } from '../portfolio/contract-value.ts';
import { EquityCurve } from '../portfolio/equity-curve.ts';
import { matchFill, type Lot } from '../portfolio/fifo.ts';
import { tradeOf } from '../portfolio/trade.ts';
import { tradingEquity } from '../portfolio/trading-equity.ts';
import { isPaidInFull } from '../portfolio/settlement.ts';
import {
  findMarginRate,
  marginAfterFill,
  marginBaseOf,
  marginOf,
  unitMarginOf,
  type MarginPlace,
} from '../risk/margin.ts';
import type { Side } from '../order/order-terms.ts';
import type { Holding, Signal } from '../strategy/decide-signals.ts';
import {
  tradedOf,
  type BacktestFill,
  type BacktestInput,
  type BacktestInstrument,
  type BacktestTrade,
} from './backtest.ts';

/** An order as the books know it. */
export interface BookedOrder {
  readonly signal: Signal;
  /** Epoch ms. */
  readonly decidedAt: number;
  /** Rupees that it holds of the money at hand until it fills or ends. */
  readonly margin: Decimal;
}

interface Account {
  readonly instrument: BacktestInstrument;
  readonly multiplier: Decimal;
  lots: readonly Lot[];
  holding: Holding;
  /** Rupees that the position blocks beside what was paid for it. */
  margin: Decimal;
  workingOrders: number;
  /** The rates of the current day, once it has a fill. */
  serving: ServingRates | null;
}

/**
 * The exact side of a backtest: lots, trades, charges and contract notes in decimals, and the running
 * equity in float64 beside them.
 */
export class BacktestBook {
  readonly fills: BacktestFill[] = [];
  readonly trades: BacktestTrade[] = [];
  readonly contractNotes: ContractNote[] = [];
  readonly equity: EquityCurve;
  /** The live view that decisions are taken on. */
  readonly holdings: Holding[];

  readonly #input: BacktestInput;
  readonly #accounts: readonly Account[];
  #date = '';
  #netOfClosedTrades = new Decimal(0);
  #heldByOrders = new Decimal(0);
  #fillsOfDay: ChargedFill[] = [];

  constructor(input: BacktestInput) {
    this.#input = input;
    this.equity = new EquityCurve(
      input.initialCapital.toNumber(),
      tradedOf(input).map(({ multiplier }) => multiplier),
    );
    this.#accounts = tradedOf(input).map((instrument) => ({
      instrument,
      multiplier: new Decimal(instrument.multiplier),
      lots: [],
      holding: flat,
      margin: new Decimal(0),
      workingOrders: 0,
      serving: null,
    }));
    this.holdings = this.#accounts.map(({ holding }) => holding);
  }

  /** How many instruments are held. */
  get openPositions(): number {
    return this.holdings.filter(({ quantity }) => quantity !== 0).length;
  }

  /** What there is to trade with, in rupees, by `tradingEquity`. */
  tradingEquity(lastClose: (instrument: number) => number): number {
    const open = this.#accounts.flatMap(({ lots }, instrument) =>
      lots.map(({ price, charges, ...lot }) => ({
        ...lot,
        entryPrice: price,
        charges: totalOfCharges(charges),
        mark: lastClose(instrument),
      })),
    );
    return tradingEquity(this.#input.initialCapital, this.#netOfClosedTrades, open);
  }

  /** A session begins on exchange date `date` (`YYYY-MM-DD`). */
  openDay(date: string): void {
    this.#date = date;
    for (const account of this.#accounts) account.serving = null;
  }

  /**
   * Rupees that an entry at the market holds, valued at `lastPrice`; null: with its charges that is more
   * than there is at hand, and the order door would deny it (`decideOrder`).
   */
  marginFor({ instrument, side, quantity }: Signal, lastPrice: number): Decimal | null {
    const account = this.#account(instrument);
    const { multiplier } = account;
    const place = this.#placeOf(account, side);
    const [units, price] = [new Decimal(quantity), new Decimal(lastPrice)];
    const turnover = contractValueOf(units, price, multiplier);
    const base = marginBaseOf(place, price) ?? price.times(multiplier);
    const margin = marginOf(units, base, this.#marginRate(place));
    const { rates } = this.#serving(account);
    const charges = totalOfCharges(chargesOfFill(rates, side, new Decimal(0), turnover));
    return margin.plus(charges).greaterThan(this.#atHand()) ? null : margin;
  }

  /** An order was sent and is working. */
  orderSent({ signal: { instrument }, margin }: BookedOrder): void {
    this.#account(instrument).workingOrders += 1;
    this.#heldByOrders = this.#heldByOrders.plus(margin);
    this.#look(instrument);
  }

  /** An order was filled in full or expired. */
  orderEnded({ signal: { instrument }, margin }: BookedOrder): void {
    this.#account(instrument).workingOrders -= 1;
    this.#heldByOrders = this.#heldByOrders.minus(margin);
    this.#look(instrument);
  }

  /** An order met the market: `quantity` units at `price` rupees at `time` (epoch ms). */
  fill(order: BookedOrder, quantity: number, price: number, time: number): void {
    const { signal, decidedAt } = order;
    const { instrument, side, reason, text } = signal;
    const account = this.#account(instrument);
    const date = this.#date;
    const serving = this.#serving(account);
    const { multiplier } = account;
    const exact = { quantity: new Decimal(quantity), price: new Decimal(price), multiplier };
    const turnover = contractValueOf(exact.quantity, exact.price, multiplier);
    // The kernel fills a market order at once and in full, so each fill is a whole order.
    const charges = chargesOfFill(serving.rates, side, new Decimal(0), turnover);
    const fill: BacktestFill = {
      instrument,
      side,
      ...exact,
      time,
      decidedAt,
      reason,
      text,
      charges,
    };
    const before = netQuantityOf(account.lots);
    const outcome = matchFill(account.lots, { ...fill, id: String(this.fills.length) });
    account.lots = outcome.lots;
    const place = this.#placeOf(account, side);
    account.margin = marginAfterFill(
      { netQuantity: before, margin: account.margin },
      netQuantityOf(account.lots),
      unitMarginOf(place, exact.price, this.#marginRate(place)),
    );
    for (const slice of outcome.closed) {
      const trade = tradeOf(slice);
      const entryReason = this.fills[Number(slice.lot.id)]?.text ?? '';
      this.trades.push({ ...trade, instrument, entryReason, exitReason: reason });
      this.#netOfClosedTrades = this.#netOfClosedTrades.plus(trade.netPnl);
    }
    this.fills.push(fill);
    this.#fillsOfDay.push({ date, instrument: account.instrument.symbol, side, charges, serving });
    this.equity.fill(instrument, side === 'BUY' ? quantity : -quantity, price);
    this.equity.charge(totalOfCharges(charges).toNumber());
    this.#look(instrument);
  }

  /** The session closed at `time` (epoch ms): writes its contract notes and corrects the equity. */
  closeDay(time: number): void {
    for (const note of contractNotesOf(this.#fillsOfDay)) {
      this.contractNotes.push(note);
      this.equity.charge(note.charges.total.toNumber());
    }
    for (const { charges } of this.#fillsOfDay) {
      this.equity.charge(-totalOfCharges(charges).toNumber());
    }
    this.#fillsOfDay = [];
    this.equity.record(time);
  }

  #look(instrument: number): void {
    const { lots, workingOrders } = this.#account(instrument);
    const quantity = netQuantityOf(lots);
    const cost = lots.reduce((sum, lot) => sum.plus(lot.quantity.times(lot.price)), new Decimal(0));
    this.holdings[instrument] = {
      quantity: quantity.toNumber(),
      averageEntryPrice: quantity.isZero() ? NaN : cost.div(quantity.abs()).toNumber(),
      openedAt: Math.min(...lots.map(({ time }) => time)),
      working: workingOrders > 0,
    };
  }

  #account(instrument: number): Account {
    const account = this.#accounts[instrument];
    if (account === undefined) throw new RangeError(`no instrument ${instrument}`);
    return account;
  }

  #serving(account: Account): ServingRates {
    const { rateCards, strategy } = this.#input;
    const { instrument } = account;
    account.serving ??= rateCards.serving(strategy.document.product, instrument, this.#date);
    if (account.serving === null) {
      throw new Error(`no rates for ${instrument.symbol} though the input was checked`);
    }
    return account.serving;
  }

  /** Rupees that neither positions nor orders on their way hold, charges paid, by paper's ledger. */
  #atHand(): Decimal {
    let money = this.#input.initialCapital.plus(this.#netOfClosedTrades).minus(this.#heldByOrders);
    for (const { lots, margin, instrument, multiplier } of this.#accounts) {
      money = money.minus(margin);
      const isPaid = isPaidInFull(this.#input.strategy.document.product, instrument.type);
      for (const { direction, quantity, price, charges } of lots) {
        money = money.minus(totalOfCharges(charges));
        if (!isPaid) continue;
        const value = contractValueOf(quantity, price, multiplier);
        money = direction === 'LONG' ? money.minus(value) : money.plus(value);
      }
    }
    return money;
  }

  #placeOf({ instrument, multiplier }: Account, side: Side): MarginPlace {
    const { product } = this.#input.strategy.document;
    return { instrument: { ...instrument, multiplier, strikePrice: null }, product, side };
  }

  #marginRate(place: MarginPlace): Decimal {
    return findMarginRate(this.#input.marginRates, place, this.#date).rate;
  }
}

/** Units, negative where they are short. */
function netQuantityOf(lots: readonly Lot[]): Decimal {
  const quantity = lots.reduce((sum, lot) => sum.plus(lot.quantity), new Decimal(0));
  return lots[0]?.direction === 'SHORT' ? quantity.negated() : quantity;
}

const flat: Holding = {
  quantity: 0,
  averageEntryPrice: NaN,
  openedAt: Infinity,
  working: false,
};

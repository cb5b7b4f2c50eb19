import { Decimal } from 'decimal.js';
import { totalOfCharges } from '../charges/accrued-charges.ts';
import { contractNotesOf, type ChargedFill, type ContractNote } from '../charges/contract-note.ts';
import { chargesOfFill } from '../charges/order-charges.ts';
import type { ServingRates } from '../charges/rate-card.ts';
import { contractValueOf } from '../portfolio/contract-value.ts';
import { EquityCurve } from '../portfolio/equity-curve.ts';
import { matchFill, type Lot } from '../portfolio/fifo.ts';
import { tradeOf } from '../portfolio/trade.ts';
import type { Holding, Signal } from '../strategy/decide-signals.ts';
import type { BacktestFill, BacktestInput, BacktestInstrument, BacktestTrade } from './backtest.ts';

/** An order as the books know it. */
export interface BookedOrder {
  readonly signal: Signal;
  /** Epoch ms. */
  readonly decidedAt: number;
}

interface Account {
  readonly instrument: BacktestInstrument;
  readonly multiplier: Decimal;
  lots: readonly Lot[];
  holding: Holding;
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
  #fillsOfDay: ChargedFill[] = [];

  constructor(input: BacktestInput) {
    this.#input = input;
    this.equity = new EquityCurve(
      input.initialCapital.toNumber(),
      input.instruments.map(({ multiplier }) => multiplier),
    );
    this.#accounts = input.instruments.map((instrument) => ({
      instrument,
      multiplier: new Decimal(instrument.multiplier),
      lots: [],
      holding: flat,
      workingOrders: 0,
      serving: null,
    }));
    this.holdings = this.#accounts.map(({ holding }) => holding);
  }

  /** How many instruments are held. */
  get openPositions(): number {
    return this.holdings.filter(({ quantity }) => quantity !== 0).length;
  }

  /** A session begins on exchange date `date` (`YYYY-MM-DD`). */
  openDay(date: string): void {
    this.#date = date;
    for (const account of this.#accounts) account.serving = null;
  }

  /** An order was sent and is working. */
  orderSent({ instrument }: Signal): void {
    this.#account(instrument).workingOrders += 1;
    this.#look(instrument);
  }

  /** An order was filled in full or expired. */
  orderEnded({ instrument }: Signal): void {
    this.#account(instrument).workingOrders -= 1;
    this.#look(instrument);
  }

  /** An order met the market: `quantity` units at `price` rupees at `time` (epoch ms). */
  fill(order: BookedOrder, quantity: number, price: number, time: number): void {
    const { signal, decidedAt } = order;
    const { instrument, side, reason } = signal;
    const account = this.#account(instrument);
    const date = this.#date;
    const serving = (account.serving ??= this.#servingOn(date, account.instrument));
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
      charges,
    };
    const outcome = matchFill(account.lots, { ...fill, id: String(this.fills.length) });
    account.lots = outcome.lots;
    for (const slice of outcome.closed) {
      this.trades.push({ ...tradeOf(slice), instrument, exitReason: reason });
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
    let quantity = new Decimal(0);
    let cost = new Decimal(0);
    for (const lot of lots) {
      quantity = quantity.plus(lot.quantity);
      cost = cost.plus(lot.quantity.times(lot.price));
    }
    const isShort = lots[0]?.direction === 'SHORT';
    this.holdings[instrument] = {
      quantity: isShort ? -quantity.toNumber() : quantity.toNumber(),
      averageEntryPrice: quantity.isZero() ? NaN : cost.div(quantity).toNumber(),
      working: workingOrders > 0,
    };
  }

  #account(instrument: number): Account {
    const account = this.#accounts[instrument];
    if (account === undefined) throw new RangeError(`no instrument ${instrument}`);
    return account;
  }

  #servingOn(date: string, instrument: BacktestInstrument): ServingRates {
    const { rateCards, strategy } = this.#input;
    const serving = rateCards.serving(strategy.document.product, instrument, date);
    if (serving === null) {
      throw new Error(`no rates for ${instrument.symbol} though the input was checked`);
    }
    return serving;
  }
}

const flat: Holding = { quantity: 0, averageEntryPrice: NaN, working: false };

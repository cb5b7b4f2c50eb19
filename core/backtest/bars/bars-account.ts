import { dayNumberOf } from '../../calendar/exchange-time.ts';
import type { BarsMarket } from './bars-market.ts';
import type { BarsOptions } from './bars-options.ts';
import type { OpenTrade } from './bars-result.ts';
import { commissionOf } from './commission.ts';
import { HeldPosition } from './held-position.ts';
import { TradeLog } from './trade-log.ts';

/**
 * Money, positions and trades of a run. Money moves with commissions and with what trades gain or
 * lose; what positions are worth is added to it at their marks.
 */
export class BarsAccount {
  readonly positions: readonly HeldPosition[];
  readonly trades = new TradeLog();
  /** Latest price of each instrument. */
  readonly marks: Float64Array;
  cash: number;
  commissions = 0;
  /** Money that orders on their way hold, where their size was decided with them. */
  heldByOrders = 0;
  readonly #market: BarsMarket;
  readonly #options: BarsOptions;
  /** Day on which the depository last charged for an instrument. */
  readonly #soldOn: Float64Array;

  constructor(market: BarsMarket, options: BarsOptions) {
    this.#market = market;
    this.#options = options;
    this.cash = options.cash;
    this.positions = market.instruments.map(() => new HeldPosition());
    this.marks = new Float64Array(this.positions.length).fill(NaN);
    this.#soldOn = new Float64Array(this.positions.length).fill(NaN);
  }

  /** Whether anything is held. */
  isHolding(): boolean {
    for (let instrument = 0; instrument < this.positions.length; instrument += 1) {
      if (this.position(instrument).quantity !== 0) return true;
    }
    return false;
  }

  /** Money and positions at their marks. */
  equity(): number {
    let equity = this.cash;
    for (let instrument = 0; instrument < this.positions.length; instrument += 1) {
      const { quantity, averageEntryPrice } = this.position(instrument);
      if (quantity === 0) continue;
      const gain = (this.marks[instrument] as number) - averageEntryPrice;
      equity += quantity * gain * this.multiplier(instrument);
    }
    return equity;
  }

  /** What positions may be worth on top of those that are held. */
  buyingPower(): number {
    const { margin } = this.#options;
    let used = 0;
    for (let instrument = 0; instrument < this.positions.length; instrument += 1) {
      const { quantity } = this.position(instrument);
      if (quantity === 0) continue;
      const value = Math.abs(quantity) * (this.marks[instrument] as number);
      used += value * this.multiplier(instrument) * margin;
    }
    return Math.max(0, this.equity() - used) / margin;
  }

  /** Money that neither positions, at what was paid for them, nor orders on their way hold. */
  atHand(): number {
    const { margin } = this.#options;
    let money = this.cash - this.heldByOrders;
    for (let instrument = 0; instrument < this.positions.length; instrument += 1) {
      const { quantity, averageEntryPrice } = this.position(instrument);
      if (quantity === 0) continue;
      money -= Math.abs(quantity) * averageEntryPrice * this.multiplier(instrument) * margin;
    }
    return money;
  }

  /** What an order of `units` at `price` costs. */
  commission(
    instrument: number,
    isBuy: boolean,
    units: number,
    price: number,
    time: number,
  ): number {
    const value = units * price * this.multiplier(instrument);
    return commissionOf(this.#options.commission, instrument, isBuy, units, value, time);
  }

  /** Enters `units` (signed). */
  enter(
    instrument: number,
    units: number,
    price: number,
    time: number,
    point: number,
    reason: string,
  ): void {
    const paid = this.commission(instrument, units > 0, Math.abs(units), price, time);
    this.cash -= paid;
    this.commissions += paid;
    const position = this.position(instrument);
    position.enter(units, price, time, point, paid);
    position.entryReason = reason;
  }

  /** Leaves with `units` (positive, at most what is held). */
  leave(
    instrument: number,
    units: number,
    price: number,
    time: number,
    point: number,
    reason: string,
  ): void {
    const position = this.position(instrument);
    const { quantity, averageEntryPrice, entryPoint, entryReason } = position;
    const sign = quantity > 0 ? 1 : -1;
    const multiplier = this.multiplier(instrument);
    const paid =
      this.commission(instrument, quantity < 0, units, price, time) +
      (sign > 0 ? this.#depositoryCharge(instrument, time) : 0);
    const ofEntry = position.entryCommission * (units / Math.abs(quantity));
    this.trades.add(
      instrument,
      multiplier,
      sign * units,
      entryPoint,
      point,
      averageEntryPrice,
      price,
      paid + ofEntry,
      entryReason,
      reason,
    );
    this.cash += sign * units * (price - averageEntryPrice) * multiplier - paid;
    this.commissions += paid;
    position.entryCommission -= ofEntry;
    position.quantity = units === Math.abs(quantity) ? 0 : quantity - sign * units;
  }

  /** Trades that are open, in the order of the instruments. */
  openTrades(): OpenTrade[] {
    return this.positions.flatMap((position, instrument) => {
      const { quantity: size, averageEntryPrice: entryPrice, entryPoint: entryBar } = position;
      if (size === 0) return [];
      const gain = ((this.marks[instrument] as number) - entryPrice) * this.multiplier(instrument);
      const pnl = size * gain - position.entryCommission;
      return [{ instrument, size, entryBar, entryPrice, pnl }];
    });
  }

  position(instrument: number): HeldPosition {
    return this.positions[instrument] as HeldPosition;
  }

  multiplier(instrument: number): number {
    return this.#market.instruments[instrument]?.multiplier ?? 1;
  }

  /** The least that trades of an instrument, units. */
  unitStep(instrument: number): number {
    return this.#market.instruments[instrument]?.lotSize ?? this.#options.unitStep;
  }

  /** Money; 0: its price has no steps. */
  tickSize(instrument: number): number {
    return this.#market.instruments[instrument]?.tickSize ?? 0;
  }

  /** Rupees for the first delivery sold of an instrument on a day. */
  #depositoryCharge(instrument: number, time: number): number {
    const { commission } = this.#options;
    if (commission.kind !== 'CHARGES') return 0;
    const { depositoryCharge } = commission.ratesAt(instrument, time);
    const day = dayNumberOf(time);
    if (depositoryCharge === 0 || this.#soldOn[instrument] === day) return 0;
    this.#soldOn[instrument] = day;
    return depositoryCharge;
  }
}

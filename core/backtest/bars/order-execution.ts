import { roundedPrice } from '../../exchange/print.ts';
import type { Signal } from '../../strategy/decide-signals.ts';
import type { StrategyTerms } from '../../strategy/plan/strategy-terms.ts';
import type { BarPrices } from './bar-prices.ts';
import type { BarsAccount } from './bars-account.ts';
import type { BarsOptions } from './bars-options.ts';
import { affordableUnits, wholeSteps } from './units.ts';

/** Why an entry was not filled: there is not the money, or not for one unit; or it is short. */
export type NotFilled = 'noMoney' | 'noShorting';

/** Fills orders: at what price, with spread and slippage, and over how many units. */
export class OrderExecution {
  readonly #terms: StrategyTerms;
  readonly #options: BarsOptions;
  readonly #account: BarsAccount;
  readonly #prices: BarPrices;

  constructor(terms: StrategyTerms, options: BarsOptions, account: BarsAccount, prices: BarPrices) {
    this.#terms = terms;
    this.#options = options;
    this.#account = account;
    this.#prices = prices;
  }

  /** Fills a signal at `price` before spread and slippage; null: it is filled, or asks for nothing. */
  execute(signal: Signal, point: number, price: number, time: number): NotFilled | null {
    const { instrument, action, side } = signal;
    const account = this.#account;
    const position = account.position(instrument);
    const sign = side === 'BUY' ? 1 : -1;
    if (action === 'EXIT_LONG' || action === 'EXIT_SHORT') {
      // A stop may have taken it, or a part of it, before.
      if (position.quantity * sign >= 0) return null;
      const units = Math.min(signal.quantity, Math.abs(position.quantity));
      const met = this.#prices.market(instrument, sign, units, time, price);
      const left = this.atMarket(instrument, met, sign, true);
      account.leave(instrument, units, left, time, point, signal.text);
      return null;
    }
    if (action === 'ENTER_SHORT' && !this.#options.shorting) return 'noShorting';
    const met = this.#prices.market(instrument, sign, 1, time, price);
    const paid = this.atMarket(instrument, met, sign, false);
    const units = this.#entryUnits(signal, sign > 0, paid, time);
    if (units === 0) return 'noMoney';
    account.enter(instrument, sign * units, paid, time, point, signal.text);
    return null;
  }

  /**
   * Money that an entry holds which was sized with its decision, at the latest price; null: with its
   * commission that is more than there is at hand. The order door asks the same of an agent's order.
   */
  moneyFor({ instrument, side, quantity }: Signal, time: number): number | null {
    const account = this.#account;
    const units = wholeSteps(quantity, account.unitStep(instrument));
    const price = account.marks[instrument] as number;
    const money = units * price * account.multiplier(instrument) * this.#options.margin;
    const cost = account.commission(instrument, side === 'BUY', units, price, time);
    return money + cost > account.atHand() ? null : money;
  }

  /** Leaves with `units` at a stop or target that lies at `level` in a bar that reaches it. */
  leaveAt(
    kind: 'STOP' | 'TARGET',
    instrument: number,
    units: number,
    level: number,
    point: number,
    open: number,
    openTime: number,
  ): void {
    const side = this.#account.position(instrument).quantity > 0 ? -1 : 1;
    const met = this.#prices.resting(instrument, side, kind, units, level, openTime, open);
    const price = kind === 'STOP' ? this.atMarket(instrument, met, side, true) : met;
    const text = `${kind === 'STOP' ? 'stop' : 'take profit'} at ${level} within the bar`;
    this.#account.leave(instrument, units, price, openTime, point, text);
  }

  /** `price` with spread and slippage for whoever buys (`sign` 1) or sells (-1) at the market. */
  atMarket(instrument: number, price: number, sign: number, isExit: boolean): number {
    const { spread, spreadOn, slippage, slippageTicks, spreadTicks } = this.#options;
    let part = slippage;
    if (spreadOn === 'BOTH') part += spread / 2;
    else if (!isExit) part += spread;
    const paid = part === 0 ? price : price * (1 + sign * part);
    if (slippageTicks === 0 && spreadTicks === 0) return paid;
    const tickSize = this.#account.tickSize(instrument);
    const quoted = movedBy((sign * spreadTicks) / 2, tickSize, paid);
    return movedBy(sign * slippageTicks, tickSize, quoted);
  }

  /** Units that an entry gets at `price`: 0 where the money is not there. */
  #entryUnits(signal: Signal, isBuy: boolean, price: number, time: number): number {
    const { instrument, quantity } = signal;
    const { sizeAt, margin } = this.#options;
    const { size, pairRatio } = this.#terms;
    const account = this.#account;
    const unitStep = account.unitStep(instrument);
    const power = account.buyingPower();
    const isFirstLeg = instrument === 0 || pairRatio === null;
    if (sizeAt === 'FILL' && isFirstLeg) {
      if (size.kind === 'equity') {
        const wanted = (account.equity() * size.percent) / 100 / margin;
        // All there is is a hair less than all, as backtesting.py has it, so that it is always there.
        const money = Math.min(wanted, power * (1 - Number.EPSILON));
        return this.#unitsFor(money, instrument, isBuy, price, time);
      }
      if (size.kind === 'capital') {
        return this.#unitsFor(Math.min(size.rupees, power), instrument, isBuy, price, time);
      }
    }
    const units = wholeSteps(quantity, unitStep);
    // The money for it was there when it was decided.
    if (sizeAt === 'DECISION') return units;
    const cost = account.commission(instrument, isBuy, units, price, time);
    const value = units * price * account.multiplier(instrument);
    return value + cost > power ? 0 : units;
  }

  /** The most units that `money` pays for with their commission. */
  #unitsFor(
    money: number,
    instrument: number,
    isBuy: boolean,
    price: number,
    time: number,
  ): number {
    const { commission } = this.#options;
    const account = this.#account;
    const unitStep = account.unitStep(instrument);
    const unitPrice = price * account.multiplier(instrument);
    if (commission.kind === 'NONE') return affordableUnits(money, unitPrice, unitStep);
    if (commission.kind === 'PERCENT') {
      return affordableUnits(money, unitPrice + unitPrice * commission.rate, unitStep);
    }
    let units = affordableUnits(money, unitPrice, unitStep);
    while (units > 0) {
      const cost = account.commission(instrument, isBuy, units, price, time);
      if (units * unitPrice + cost <= money) return units;
      // The commission of fewer units is no more, so this never goes below what is affordable by a step.
      const fewer = affordableUnits(money - cost, unitPrice, unitStep);
      units = fewer < units ? fewer : wholeSteps(units - unitStep, unitStep);
    }
    return 0;
  }
}

/** The price moved by `ticks`, never below one of them, to the decimals of prices as the fill kernel rounds. */
function movedBy(ticks: number, tickSize: number, price: number): number {
  return ticks === 0 || tickSize === 0
    ? price
    : Math.max(roundedPrice(price + ticks * tickSize), tickSize);
}

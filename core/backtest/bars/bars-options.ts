import type { CommissionModel } from './commission.ts';

/** How the engine trades; docs/backtesting.md states what each part means and why. */
export interface BarsOptions {
  /** Money at the start, in the currency of the prices. Default 10,000. */
  readonly cash: number;
  /** Price of an order decided on the close of a bar: the next open of its instrument, or that close. */
  readonly fillAt: 'NEXT_OPEN' | 'CLOSE';
  /** Which point of the equity curve is the first to know of a fill at the close of a bar. */
  readonly closeFills: 'ON_THE_BAR' | 'FROM_THE_NEXT';
  /** Part of the price (0.002 is 0.2 %) that lies between buying and selling. */
  readonly spread: number;
  /** ENTRY: an entry pays the whole spread, an exit nothing, as backtesting.py does. BOTH: half each. */
  readonly spreadOn: 'ENTRY' | 'BOTH';
  /** Part of the price that every order at market, entry, exit and stop, pays on top. */
  readonly slippage: number;
  /** The same in ticks of the instrument, as the fill model of the product has them: half the spread each way. */
  readonly slippageTicks: number;
  readonly spreadTicks: number;
  readonly commission: CommissionModel;
  /** Part of a position's value that must be there in money: 1 buys for cash, 0.5 twice as much. */
  readonly margin: number;
  /** Whether short entries are taken. */
  readonly shorting: boolean;
  /** Whether an entry signal first closes what is held of its instrument, in either direction. */
  readonly exclusiveOrders: boolean;
  /** Smallest part of a unit that trades, of instruments without lots: 1 is whole units, 0.000001 a millionth. */
  readonly unitStep: number;
  /**
   * When a size in money becomes units: FILL at the price of the fill and the money there is then;
   * DECISION at the close, as an agent has to.
   */
  readonly sizeAt: 'FILL' | 'DECISION';
  /** INTRABAR: stops and targets lie in the market during a bar. CLOSE: they are looked at on closes. */
  readonly stops: 'INTRABAR' | 'CLOSE';
  /** What becomes of positions after the last bar. LAST_OPEN is what backtesting.py does. */
  readonly finalizeTrades: 'NONE' | 'LAST_CLOSE' | 'LAST_OPEN';
  /** RULES: a rule acts once it has a value. ALL_VALUES: no decision until the bar after all have one. */
  readonly warmUp: 'RULES' | 'ALL_VALUES';
  /** Whether an order fills on a bar in which nothing traded, or waits for the next bar with trades. */
  readonly zeroVolumeBars: 'WAIT' | 'FILL';
}

/** The engine's own ways. */
export const defaultBarsOptions: BarsOptions = {
  cash: 10_000,
  fillAt: 'NEXT_OPEN',
  closeFills: 'ON_THE_BAR',
  spread: 0,
  spreadOn: 'ENTRY',
  slippage: 0,
  slippageTicks: 0,
  spreadTicks: 0,
  commission: { kind: 'NONE' },
  margin: 1,
  shorting: true,
  exclusiveOrders: false,
  unitStep: 1,
  sizeAt: 'FILL',
  stops: 'INTRABAR',
  finalizeTrades: 'NONE',
  warmUp: 'RULES',
  zeroVolumeBars: 'WAIT',
};

/** What `convention: backtesting-py` sets apart from the statistics (source: its version 0.6.6). */
export const backtestingPyOptions: BarsOptions = {
  ...defaultBarsOptions,
  closeFills: 'FROM_THE_NEXT',
  warmUp: 'ALL_VALUES',
  zeroVolumeBars: 'FILL',
};

/** An option that is out of its range. */
export interface BarsOptionFailure {
  readonly option: keyof BarsOptions;
  /** In words, to follow "expected". */
  readonly expected: string;
}

/** The first option that is out of its range; null: all are in it. */
export function checkBarsOptions(options: BarsOptions): BarsOptionFailure | null {
  const { cash, spread, slippage, margin, unitStep } = options;
  if (!(cash > 0 && cash <= 1e15)) return { option: 'cash', expected: 'an amount above 0' };
  for (const option of ['spread', 'slippage'] as const) {
    const value = option === 'spread' ? spread : slippage;
    if (!(value >= 0 && value < 1)) {
      return { option, expected: 'a part of the price from 0 to below 1' };
    }
  }
  if (!(margin > 0 && margin <= 1)) return { option: 'margin', expected: 'a part above 0 up to 1' };
  if (!(unitStep > 0 && unitStep <= 1e9)) return { option: 'unitStep', expected: 'a step above 0' };
  return null;
}

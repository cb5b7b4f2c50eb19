import {
  backtestingPyOptions,
  checkBarsOptions,
  defaultBarsOptions,
  type BarsOptions,
} from '@nandax/core/backtest/bars/bars-options.ts';
import type { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { chargeTableOf } from '@nandax/core/backtest/bars/charge-table.ts';
import type { TimeFrame } from '@nandax/core/market/time-frame.ts';
import type { PlainCommission } from '@nandax/core/optimise/over-bars/bars-problem.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Crossings } from '@nandax/core/strategy/plan/plan-step.ts';
import { refusalOfBars, type StrategyProduct } from '@nandax/core/strategy/strategy-product.ts';
import { oneOf } from './one-of.ts';
import { readZerodhaRates } from './market-calendar.ts';
import type { NamedBars } from './fit-bars.ts';

/** Options of the command as commander gives them. */
export interface BacktestFlags {
  readonly cash?: string;
  readonly commission?: string;
  readonly fixedCommission?: string;
  readonly commissionPerUnit?: string;
  readonly charges?: string;
  readonly spread?: string;
  readonly spreadOn?: string;
  readonly slippage?: string;
  readonly margin?: string;
  readonly unitStep?: string;
  readonly fill?: string;
  readonly closeFills?: string;
  readonly crossings?: string;
  readonly sizeAt?: string;
  readonly stops?: string;
  readonly finalize?: string;
  readonly warmUp?: string;
  readonly zeroVolume?: string;
  readonly exclusiveOrders?: boolean;
  readonly shorting?: boolean;
  readonly convention?: string;
}

/** What charges depend on beside the options. */
export interface ChargedRun {
  readonly product: StrategyProduct;
  readonly timeFrame: TimeFrame;
  /** Null: nobody knows the sessions. */
  readonly calendar: TradingCalendar | null;
  readonly traded: readonly NamedBars[];
}

/** Options of a run, its commission apart, since that can cross into threads only as plain data. */
export interface ReadOptions {
  readonly options: Omit<BarsOptions, 'commission'>;
  readonly commission: PlainCommission;
  readonly convention: Convention;
}

/** The conventions by which statistics can be had. */
export type Convention = 'standard' | 'backtesting-py';

const plainNumber = /^\d+(\.\d+)?(e-?\d+)?$/i;

/** Reads the options; a mistake names the option. */
export async function readBarsOptions(
  flags: BacktestFlags,
  run: ChargedRun,
): Promise<Result<ReadOptions, string>> {
  const convention = oneOf('--convention', flags.convention, {
    standard: 'standard',
    'backtesting-py': 'backtesting-py',
  } as const);
  if (!convention.ok) return convention;
  const isPy = convention.value === 'backtesting-py';
  const base = isPy ? backtestingPyOptions : defaultBarsOptions;
  const numbers: Partial<Record<'cash' | 'spread' | 'slippage' | 'margin' | 'unitStep', number>> =
    {};
  for (const [name, flag] of [
    ['cash', 'cash'],
    ['spread', 'spread'],
    ['slippage', 'slippage'],
    ['margin', 'margin'],
    ['unitStep', 'unit-step'],
  ] as const) {
    const text = flags[name];
    if (text === undefined) continue;
    if (!plainNumber.test(text)) return fail(`--${flag} ${text}: expected a number`);
    numbers[name] = Number(text);
  }
  const words = {
    fillAt: oneOf('--fill', flags.fill, { open: 'NEXT_OPEN', close: 'CLOSE' } as const),
    closeFills: oneOf('--close-fills', flags.closeFills, {
      bar: 'ON_THE_BAR',
      next: 'FROM_THE_NEXT',
    } as const),
    spreadOn: oneOf('--spread-on', flags.spreadOn, { entry: 'ENTRY', both: 'BOTH' } as const),
    sizeAt: oneOf('--size-at', flags.sizeAt, { fill: 'FILL', decision: 'DECISION' } as const),
    stops: oneOf('--stops', flags.stops, { intrabar: 'INTRABAR', close: 'CLOSE' } as const),
    finalizeTrades: oneOf('--finalize', flags.finalize, {
      none: 'NONE',
      close: 'LAST_CLOSE',
      open: 'LAST_OPEN',
    } as const),
    warmUp: oneOf('--warm-up', flags.warmUp, { rules: 'RULES', all: 'ALL_VALUES' } as const),
    zeroVolumeBars: oneOf('--zero-volume', flags.zeroVolume, {
      wait: 'WAIT',
      fill: 'FILL',
    } as const),
  };
  const chosen: Record<string, string> = {};
  for (const [name, word] of Object.entries(words)) {
    if (!word.ok) return word;
    if (word.value !== null) chosen[name] = word.value;
  }
  const commission = await readCommission(flags, run);
  if (!commission.ok) return commission;
  const { commission: _none, ...ways } = base;
  const options = {
    ...ways,
    ...numbers,
    ...(chosen as Partial<BarsOptions>),
    exclusiveOrders: flags.exclusiveOrders ?? base.exclusiveOrders,
    shorting: flags.shorting ?? base.shorting,
  };
  const refused = checkBarsOptions({ ...base, ...options });
  if (refused !== null) {
    const flag = refused.option === 'unitStep' ? 'unit-step' : refused.option;
    const value = refused.option === 'commission' ? '' : options[refused.option];
    return fail(`--${flag} ${value}: expected ${refused.expected}`);
  }
  return succeed({
    options,
    commission: commission.value,
    convention: convention.value ?? 'standard',
  });
}

/** What counts as a crossing: as the flag says, else by the convention. */
export function readCrossings({ crossings, convention }: BacktestFlags): Result<Crossings, string> {
  const words = { touch: 'FROM_TOUCH', strict: 'STRICT' } as const;
  const chosen = oneOf('--crossings', crossings, words);
  if (!chosen.ok) return chosen;
  return succeed(chosen.value ?? (convention === 'backtesting-py' ? 'STRICT' : 'FROM_TOUCH'));
}

async function readCommission(
  flags: BacktestFlags,
  run: ChargedRun,
): Promise<Result<PlainCommission, string>> {
  const { commission, fixedCommission, commissionPerUnit, charges } = flags;
  const given = [commission ?? fixedCommission, commissionPerUnit, charges];
  if (given.filter((text) => text !== undefined).length > 1) {
    return fail('--commission, --commission-per-unit and --charges: expected one of them');
  }
  for (const [flag, text] of [
    ['--commission', commission],
    ['--fixed-commission', fixedCommission],
    ['--commission-per-unit', commissionPerUnit],
  ] as const) {
    if (text !== undefined && !plainNumber.test(text)) {
      return fail(`${flag} ${text}: expected a number from 0 on`);
    }
  }
  if (Number(commission ?? 0) >= 1) {
    return fail(`--commission ${commission}: expected a part of the value below 1`);
  }
  if (charges !== undefined) return readCharges(charges, run);
  if (commissionPerUnit !== undefined) {
    return succeed({ kind: 'PER_UNIT', amount: Number(commissionPerUnit) });
  }
  const rate = Number(commission ?? 0);
  if (fixedCommission !== undefined) {
    return succeed({ kind: 'FIXED_AND_PERCENT', fixed: Number(fixedCommission), rate });
  }
  return succeed(rate === 0 ? { kind: 'NONE' } : { kind: 'PERCENT', rate });
}

async function readCharges(
  broker: string,
  { product, timeFrame, calendar, traded }: ChargedRun,
): Promise<Result<PlainCommission, string>> {
  if (broker !== 'zerodha') return fail(`--charges ${broker}: expected zerodha`);
  const refusal = refusalOfBars(product, timeFrame);
  if (refusal !== null) return fail(`--charges ${broker}: ${refusal}`);
  if (product === 'MIS' && calendar === null) {
    return fail(
      `--charges ${broker}: intraday (MIS) positions leave with their session, and no file says when one ends; expected --sessions nse`,
    );
  }
  const from = Math.min(...traded.map(({ bars }) => bars.openTime[0] ?? Infinity));
  const to = Math.max(...traded.map(({ bars }) => bars.closeTime.at(-1) ?? -Infinity));
  const charged = traded.map(({ exchange }) => ({ exchange, type: 'EQUITY' }));
  const read = chargeTableOf(await readZerodhaRates(), product, charged, from, to);
  if ('table' in read) return succeed({ kind: 'TABLE', table: read.table });
  const { exchange = '', symbol = '' } = traded[read.withoutRates] ?? {};
  return fail(`--charges ${broker}: no rates for ${exchange}:${symbol}`);
}

import { CandleColumnsBuilder } from '../../market/candles.ts';
import { barsOfCandles } from '../../backtest/bars/bars-of-candles.ts';
import { TradingCalendar } from '../../calendar/trading-calendar.ts';
import { compileLoneExpression, parseLoneExpression } from '../../strategy/lone-expression.ts';

/** For tests: what an expression of the rule language is on daily bars of which some prices are known. */
export function valuesOf(
  text: string,
  { open, close }: { readonly open?: readonly number[]; readonly close: readonly number[] },
): (number | boolean | null)[] {
  const candles = new CandleColumnsBuilder();
  close.forEach((last, day) => {
    const first = open?.[day] ?? last;
    const [high, low] = [Math.max(first, last), Math.min(first, last)];
    candles.add(day * 86_400_000, first, high, low, last, 1);
  });
  const expression = parseLoneExpression(text);
  if (!expression.ok) throw new Error(JSON.stringify(expression.failure));
  const compiled = compileLoneExpression(expression.value, 'ONE_DAY');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.failure));
  const bars = barsOfCandles(candles.build(), 'ONE_DAY', null);
  return compiled.value.values({
    bars,
    references: [],
    calendar: new TradingCalendar([]),
    shared: new WeakMap(),
  });
}

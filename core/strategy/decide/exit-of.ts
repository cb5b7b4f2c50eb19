import { Decimal } from 'decimal.js';
import type { RuleOutcome } from '../evaluate/rule-reading.ts';
import type { DistanceTerm, StrategyTerms } from '../plan/strategy-terms.ts';
import type { BarSpan } from './bar-history.ts';
import { rupeesOf, type Holding, type HoldingMemory } from './holding.ts';
import type { SignalReason } from './signal.ts';

/** A way out of a position, and how much of it goes. */
export interface Exit {
  readonly reason: Exclude<SignalReason, 'SQUARE_OFF' | 'PAIR_LEG'>;
  /** Percent of the quantity first entered that shall have left then; 100: all that is held. */
  readonly leftPercent: number;
  /** Units that leave. */
  readonly quantity: number;
  readonly text: string;
}

/** A part of the price: far below a tick, above what binary fractions put between 98.5 % and 1 - 1.5 %. */
const tolerance = 1e-11;

/** Whether a move of the price is as far as `distance`; never where the distance has no value. */
function reaches(move: number, distance: number, price: number): boolean {
  return move >= distance - tolerance * price;
}

/**
 * How a held position leaves on the close of a bar, null: it stays. The first of these that holds:
 *
 * 1. stop loss: the close is that far against the average entry price;
 * 2. trailing stop: the close is that far from the best price since the position was opened (its
 *    average entry, or the best high or low of a bar that closed since);
 * 3. break-even: the best price was that far in favour, and the close is back at the average entry;
 * 4. the last profit target;
 * 5. time stop: so many bars closed after the one in which the position was opened;
 * 6. the exit rule;
 * 7. an earlier profit target, which takes its portion of the quantity first entered, once.
 */
export function exitOf(
  terms: StrategyTerms,
  holding: Holding,
  memory: HoldingMemory,
  /** Bars since the position was opened; null where no term asks for them. */
  span: BarSpan | null,
  close: number,
  outcome: RuleOutcome,
  lotSize: number,
): Exit | null {
  const isLong = holding.quantity > 0;
  const entry = holding.averageEntryPrice;
  const gain = isLong ? close - entry : entry - close;
  const { stopLoss, trailingStop, breakEvenAt, timeStopBars } = terms;
  const { distances } = memory;
  if (stopLoss !== null && reaches(-gain, rupeesOf(stopLoss, distances.stopLoss, entry), entry)) {
    return wholeExit(
      holding,
      'STOP_LOSS',
      `stop loss ${spoken(stopLoss, distances.stopLoss)}: ${against(close, entry)}`,
    );
  }
  if (span !== null) {
    const best = bestOf(isLong, entry, span);
    const back = isLong ? best - close : close - best;
    const trail =
      trailingStop === null ? NaN : rupeesOf(trailingStop, distances.trailingStop, best);
    if (trailingStop !== null && reaches(back, trail, best)) {
      const how = spoken(trailingStop, distances.trailingStop);
      return wholeExit(
        holding,
        'TRAILING_STOP',
        `trailing stop ${how}: close ${close}, best price ${best}`,
      );
    }
    if (breakEvenAt !== null) {
      const favour = isLong ? best - entry : entry - best;
      const wanted = rupeesOf(breakEvenAt, distances.breakEvenAt, entry);
      if (reaches(favour, wanted, entry) && reaches(-gain, 0, entry)) {
        return wholeExit(
          holding,
          'BREAK_EVEN',
          `break-even: ${against(close, entry)}, best price ${best}`,
        );
      }
    }
  }
  const target = farthestTarget(terms, memory, gain, entry);
  if (target !== null && target.leftPercent === 100) {
    return wholeExit(holding, 'TAKE_PROFIT', `take profit ${target.how}: ${against(close, entry)}`);
  }
  if (timeStopBars !== null && span !== null && span.bars - 1 >= timeStopBars) {
    return wholeExit(holding, 'TIME_STOP', `time stop: ${span.bars - 1} bars after the entry`);
  }
  if (isLong ? outcome.longExit : outcome.shortExit) {
    return wholeExit(holding, 'RULE', `${isLong ? 'long' : 'short'} exit rule at close ${close}`);
  }
  if (target === null) return null;
  const { enteredQuantity } = memory;
  const quantity = leavingUnits(holding.quantity, enteredQuantity, target.leftPercent, lotSize);
  if (quantity === 0) return null;
  const portion = `${quantity} of ${enteredQuantity}`;
  const text = `take profit ${target.how}, ${portion}: ${against(close, entry)}`;
  return { reason: 'TAKE_PROFIT', leftPercent: target.leftPercent, quantity, text };
}

function wholeExit({ quantity }: Holding, reason: Exit['reason'], text: string): Exit {
  return { reason, leftPercent: 100, quantity: Math.abs(quantity), text };
}

function against(close: number, entry: number): string {
  return `close ${close}, average entry ${entry}`;
}

/**
 * Units of whole lots that have to leave so that `leftPercent` of the entered quantity have left;
 * 0 where they did already.
 */
export function leavingUnits(
  held: number,
  entered: number,
  leftPercent: number,
  lotSize: number,
): number {
  if (leftPercent === 100) return Math.abs(held);
  const shallHaveLeft = new Decimal(entered)
    .times(leftPercent)
    .div(100)
    .div(lotSize)
    .floor()
    .times(lotSize)
    .toNumber();
  return Math.max(0, shallHaveLeft - (entered - Math.abs(held)));
}

function bestOf(isLong: boolean, entry: number, { high, low }: BarSpan): number {
  if (isLong) return high > entry ? high : entry;
  return low < entry ? low : entry;
}

function farthestTarget(
  { takeProfits }: StrategyTerms,
  { distances }: HoldingMemory,
  gain: number,
  entry: number,
): { readonly leftPercent: number; readonly how: string } | null {
  for (let index = takeProfits.length - 1; index >= 0; index -= 1) {
    const target = takeProfits[index];
    const frozen = distances.takeProfits[index] ?? null;
    if (target === undefined || !reaches(gain, rupeesOf(target.distance, frozen, entry), entry)) {
      continue;
    }
    return { leftPercent: target.leftPercent, how: spoken(target.distance, frozen) };
  }
  return null;
}

function spoken(term: DistanceTerm, frozen: number | null): string {
  return term.kind === 'percent' ? `${term.percent} %` : `of ${frozen ?? NaN} rupees`;
}

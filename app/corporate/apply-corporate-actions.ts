import { restateLots, type RestatedLot } from '@nandax/core/corporate/corporate-action.ts';
import { dayBookOn } from '@nandax/core/portfolio/day-book.ts';
import { netQuantityOf } from '@nandax/core/portfolio/position.ts';
import { costOfLot, postingsOfRestatement } from '@nandax/core/portfolio/postings.ts';
import { isPaidInFull } from '@nandax/core/portfolio/settlement.ts';
import { Decimal } from 'decimal.js';
import { portfolioEvent } from '../orders/order-event.ts';
import type { DueAction, EntitlementRecord } from '../ports/corporate.ts';
import type { EventDraft } from '../ports/events.ts';
import type { PositionRecord, TradeRecord } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { IdSource } from '../ports/world.ts';
import type { InstrumentRecord } from '../records.ts';

/** Whose actions take effect, and up to when. */
export interface ActionsDue {
  readonly portfolioId: string;
  /** The feed whose day it is; null: a market without one. */
  readonly feedId: string | null;
  /** Market day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Market time. */
  readonly time: Date;
  /** Wall clock. */
  readonly at: Date;
}

/**
 * Gives a portfolio's lots the splits, bonuses and dividends whose ex-date has begun, within the caller's
 * transaction and under the portfolio's lock. Whatever reads or changes the books on a market day calls
 * it first, so that nothing trades between the ex-date and the restatement; a lot gets each action once.
 * Returns what the user is to be told.
 */
export async function applyCorporateActions(
  rows: StoreTransaction,
  ids: IdSource,
  due: ActionsDue,
): Promise<readonly EventDraft[]> {
  const actions = await rows.corporate.due(due.portfolioId, due.feedId, due.day);
  for (const action of actions) await applyAction(rows, ids, due, action);
  return actions.length === 0 ? [] : [portfolioEvent(due.portfolioId)];
}

async function applyAction(
  rows: StoreTransaction,
  ids: IdSource,
  due: ActionsDue,
  action: DueAction,
): Promise<void> {
  const { instrumentId, tradeIds } = action;
  const instrument = await rows.runs.findInstrument(instrumentId);
  if (instrument === null) throw new Error(`no instrument ${instrumentId}`);
  const open = await rows.portfolios.openTradesOfPortfolio(due.portfolioId);
  const entitled = open.filter(({ id }) => tradeIds.has(id));
  const positions = await rows.portfolios.positions(due.portfolioId);
  for (const position of positions) {
    if (position.instrumentId !== instrumentId) continue;
    const lots = entitled.filter(({ product }) => product === position.product);
    if (lots.length > 0) await restate(rows, ids, due, action, instrument, position, lots);
  }
}

/** A lot that was restated, and what its cost was rounded to before and after. */
interface Restated extends RestatedLot {
  readonly trade: TradeRecord;
  /** 1 of a long lot, -1 of a short one. */
  readonly sign: number;
}

async function restate(
  rows: StoreTransaction,
  ids: IdSource,
  due: ActionsDue,
  { id: actionId, action }: DueAction,
  instrument: InstrumentRecord,
  position: PositionRecord,
  lots: readonly TradeRecord[],
): Promise<void> {
  const { portfolioId, feedId, day, time, at } = due;
  const { multiplier } = position;
  const restated = [...restateSide('LONG'), ...restateSide('SHORT')];
  const entitlements: EntitlementRecord[] = [];
  let cash = new Decimal(0);
  let cost = new Decimal(0);
  let units = new Decimal(0);
  for (const { trade, sign, unitsBefore, unitsAfter, cash: received } of restated) {
    const price = trade.entryPrice.times(unitsBefore).dividedBy(unitsAfter);
    const after = {
      ...trade,
      quantity: unitsAfter,
      entryPrice: price.toDecimalPlaces(10, Decimal.ROUND_HALF_UP),
    };
    if (!unitsAfter.equals(unitsBefore)) await rows.portfolios.saveTrade(after);
    cash = cash.plus(received.times(sign));
    units = units.plus(unitsAfter.minus(unitsBefore).times(sign));
    cost = cost.plus(costOf(after)).minus(costOf(trade));
    entitlements.push({
      actionId,
      tradeId: trade.id,
      portfolioId,
      runId: trade.runId,
      feedId,
      instrumentId: instrument.id,
      unitsBefore: unitsBefore.times(sign),
      unitsAfter: unitsAfter.times(sign),
      cash: received.times(sign),
      appliedAt: time,
      createdAt: at,
    });
  }
  await rows.corporate.insertEntitlements(entitlements);

  const paidInFull = isPaidInFull(position.product, instrument.type);
  const lines = postingsOfRestatement(cash, paidInFull ? cost : new Decimal(0));
  if (lines.length > 0) {
    await rows.portfolios.post({
      id: ids.uuid(),
      portfolioId,
      kind: action.kind === 'DIVIDEND' ? 'DIVIDEND' : 'CORPORATE_ACTION',
      reference: ids.uuid(),
      description: wordsOf(action, instrument, netQuantityOf(position)),
      postedAt: time,
      createdAt: at,
      lines,
    });
  }
  const profit = lines.find(({ account }) => account === 'REALISED_PNL')?.amount.negated();
  const now = dayBookOn(position.book, { feedId, date: day }, multiplier);
  const factor = action.kind === 'DIVIDEND' ? 1 : action.unitsAfter / action.unitsBefore;
  await rows.portfolios.savePosition(
    {
      ...position,
      ...restatedSums(position, units, cash, factor),
      realisedPnl: position.realisedPnl.plus(profit ?? 0),
      book: {
        ...now,
        overnightQuantity: now.overnightQuantity.plus(units),
        previousQuantity: now.previousQuantity.times(factor).toDecimalPlaces(0),
      },
    },
    at,
  );

  function restateSide(direction: TradeRecord['direction']): Restated[] {
    const own = lots.filter((trade) => trade.direction === direction);
    const after = restateLots(
      action,
      own.map(({ quantity }) => quantity),
    );
    return own.flatMap((trade, index) => {
      const lot = after[index];
      return lot === undefined ? [] : [{ ...lot, trade, sign: direction === 'LONG' ? 1 : -1 }];
    });
  }

  function costOf({ direction, quantity, entryPrice }: TradeRecord): Decimal {
    return costOfLot({ direction, quantity, price: entryPrice, multiplier });
  }
}

/**
 * A position's sums with `units` more held. Both sides are restated, so that averages are per unit of now;
 * what was received counts as sold, what was paid as bought.
 */
function restatedSums(
  position: PositionRecord,
  units: Decimal,
  cash: Decimal,
  factor: number,
): Pick<PositionRecord, 'buyQuantity' | 'buyValue' | 'sellQuantity' | 'sellValue'> {
  const net = netQuantityOf(position).plus(units);
  const other = net.isNegative() ? position.buyQuantity : position.sellQuantity;
  const restated = other.times(factor).toDecimalPlaces(6, Decimal.ROUND_HALF_UP);
  return {
    buyQuantity: net.isNegative() ? restated : restated.plus(net),
    sellQuantity: net.isNegative() ? restated.minus(net) : restated,
    buyValue: cash.isNegative() ? position.buyValue.minus(cash) : position.buyValue,
    sellValue: cash.isPositive() ? position.sellValue.plus(cash) : position.sellValue,
  };
}

function wordsOf(
  action: DueAction['action'],
  { tradingSymbol }: InstrumentRecord,
  units: Decimal,
): string {
  const held = `${units.toFixed()} ${tradingSymbol}`;
  return action.kind === 'DIVIDEND'
    ? `Dividend of ${action.cashPerUnit.toFixed()} on ${held}, ex ${action.exDate}`
    : `${action.kind === 'BONUS' ? 'Bonus' : 'Split'} of ${held}: ${action.unitsAfter} for ${action.unitsBefore}, ex ${action.exDate}`;
}

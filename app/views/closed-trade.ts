import { totalOfCharges } from '@nandax/core/charges/accrued-charges.ts';
import { roundTripOf } from '@nandax/core/portfolio/round-trip.ts';
import type { Trade } from '@nandax/core/portfolio/trade.ts';
import { Decimal } from 'decimal.js';
import type { TradeRecord } from '../ports/portfolios.ts';

/** A closed trade as the trade that core/portfolio made of the same slice. */
export function closedTradeOf(trade: Omit<TradeRecord, 'id' | 'userId'>): Trade {
  const { direction, quantity, entryPrice, charges } = trade;
  const grossPnl = trade.grossPnl ?? new Decimal(0);
  return {
    direction,
    quantity,
    entryPrice,
    entryTime: trade.entryAt.getTime(),
    exitPrice: trade.exitPrice ?? new Decimal(0),
    exitTime: Number(trade.exitAt),
    grossPnl,
    charges,
    netPnl: grossPnl.minus(totalOfCharges(charges)),
    roundTrip: roundTripOf(trade),
  };
}

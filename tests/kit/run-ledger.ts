import type { DerivedCrossover, DerivedTrade } from './derived-crossover.ts';
import { rupees, type TradingWorld } from './trading-world.ts';

/** All that a run left in the database, in the shape of the separate derivation. */
export interface RunLedger {
  readonly fills: DerivedCrossover['fills'];
  readonly trades: readonly DerivedTrade[];
  readonly days: readonly { readonly date: string; readonly total: string }[];
  readonly grossPnl: string;
  readonly charges: string;
  readonly netPnl: string;
}

/** Reads what a run left: fills, trades, contract notes, and the ledger's own sums. */
export async function readRunLedger(world: TradingWorld, runId: string): Promise<RunLedger> {
  const { prisma } = world.database;
  const fills = await prisma.fill.findMany({
    where: { runId },
    // Both legs of a reversal execute on one tick, the exit first.
    orderBy: [{ executedAt: 'asc' }, { orderId: 'asc' }],
  });
  const trades = await prisma.trade.findMany({ where: { runId }, orderBy: { entryAt: 'asc' } });
  const notes = await prisma.contractNote.findMany({
    where: { portfolioId: world.portfolioId },
    orderBy: { tradingDay: 'asc' },
  });
  const balances = await prisma.ledgerEntry.groupBy({
    by: ['account'],
    where: { portfolioId: world.portfolioId },
    _sum: { amount: true },
  });
  const balance = (account: string): number =>
    Number(balances.find((row) => row.account === account)?._sum.amount ?? 0);
  return {
    fills: fills.map(({ executedAt, side, quantity, price }) => ({
      time: executedAt.toISOString(),
      side,
      quantity: quantity.toNumber(),
      price: rupees(price),
    })),
    trades: trades.map((trade) => ({
      direction: trade.direction,
      quantity: trade.quantity.toNumber(),
      entryTime: trade.entryAt.toISOString(),
      entryPrice: rupees(trade.entryPrice),
      exitTime: trade.exitAt?.toISOString() ?? 'open',
      exitPrice: rupees(trade.exitPrice ?? 'NaN'),
      grossPnl: rupees(trade.grossPnl ?? 'NaN'),
    })),
    days: notes.map(({ tradingDay, total }) => ({
      date: tradingDay.toISOString().slice(0, 10),
      total: rupees(total),
    })),
    grossPnl: rupees(-balance('REALISED_PNL')),
    charges: rupees(balance('CHARGES')),
    netPnl: rupees(
      balance('CASH') + balance('MARGIN') + balance('SECURITIES') + balance('CAPITAL'),
    ),
  };
}

/** The separate derivation in the same shape. */
export function expectedLedger(derived: DerivedCrossover): RunLedger {
  return {
    fills: derived.fills.map(({ time, side, quantity, price }) => ({
      time,
      side,
      quantity,
      price,
    })),
    trades: derived.trades.map((trade) => ({
      direction: trade.direction,
      quantity: trade.quantity,
      entryTime: trade.entryTime,
      entryPrice: trade.entryPrice,
      exitTime: trade.exitTime,
      exitPrice: trade.exitPrice,
      grossPnl: trade.grossPnl,
    })),
    days: derived.days
      .filter(({ total }) => total !== '0.00')
      .map(({ date, total }) => ({ date, total })),
    grossPnl: derived.grossPnl,
    charges: derived.charges.total,
    netPnl: derived.netPnl,
  };
}

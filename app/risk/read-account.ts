import type { Decimal } from 'decimal.js';
import { isProtective, type OrderRecord } from '../ports/orders.ts';
import type { PositionRecord, SaleOfDay } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { InstrumentRecord } from '../records.ts';

/** What an account holds and has on its way, read under the portfolio's lock. */
export interface AccountState {
  readonly positions: readonly PositionRecord[];
  /** Orders on their way, oldest first, without `stops`. */
  readonly working: readonly OrderRecord[];
  /** Exits of protections on their way: they follow what is held, and open nothing. */
  readonly stops: readonly OrderRecord[];
  /** Those of the positions and of the working orders, by id. */
  readonly instruments: ReadonlyMap<string, InstrumentRecord>;
  /** Rupees at hand: what neither positions nor their margins hold. */
  readonly cash: Decimal;
  /** Rupees of charges of fills without a contract note yet. */
  readonly accruedCharges: Decimal;
  /** What those fills sold, for which the depository is still to be paid where it was delivery. */
  readonly salesWithoutNote: readonly SaleOfDay[];
}

/** Reads a portfolio's account within the caller's transaction. */
export async function readAccount(
  rows: StoreTransaction,
  portfolioId: string,
): Promise<AccountState> {
  const positions = await rows.portfolios.positions(portfolioId);
  const working = await rows.orders.working(portfolioId);
  const ids = new Set([...positions, ...working].map(({ instrumentId }) => instrumentId));
  const instruments = await rows.runs.findInstruments([...ids]);
  return {
    positions,
    working: working.filter((order) => !isProtective(order)),
    stops: working.filter((order) => isProtective(order)),
    instruments: new Map(instruments.map((instrument) => [instrument.id, instrument])),
    cash: await rows.portfolios.balance(portfolioId, 'CASH'),
    accruedCharges: await rows.portfolios.accruedCharges(portfolioId),
    salesWithoutNote: await rows.portfolios.salesWithoutNote(portfolioId),
  };
}

import { Decimal } from 'decimal.js';
import { contractValueOf } from './contract-value.ts';
import type { ClosedSlice, FifoOutcome, Lot, OwnedFill } from './fifo.ts';

/** The accounts of a portfolio's books. */
export const ledgerAccounts = [
  'CASH',
  'MARGIN',
  'SECURITIES',
  'SETTLEMENT',
  'REALISED_PNL',
  'CHARGES',
  'CAPITAL',
] as const;

/** An account of a portfolio's books. */
export type LedgerAccount = (typeof ledgerAccounts)[number];

/**
 * One side of a double entry: rupees, 2 decimals, debits positive. So CASH, MARGIN (cash that
 * positions block), SECURITIES (shares and premiums paid for, at cost; negative for options sold) and
 * CHARGES grow with positive amounts, CAPITAL, a profit in REALISED_PNL and gains of open futures that
 * were paid already in SETTLEMENT with negative ones. The postings of one transaction sum to zero; an account appears
 * in it at most once and never with zero.
 */
export interface Posting {
  readonly account: LedgerAccount;
  readonly amount: Decimal;
}

/** Capital paid in; a negative amount is paid out. Throws on more than 2 decimals. */
export function postingsOfDeposit(amount: Decimal): Posting[] {
  requireMoney(amount);
  return transaction({ CASH: amount, CAPITAL: amount.negated() });
}

/**
 * All that the accounts hold taken back, so that each stands at zero: what was paid in and won
 * leaves, what was charged is forgotten. `balances` are those of all accounts and sum to zero.
 */
export function postingsOfReset(balances: Readonly<Record<LedgerAccount, Decimal>>): Posting[] {
  const total = Decimal.sum(...Object.values(balances));
  if (!total.isZero()) throw new RangeError(`the ledger is off by ${total.toFixed()}`);
  return ledgerAccounts
    .map((account) => ({ account, amount: balances[account].negated() }))
    .filter(({ amount }) => !amount.isZero());
}

/** The total of a contract note paid. Throws on more than 2 decimals. */
export function postingsOfCharges(total: Decimal): Posting[] {
  requireMoney(total);
  return transaction({ CHARGES: total, CASH: total.negated() });
}

/** How a fill is paid. */
export interface FillSettlement {
  /** False: only the gain or loss of what it closes is paid (`isPaidInFull`). */
  readonly paidInFull: boolean;
  /** Rupees of margin that the fill blocks; negative: that it sets free. */
  readonly marginChange: Decimal;
  /** Rupees by which gains of what is open that were paid already change; of what it closes, negative. */
  readonly settledChange: Decimal;
}

/**
 * A fill and what it did to its owner's lots. Where it is paid in full, cash moves by the rounded
 * value of the fill and securities by the rounded cost of the lots opened and closed; the difference
 * is the FIFO profit, which is all that moves otherwise. A lot's cost is rounded for what is left of
 * it, so that a lot closed in pieces leaves nothing behind. Margin is cash that waits. Of a profit,
 * what evenings have paid already does not come again.
 */
export function postingsOfFill(
  fill: Pick<OwnedFill, 'side' | 'quantity' | 'price' | 'multiplier'>,
  outcome: Pick<FifoOutcome, 'closed' | 'opened'>,
  { paidInFull, marginChange, settledChange }: FillSettlement,
): Posting[] {
  const value = toMoney(contractValueOf(fill.quantity, fill.price, fill.multiplier));
  const cash = fill.side === 'BUY' ? value.negated() : value;
  let securities = costOf(outcome.opened);
  for (const { lot, remainder } of outcome.closed) {
    securities = securities.plus(costOf(remainder)).minus(costOf(lot));
  }
  const profit = cash.plus(securities);
  return transaction({
    CASH: (paidInFull ? cash : profit).minus(marginChange).plus(settledChange),
    MARGIN: marginChange,
    SECURITIES: paidInFull ? securities : new Decimal(0),
    SETTLEMENT: settledChange.negated(),
    REALISED_PNL: profit.negated(),
  });
}

/**
 * Lots of two owners that were set against each other: `closed` are the slices of both, of which as many
 * units were long as short, at one price. Nothing traded, so that only what lies between their costs is
 * booked, as the gain or loss that their fills had left open. Empty where they came to nothing.
 */
export function postingsOfOffset(
  closed: readonly Pick<ClosedSlice, 'lot' | 'remainder'>[],
  { paidInFull, settledChange }: Omit<FillSettlement, 'marginChange'>,
): Posting[] {
  let profit = new Decimal(0);
  for (const { lot, remainder } of closed) {
    profit = profit.plus(costOf(remainder)).minus(costOf(lot));
  }
  return transaction({
    CASH: (paidInFull ? new Decimal(0) : profit).plus(settledChange),
    SECURITIES: paidInFull ? profit : new Decimal(0),
    SETTLEMENT: settledChange.negated(),
    REALISED_PNL: profit.negated(),
  });
}

/** What an evening pays of the gains of open futures; negative: what it takes. */
export function postingsOfSettlement(change: Decimal): Posting[] {
  requireMoney(change);
  return transaction({ CASH: change, SETTLEMENT: change.negated() });
}

/**
 * A corporate action's cash (rupees received; negative: paid) and what rounding has changed in the cost of
 * the lots, which otherwise stays; both are a gain. Empty where neither is.
 */
export function postingsOfRestatement(cash: Decimal, costChange: Decimal): Posting[] {
  requireMoney(cash);
  return transaction({
    CASH: cash,
    SECURITIES: costChange,
    REALISED_PNL: cash.plus(costChange).negated(),
  });
}

/** Rupees that a lot stands at in SECURITIES: its cost to the paisa, negative when short. */
export function costOfLot(
  lot: Pick<Lot, 'direction' | 'quantity' | 'price' | 'multiplier'>,
): Decimal {
  const cost = toMoney(contractValueOf(lot.quantity, lot.price, lot.multiplier));
  return lot.direction === 'LONG' ? cost : cost.negated();
}

function costOf(lot: Lot | null): Decimal {
  return lot === null ? new Decimal(0) : costOfLot(lot);
}

function toMoney(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

function requireMoney(amount: Decimal): void {
  if (amount.decimalPlaces() > 2) throw new RangeError(`more than 2 decimals: ${amount.toFixed()}`);
}

function transaction(amounts: Partial<Record<LedgerAccount, Decimal>>): Posting[] {
  return (Object.entries(amounts) as [LedgerAccount, Decimal][])
    .filter(([, amount]) => !amount.isZero())
    .map(([account, amount]) => ({ account, amount }));
}

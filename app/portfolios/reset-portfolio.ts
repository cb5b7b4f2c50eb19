import {
  ledgerAccounts,
  postingsOfCharges,
  postingsOfDeposit,
  postingsOfReset,
  type LedgerAccount,
  type Posting,
} from '@nandax/core/portfolio/postings.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { emptyDayBook } from '@nandax/core/portfolio/day-book.ts';
import { emptyPositionOf } from '@nandax/core/portfolio/position.ts';
import { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { illegalState, type IllegalState, type InvalidInput, type NotFound } from '../failures.ts';
import { endGtts } from '../gtt/end-gtts.ts';
import { endProtectionsOf } from '../protection/end-protection.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import type { IdempotencyKeyReused } from '../orders/keyed-request.ts';
import type { LedgerTransaction } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { checkCapital, checkIdempotencyKey } from './capital-input.ts';
import { lockOwnedPaperPortfolio, portfolioTime } from './owned-paper-portfolio.ts';

export interface ResetPortfolioInput {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters: one key resets once. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  /** Rupees to begin with, 2 decimals. */
  readonly initialCapital: Decimal;
}

/**
 * Lets a paper portfolio begin anew with another capital, while no order works and no agent is
 * started. Nothing is deleted: what it held is booked out at cost, the ledger takes all balances
 * back and the new capital comes in; from then on only what is younger counts, for the portfolio's own
 * limits too. Those of the user and of what traded in it go on, and a lock holds until it ends or is
 * released: beginning anew is no way round it.
 */
export async function resetPortfolio(
  ports: Pick<TradingPorts, 'store' | 'ids' | 'clock' | 'bus'>,
  input: ResetPortfolioInput,
): Promise<
  Result<{ readonly id: string }, InvalidInput | NotFound | IllegalState | IdempotencyKeyReused>
> {
  const { actor, idempotencyKey, portfolioId, initialCapital } = input;
  const invalid =
    checkIdempotencyKey(idempotencyKey) ?? checkCapital('initialCapital', initialCapital);
  if (invalid !== null) return fail(invalid);
  const reset = await ports.store.transaction(async (rows) => {
    const locked = await lockOwnedPaperPortfolio(rows, portfolioId, actor.userId);
    if (!locked.ok) return locked;
    const reference = `RESET ${idempotencyKey}`;
    const earlier = await rows.portfolios.postedCash(portfolioId, 'DEPOSIT', reference);
    if (earlier !== null) {
      return earlier.equals(initialCapital)
        ? succeed({ id: portfolioId })
        : fail({ kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey } as const);
    }
    const busy = await whyBusy(rows, portfolioId);
    if (busy !== null) return fail(busy);

    const now = ports.clock.now();
    const postedAt = await portfolioTime(rows, locked.value, now);
    await bookOut(rows, portfolioId, postedAt, now);
    const post = (kind: LedgerTransaction['kind'], description: string, lines: Posting[]) =>
      rows.portfolios.post({
        id: ports.ids.uuid(),
        portfolioId,
        kind,
        reference,
        description,
        postedAt,
        createdAt: now,
        lines,
      });
    const accrued = await rows.portfolios.accruedCharges(portfolioId);
    const owed = accrued.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
    await post('CHARGES', 'Charges accrued until the reset', postingsOfCharges(owed));
    await post('RESET', 'Reset', postingsOfReset(await balancesOf(rows, portfolioId)));
    await post('DEPOSIT', 'Opening deposit after a reset', postingsOfDeposit(initialCapital));
    await rows.portfolios.beginEpoch(portfolioId, initialCapital, now);
    await rows.risk.beginResultsAnew(portfolioId);
    const waiting = await rows.gtts.activeOf(portfolioId);
    const end = { status: 'CANCELLED', reason: 'The portfolio began anew.', at: postedAt } as const;
    const ended = [
      ...(await endGtts(rows, ports, waiting, end)),
      ...(await endProtectionsOf(rows, ports, portfolioId, end.reason)),
    ];
    await rows.audit.append(
      [
        {
          chain: actor.userId,
          action: 'PORTFOLIO_RESET',
          actor,
          entity: 'Portfolio',
          entityId: portfolioId,
          before: { initialCapital: locked.value.initialCapital.toFixed(2) },
          after: { initialCapital: initialCapital.toFixed(2) },
        },
      ],
      now,
    );
    await rows.events.append(actor.userId, [...ended, portfolioEvent(portfolioId)], now);
    return succeed({ id: portfolioId });
  });
  if (reset.ok)
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  return reset;
}

async function whyBusy(rows: StoreTransaction, portfolioId: string): Promise<IllegalState | null> {
  const working = await rows.orders.working(portfolioId);
  if (working.length > 0) {
    return illegalState(
      'ORDERS_WORKING',
      `${working.length} orders still work; cancel them first.`,
    );
  }
  const started = await rows.portfolios.countStartedAgents(portfolioId);
  if (started > 0) {
    return illegalState('AGENTS_STARTED', `${started} agents are started; stop them first.`);
  }
  return null;
}

/** Closes what is open at the price it was entered at, so that no profit is made up. */
async function bookOut(
  rows: StoreTransaction,
  portfolioId: string,
  exitAt: Date,
  now: Date,
): Promise<void> {
  for (const trade of await rows.portfolios.openTradesOfPortfolio(portfolioId)) {
    await rows.portfolios.saveTrade({
      ...trade,
      status: 'CLOSED',
      exitPrice: trade.entryPrice,
      // What was entered in the minute under way is ahead of the market clock.
      exitAt: exitAt < trade.entryAt ? trade.entryAt : exitAt,
      exitReason: 'RESET',
      grossPnl: new Decimal(0),
    });
  }
  for (const position of await rows.portfolios.positions(portfolioId)) {
    const nothing = emptyPositionOf(position.multiplier);
    const zero = new Decimal(0);
    const flat = {
      ...position,
      ...nothing,
      realisedPnl: zero,
      margin: zero,
      settled: zero,
      book: emptyDayBook,
    };
    await rows.portfolios.savePosition(flat, now);
  }
}

async function balancesOf(
  rows: StoreTransaction,
  portfolioId: string,
): Promise<Record<LedgerAccount, Decimal>> {
  const balances = [];
  for (const account of ledgerAccounts) {
    balances.push([account, await rows.portfolios.balance(portfolioId, account)] as const);
  }
  return Object.fromEntries(balances) as Record<LedgerAccount, Decimal>;
}

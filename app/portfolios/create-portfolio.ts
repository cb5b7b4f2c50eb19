import { postingsOfDeposit } from '@nandax/core/portfolio/postings.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import type { AccountStore, AccountTransaction, NewPortfolio } from '../ports/accounts.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock, IdSource } from '../ports/world.ts';

export interface CreatePortfolioPorts {
  readonly accounts: AccountStore;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface CreatePortfolioInput {
  readonly actor: AccountActor;
  readonly name: string;
  /** Rupees, 2 decimals. */
  readonly initialCapital: Decimal;
}

/** Rupees; a thousand crore is more than any paper portfolio needs. */
const mostCapital = 10_000_000_000;

/** Makes a paper portfolio with its opening deposit. */
export async function createPortfolio(
  { accounts, bus, clock, ids }: CreatePortfolioPorts,
  { actor, name, initialCapital }: CreatePortfolioInput,
): Promise<Result<{ readonly id: string }, InvalidInput>> {
  const title = name.trim();
  if (title.length < 1 || title.length > 80) {
    return fail(invalidInput('name', 'A portfolio’s name has 1 to 80 characters.'));
  }
  if (!initialCapital.greaterThan(0) || initialCapital.greaterThan(mostCapital)) {
    return fail(
      invalidInput('initialCapital', 'The capital is above 0 and at most 10,000,000,000.'),
    );
  }
  const portfolio: NewPortfolio = {
    id: ids.uuid(),
    userId: actor.userId,
    name: title,
    kind: 'PAPER',
    initialCapital,
    createdAt: clock.now(),
  };
  await accounts.transaction(async (rows) => {
    await openPortfolio(rows, ids, portfolio);
    await rows.audit.append(
      [
        {
          chain: actor.userId,
          action: 'PORTFOLIO_CREATED',
          actor,
          entity: 'Portfolio',
          entityId: portfolio.id,
          after: { name: title, kind: 'PAPER', initialCapital: initialCapital.toFixed(2) },
        },
      ],
      portfolio.createdAt,
    );
    await rows.events.append(actor.userId, [portfolioEvent(portfolio.id)], portfolio.createdAt);
  });
  await Promise.all([bus.publish('outbox', {}), bus.publish('audit', {})]);
  return succeed({ id: portfolio.id });
}

/**
 * Writes a portfolio and posts its opening deposit. It has no market clock yet, so the deposit
 * carries the wall clock's time.
 */
export async function openPortfolio(
  rows: Pick<AccountTransaction, 'accounts' | 'portfolios'>,
  ids: IdSource,
  portfolio: NewPortfolio,
): Promise<void> {
  await rows.accounts.insertPortfolio(portfolio);
  await rows.portfolios.post({
    id: ids.uuid(),
    portfolioId: portfolio.id,
    kind: 'DEPOSIT',
    reference: portfolio.id,
    description: 'Opening deposit',
    postedAt: portfolio.createdAt,
    createdAt: portfolio.createdAt,
    lines: postingsOfDeposit(portfolio.initialCapital),
  });
}

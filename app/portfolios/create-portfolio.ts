import { postingsOfDeposit } from '@nandax/core/portfolio/postings.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import type { InvalidInput } from '../failures.ts';
import { checkCapital, checkPortfolioName } from './capital-input.ts';
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

/** Makes a paper portfolio with its opening deposit. */
export async function createPortfolio(
  { accounts, bus, clock, ids }: CreatePortfolioPorts,
  { actor, name, initialCapital }: CreatePortfolioInput,
): Promise<Result<{ readonly id: string }, InvalidInput>> {
  const invalid = checkPortfolioName(name) ?? checkCapital('initialCapital', initialCapital);
  if (invalid !== null) return fail(invalid);
  const title = name.trim();
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

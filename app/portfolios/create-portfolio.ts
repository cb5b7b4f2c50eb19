import { postingsOfDeposit } from '@nandax/core/portfolio/postings.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import {
  illegalState,
  notFound,
  type IllegalState,
  type InvalidInput,
  type NotFound,
} from '../failures.ts';
import { checkCapital, checkPortfolioName } from './capital-input.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import { missingTradeScope, type ScopeMissing } from '../orders/trade-scope.ts';
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
  /** Rupees, 2 decimals: of a live one, what its account holds to begin with. */
  readonly initialCapital: Decimal;
  /** The account at a broker whose books it will be; null or left out: paper. */
  readonly brokerConnectionId?: string | null;
}

type CreatePortfolioFailure = InvalidInput | NotFound | IllegalState | ScopeMissing;

/**
 * Makes a portfolio with its opening deposit: of paper, or of a connected account at a broker, which has one
 * at most.
 */
export async function createPortfolio(
  { accounts, bus, clock, ids }: CreatePortfolioPorts,
  { actor, name, initialCapital, brokerConnectionId = null }: CreatePortfolioInput,
): Promise<Result<{ readonly id: string }, CreatePortfolioFailure>> {
  const invalid = checkPortfolioName(name) ?? checkCapital('initialCapital', initialCapital);
  if (invalid !== null) return fail(invalid);
  const kind = brokerConnectionId === null ? 'PAPER' : 'LIVE';
  const missing = missingTradeScope(actor, { kind });
  if (missing !== null) return fail(missing);
  const title = name.trim();
  const portfolio: NewPortfolio = {
    id: ids.uuid(),
    userId: actor.userId,
    name: title,
    kind,
    brokerConnectionId,
    initialCapital,
    createdAt: clock.now(),
  };
  const refused = await accounts.transaction(async (rows) => {
    const refusal = await refuseAccount(rows, portfolio);
    if (refusal !== null) return refusal;
    await openPortfolio(rows, ids, portfolio);
    await rows.audit.append(
      [
        {
          chain: actor.userId,
          action: 'PORTFOLIO_CREATED',
          actor,
          entity: 'Portfolio',
          entityId: portfolio.id,
          after: {
            name: title,
            kind,
            initialCapital: initialCapital.toFixed(2),
            ...(brokerConnectionId === null ? {} : { brokerConnectionId }),
          },
        },
      ],
      portfolio.createdAt,
    );
    await rows.events.append(actor.userId, [portfolioEvent(portfolio.id)], portfolio.createdAt);
    return null;
  });
  if (refused !== null) return fail(refused);
  await Promise.all([bus.publish('outbox', {}), bus.publish('audit', {})]);
  return succeed({ id: portfolio.id });
}

/** Why an account at a broker gets no portfolio; locks it, so that two calls make one. */
async function refuseAccount(
  rows: AccountTransaction,
  { userId, brokerConnectionId }: NewPortfolio,
): Promise<NotFound | IllegalState | null> {
  if (brokerConnectionId === null) return null;
  const account = await rows.brokers.lockOwn(brokerConnectionId, userId);
  if (account === null) return notFound('BrokerAccount', brokerConnectionId);
  return account.portfolioId === null
    ? null
    : illegalState('HAS_PORTFOLIO', 'This account has a portfolio already.');
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

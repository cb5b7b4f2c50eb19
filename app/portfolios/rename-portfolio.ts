import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { AccountActor } from '../actor.ts';
import { notFound, type InvalidInput, type NotFound } from '../failures.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { checkPortfolioName } from './capital-input.ts';

/** Gives a portfolio another name. */
export async function renamePortfolio(
  ports: Pick<TradingPorts, 'store' | 'clock' | 'bus'>,
  input: { readonly actor: AccountActor; readonly portfolioId: string; readonly name: string },
): Promise<Result<{ readonly id: string }, InvalidInput | NotFound>> {
  const { actor, portfolioId } = input;
  const invalid = checkPortfolioName(input.name);
  if (invalid !== null) return fail(invalid);
  const name = input.name.trim();
  const renamed = await ports.store.transaction(async (rows) => {
    const portfolio = await rows.portfolios.lock(portfolioId);
    if (portfolio?.userId !== actor.userId) return fail(notFound('Portfolio', portfolioId));
    const now = ports.clock.now();
    await rows.portfolios.rename(portfolioId, name);
    await rows.audit.append(
      [
        {
          chain: actor.userId,
          action: 'PORTFOLIO_RENAMED',
          actor,
          entity: 'Portfolio',
          entityId: portfolioId,
          after: { name },
        },
      ],
      now,
    );
    await rows.events.append(actor.userId, [portfolioEvent(portfolioId)], now);
    return succeed({ id: portfolioId });
  });
  if (renamed.ok) {
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  }
  return renamed;
}

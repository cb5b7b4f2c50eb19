import { postingsOfDeposit } from '@nandax/core/portfolio/postings.ts';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import { marginRatesOn } from '@nandax/core/risk/order-margins.ts';
import { Decimal } from 'decimal.js';
import type { AccountActor } from '../actor.ts';
import { illegalState, type IllegalState, type InvalidInput, type NotFound } from '../failures.ts';
import { readBookingRates, type BookingRates } from '../orders/booking-rates.ts';
import { portfolioEvent } from '../orders/order-event.ts';
import type { IdempotencyKeyReused } from '../orders/keyed-request.ts';
import type { LockedPortfolio } from '../ports/portfolios.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { TradingPorts } from '../ports/trading-ports.ts';
import { chargesDueOf } from '../risk/charges-due.ts';
import { exposureOf } from '../risk/exposure.ts';
import { readAccount } from '../risk/read-account.ts';
import { checkCapital, checkIdempotencyKey } from './capital-input.ts';
import { lockOwnedPaperPortfolio, portfolioTime } from './owned-paper-portfolio.ts';

export interface MoveCapitalInput {
  readonly actor: AccountActor;
  /** Chosen by the caller, 1 to 64 characters: one key moves money once. */
  readonly idempotencyKey: string;
  readonly portfolioId: string;
  readonly kind: 'DEPOSIT' | 'WITHDRAWAL';
  /** Rupees, 2 decimals, above 0. */
  readonly amount: Decimal;
}

/**
 * Pays play money into a paper portfolio or out of it. What margins and charges still to be noted
 * need stays in. The same key and body move it once, however often they are sent.
 */
export async function moveCapital(
  ports: Pick<TradingPorts, 'store' | 'history' | 'ids' | 'clock' | 'bus'>,
  input: MoveCapitalInput,
): Promise<
  Result<{ readonly id: string }, InvalidInput | NotFound | IllegalState | IdempotencyKeyReused>
> {
  const { actor, idempotencyKey, portfolioId, kind, amount } = input;
  const invalid = checkIdempotencyKey(idempotencyKey) ?? checkCapital('amount', amount);
  if (invalid !== null) return fail(invalid);
  const rates = await readBookingRates(ports.history);
  const moved = await ports.store.transaction(async (rows) => {
    const locked = await lockOwnedPaperPortfolio(rows, portfolioId, actor.userId);
    if (!locked.ok) return locked;
    const signed = kind === 'DEPOSIT' ? amount : amount.negated();
    const reference = `${kind} ${idempotencyKey}`;
    const earlier = await rows.portfolios.postedCash(portfolioId, kind, reference);
    if (earlier !== null) {
      return earlier.equals(signed)
        ? succeed({ id: portfolioId })
        : fail({ kind: 'IDEMPOTENCY_KEY_REUSED', idempotencyKey } as const);
    }
    const now = ports.clock.now();
    const marketTime = await portfolioTime(rows, locked.value, now);
    if (kind === 'WITHDRAWAL') {
      const free = await freeCash(rows, locked.value, rates, marketTime);
      if (amount.greaterThan(free)) {
        return fail(illegalState('INSUFFICIENT_CASH', `Only ${free.toFixed(2)} rupees are free.`));
      }
    }
    await rows.portfolios.post({
      id: ports.ids.uuid(),
      portfolioId,
      kind,
      reference,
      description: kind === 'DEPOSIT' ? 'Deposit' : 'Withdrawal',
      postedAt: marketTime,
      createdAt: now,
      lines: postingsOfDeposit(signed),
    });
    await rows.audit.append(
      [
        {
          chain: actor.userId,
          action: kind === 'DEPOSIT' ? 'MONEY_DEPOSITED' : 'MONEY_WITHDRAWN',
          actor,
          entity: 'Portfolio',
          entityId: portfolioId,
          after: { amount: amount.toFixed(2) },
        },
      ],
      now,
    );
    await rows.events.append(actor.userId, [portfolioEvent(portfolioId)], now);
    return succeed({ id: portfolioId });
  });
  if (moved.ok)
    await Promise.all([ports.bus.publish('outbox', {}), ports.bus.publish('audit', {})]);
  return moved;
}

/** Rupees that neither margins nor charges to come need. */
async function freeCash(
  rows: StoreTransaction,
  { id }: LockedPortfolio,
  { marginRates, rateCards }: BookingRates,
  marketTime: Date,
): Promise<Decimal> {
  const account = await readAccount(rows, id);
  // Of the account as a whole, so at no instrument in particular.
  const nowhere = { instrumentId: '', product: 'CNC' } as const;
  const rateFor = marginRatesOn(marginRates, marketTime);
  const due = chargesDueOf(account, rateCards, marketTime);
  const { availableMargin } = exposureOf(account, nowhere, rateFor, due);
  return Decimal.max(availableMargin, 0).toDecimalPlaces(2, Decimal.ROUND_DOWN);
}

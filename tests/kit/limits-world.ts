import { Decimal } from 'decimal.js';
import { placeOrder } from '@nandax/app/orders/place-order.ts';
import { createPortfolio } from '@nandax/app/portfolios/create-portfolio.ts';
import { lockReachedLimits } from '@nandax/app/risk/lock-limits.ts';
import { releaseRiskLock } from '@nandax/app/risk/release-risk-lock.ts';
import { accountStore } from '@nandax/adapters/prisma/accounts/account-store.ts';
import type { Prisma } from '@nandax/adapters/prisma/generated/client.ts';
import { plainTerms } from '@nandax/core/order/order.ts';
import { noLimits, type RiskLimits, type RiskScope } from '@nandax/core/risk/risk-limits.ts';
import { testActor, testTools } from '../setup/accounts.ts';
import { createTradingWorld, expectOk, type TradingWorld } from './trading-world.ts';

/** Market time at which each story begins. */
export const nine = new Date('2019-07-09T09:20:00+05:30');

/** Market time so many minutes after each story begins. */
export function minutes(count: number): Date {
  return new Date(nine.getTime() + count * 60_000);
}

/**
 * Four portfolios of one user on one feed, on which nobody plays: the story moves its clock and its one
 * price, and writes down what was traded.
 */
export class LimitsWorld {
  #number = 0;

  private constructor(
    readonly world: TradingWorld,
    readonly feedId: string,
    readonly instrumentId: string,
    readonly portfolioIds: readonly string[],
  ) {}

  static async create(): Promise<LimitsWorld> {
    const world = await createTradingWorld();
    const { prisma } = world.database;
    const feedId = await world.replay(['YESBANK'], '2019-07-09', '2019-07-09');
    const instrumentId = await world.instrument('YESBANK');
    await prisma.quote.create({ data: { feedId, instrumentId, lastPrice: 95, time: nine } });
    const { clock, ids, bus } = world.ports;
    for (let made = 0; made < 3; made += 1) {
      expectOk(
        await createPortfolio(
          { accounts: accountStore(prisma, testTools), clock, ids, bus },
          {
            actor: testActor(world.userId),
            name: `Portfolio ${made}`,
            initialCapital: new Decimal(1_000_000),
          },
        ),
      );
    }
    await prisma.portfolio.updateMany({ data: { feedId } });
    const portfolios = await prisma.portfolio.findMany();
    return new LimitsWorld(
      world,
      feedId,
      instrumentId,
      portfolios.map(({ id }) => id),
    );
  }

  get prisma() {
    return this.world.database.prisma;
  }

  get first(): string {
    return this.portfolioIds[0] ?? '';
  }

  close(): Promise<void> {
    return this.world.close();
  }

  /** Forgets what the story before traded, limited and locked. */
  async reset(): Promise<void> {
    await this.prisma.riskLimits.deleteMany();
    await this.prisma.riskCounter.deleteMany();
    await this.prisma.riskLock.deleteMany();
    await this.prisma.riskPeak.deleteMany();
    await this.prisma.notification.deleteMany();
    await this.prisma.fill.deleteMany();
    await this.prisma.trade.deleteMany();
    await this.prisma.position.deleteMany();
    await this.prisma.portfolioSnapshot.deleteMany();
    await this.prisma.order.deleteMany();
    await this.clockAt(nine);
    await this.lastPrice(95);
  }

  async clockAt(marketTime: Date): Promise<void> {
    await this.prisma.feed.update({ where: { id: this.feedId }, data: { marketTime } });
  }

  async lastPrice(price: number): Promise<void> {
    const { feedId } = this;
    await this.prisma.quote.updateMany({ where: { feedId }, data: { lastPrice: price } });
  }

  limit(scope: RiskScope, scopeId: string, limits: Partial<RiskLimits>): Promise<void> {
    return this.world.ports.store.transaction(({ risk }) =>
      risk.saveLimits({ scope, scopeId, limits: { ...noLimits, ...limits } }, new Date()),
    );
  }

  place(portfolioId: string, side: 'BUY' | 'SELL' = 'BUY', quantity = 100) {
    return placeOrder(this.world.ports, {
      actor: testActor(this.world.userId),
      idempotencyKey: `order ${(this.#number += 1)}`,
      portfolioId,
      instrumentId: this.instrumentId,
      side,
      ...plainTerms,
      type: 'MARKET',
      product: 'MIS',
      quantity: new Decimal(quantity),
    });
  }

  /** The market's minute ends, with what is looked at then. */
  minuteEnds(): Promise<void> {
    return lockReachedLimits(this.world.ports, this.feedId);
  }

  /** Locks of limits, oldest first. */
  locks() {
    return this.prisma.riskLock.findMany({ orderBy: { createdAt: 'asc' } });
  }

  /** Its user releases the lock that holds. */
  async release() {
    const [lock] = await this.prisma.riskLock.findMany({ where: { releasedAt: null } });
    return releaseRiskLock(this.world.ports, {
      actor: testActor(this.world.userId),
      administrates: false,
      lockId: lock?.id ?? '',
    });
  }

  /** A trade of a hundred in the first portfolio, bought at 100. */
  async trade(more: Partial<Prisma.TradeUncheckedCreateInput>): Promise<void> {
    await this.prisma.trade.create({
      data: {
        id: testTools.ids.uuid(),
        userId: this.world.userId,
        portfolioId: this.first,
        instrumentId: this.instrumentId,
        symbol: 'YESBANK',
        product: 'MIS',
        direction: 'LONG',
        status: 'CLOSED',
        quantity: 100,
        entryPrice: 100,
        entryAt: nine,
        createdAt: nine,
        ...more,
      },
    });
  }

  lost(rupees: number, exitAt = nine): Promise<void> {
    return this.trade({
      exitAt,
      exitPrice: 100 - rupees / 100,
      grossPnl: -rupees,
      exitReason: 'RULE',
    });
  }

  /** A hundred long in the first portfolio, bought at 100. */
  async hold(more: Partial<Prisma.TradeUncheckedCreateInput> = {}): Promise<void> {
    await this.trade({ status: 'OPEN', ...more });
    await this.prisma.position.create({
      data: {
        id: testTools.ids.uuid(),
        portfolioId: this.first,
        instrumentId: this.instrumentId,
        product: 'MIS',
        buyQuantity: 100,
        buyValue: 10_000,
        updatedAt: nine,
      },
    });
  }
}

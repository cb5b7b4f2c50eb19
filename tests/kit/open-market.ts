import type { TradingWorld } from './trading-world.ts';

/**
 * A market that stands still on 16 July 2019 at 10:00 in India with a price on it, rupees, which the
 * world's portfolio follows. Returns its time, epoch milliseconds.
 */
export async function openMarket(
  world: TradingWorld,
  tradingSymbol: string,
  lastPrice: string,
): Promise<number> {
  const { prisma } = world.database;
  const feedId = await world.replay([tradingSymbol], '2019-07-16', '2019-07-16');
  const instrumentId = await world.instrument(tradingSymbol);
  const time = new Date('2019-07-16T10:00:00+05:30');
  await prisma.feed.update({ where: { id: feedId }, data: { marketTime: time } });
  await prisma.quote.create({ data: { feedId, instrumentId, lastPrice, time } });
  await prisma.portfolio.update({ where: { id: world.portfolioId }, data: { feedId } });
  return time.getTime();
}

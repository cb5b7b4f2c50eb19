import type { MarketDataRows, MarketDataStore } from '@nandax/app/ports/market-data.ts';
import { UniqueKeyTaken } from '@nandax/app/ports/store.ts';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import { packCandles, packTicks } from '../packed-columns.ts';
import { dateColumn } from '../trading/exact.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** Instruments and recorded history on Prisma; an import may take its time. */
export function marketDataStore(prisma: PrismaClient): MarketDataStore {
  return {
    async transaction(work) {
      try {
        return await prisma.$transaction((client) => work(marketDataRows(client)), {
          timeout: 120_000,
        });
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
          throw new UniqueKeyTaken({ cause: error });
        }
        throw error;
      }
    },
  };
}

function marketDataRows(client: TransactionClient): MarketDataRows {
  return {
    async findInstrument(exchange, tradingSymbol, userId) {
      const known = await client.instrument.findMany({
        where: { exchange, tradingSymbol, OR: [{ ownerId: null }, { ownerId: userId }] },
        select: { id: true, ownerId: true },
      });
      return known.find(({ ownerId }) => ownerId === null) ?? known[0] ?? null;
    },

    async insertInstrument({ tickSize, multiplier, ...instrument }) {
      await client.instrument.create({
        data: {
          ...instrument,
          tickSize: tickSize.toFixed(),
          multiplier: multiplier.toFixed(),
          tradable: true,
        },
      });
    },

    async insertDataset(dataset) {
      await client.dataset.create({ data: dataset });
    },

    async insertTicks(datasetId, instrumentId, days) {
      await client.tickDay.createMany({
        data: days.map(({ tradingDay, ticks }) => ({
          datasetId,
          instrumentId,
          tradingDay: dateColumn(tradingDay),
          count: ticks.length,
          columns: packTicks(ticks),
        })),
      });
    },

    async insertMinuteCandles(datasetId, instrumentId, days) {
      await client.candleDay.createMany({
        data: days.map(({ tradingDay, candles }) => ({
          datasetId,
          instrumentId,
          interval: 'MINUTE',
          tradingDay: dateColumn(tradingDay),
          count: candles.length,
          columns: packCandles(candles),
        })),
      });
    },
  };
}

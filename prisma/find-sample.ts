import { createPrisma } from '@nandax/adapters/prisma/client.ts';
import { sampleDataset } from './seed-reference-data.ts';

/** Where the seed put the history of one of its instruments. Throws in a database without the seed. */
export async function findSample(
  connectionString: string,
  tradingSymbol: string,
): Promise<{ readonly datasetId: string; readonly instrumentId: string }> {
  const prisma = createPrisma(connectionString, { maxConnections: 1 });
  try {
    const dataset = await prisma.dataset.findFirstOrThrow({
      where: { ownerId: null, name: sampleDataset },
    });
    const instrument = await prisma.instrument.findFirstOrThrow({
      where: { ownerId: null, exchange: 'NSE', tradingSymbol },
    });
    return { datasetId: dataset.id, instrumentId: instrument.id };
  } finally {
    await prisma.$disconnect();
  }
}

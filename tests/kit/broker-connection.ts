import { randomUUID } from 'node:crypto';
import type { TradingWorld } from './trading-world.ts';

/** A user's connection to a broker, as if they had entered key and secret; returns its id. */
export async function connectionOf({ database }: TradingWorld, userId: string): Promise<string> {
  const id = randomUUID();
  await database.prisma.brokerConnection.create({
    data: {
      id,
      userId,
      broker: 'ZERODHA',
      label: 'Family account',
      sealedApiKey: 'sealed',
      sealedApiSecret: 'sealed',
      apiKeyEnding: 'abcd',
      createdAt: new Date(),
    },
  });
  return id;
}

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

const migration = new URL(
  '../../prisma/migrations/20261129014100_restate_margined_positions/migration.sql',
  import.meta.url,
);

let database: TestDatabase;
const userId = randomUUID();
const portfolioId = randomUUID();
const at = new Date('2019-07-09T03:45:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  const { prisma } = database;
  await prisma.user.create({
    data: { id: userId, email: 'a@b.in', displayName: 'A', passwordHash: 'x', createdAt: at },
  });
  await prisma.portfolio.create({
    data: {
      id: portfolioId,
      userId,
      name: 'P',
      kind: 'PAPER',
      initialCapital: 100_000,
      createdAt: at,
    },
  });
});

afterAll(() => database.drop());

/** A position as it was booked before: bought or sold short, its value out of or into cash. */
async function held(symbol: string, product: 'CNC' | 'MIS', quantity: number, price: number) {
  const { prisma } = database;
  const instrumentId = randomUUID();
  await prisma.instrument.create({
    data: {
      id: instrumentId,
      exchange: 'NSE',
      tradingSymbol: symbol,
      name: symbol,
      type: 'EQUITY',
      tickSize: '0.05',
      lotSize: 1,
      tradable: true,
      createdAt: at,
    },
  });
  const units = Math.abs(quantity);
  const isLong = quantity > 0;
  await prisma.position.create({
    data: {
      id: randomUUID(),
      portfolioId,
      instrumentId,
      product,
      ...(isLong
        ? { buyQuantity: units, buyValue: units * price }
        : { sellQuantity: units, sellValue: units * price }),
      updatedAt: at,
    },
  });
  await prisma.trade.create({
    data: {
      id: randomUUID(),
      userId,
      portfolioId,
      instrumentId,
      symbol,
      product,
      direction: isLong ? 'LONG' : 'SHORT',
      status: 'OPEN',
      quantity: units,
      entryPrice: price,
      entryAt: at,
      createdAt: at,
    },
  });
  await post({ CASH: -quantity * price, SECURITIES: quantity * price });
}

async function post(lines: Readonly<Record<string, number>>) {
  const reference = randomUUID();
  await database.prisma.ledgerEntry.createMany({
    data: Object.entries(lines).map(([account, amount]) => ({
      portfolioId,
      transactionId: reference,
      kind: 'FILL' as const,
      account: account as 'CASH' | 'SECURITIES' | 'CAPITAL',
      amount,
      reference,
      description: 'As it was',
      postedAt: at,
      createdAt: at,
    })),
  });
}

test('what was open is booked by its margin: intraday both ways, and no delivery', async () => {
  await post({ CASH: 100_000, CAPITAL: -100_000 });
  await held('LONG', 'MIS', 100, 95.05);
  await held('SHORT', 'MIS', -10, 250);
  await held('KEPT', 'CNC', 20, 50);
  await database.prisma.$transaction(async (client) => {
    for (const statement of (await readFile(migration, 'utf8')).split(/;\n/)) {
      if (statement.trim() !== '') await client.$executeRawUnsafe(statement);
    }
  });

  const positions = await database.prisma.position.findMany({
    include: { instrument: { select: { tradingSymbol: true } } },
    orderBy: { instrument: { tradingSymbol: 'asc' } },
  });
  // A fifth of 9,505 and of 2,500.
  expect(
    positions.map(({ instrument, margin }) => [instrument.tradingSymbol, margin.toFixed(2)]),
  ).toEqual([
    ['KEPT', '0.00'],
    ['LONG', '1901.00'],
    ['SHORT', '500.00'],
  ]);
  const balances = await database.prisma.ledgerEntry.groupBy({
    by: ['account'],
    where: { portfolioId },
    _sum: { amount: true },
  });
  const sums = balances.map(({ account, _sum }) => [account, _sum.amount?.toFixed(2)]);
  // Of the capital, 1,000 are in shares for delivery and 2,401 are blocked.
  expect(Object.fromEntries(sums)).toEqual({
    CASH: '96599.00',
    MARGIN: '2401.00',
    SECURITIES: '1000.00',
    CAPITAL: '-100000.00',
  });
});

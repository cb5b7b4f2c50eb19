import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
let portfolioId: string;
let userId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  userId = randomUUID();
  portfolioId = randomUUID();
  const createdAt = new Date('2019-07-09T03:45:00Z');
  await database.prisma.user.create({
    data: { id: userId, email: 'a@b.in', displayName: 'A', passwordHash: 'x', createdAt },
  });
  await database.prisma.portfolio.create({
    data: { id: portfolioId, userId, name: 'P', kind: 'PAPER', initialCapital: 100000, createdAt },
  });
});

afterAll(() => database.drop());

const post = (amounts: readonly number[]) =>
  database.prisma.ledgerEntry.createMany({
    data: amounts.map((amount, at) => ({
      portfolioId,
      transactionId: '00000000-0000-7000-8000-00000000000' + String(amounts.length),
      kind: 'DEPOSIT' as const,
      account: at === 0 ? ('CASH' as const) : ('CAPITAL' as const),
      amount,
      reference: `note ${amounts.join(' ')}`,
      description: 'Deposit',
      postedAt: new Date('2019-07-09T03:45:00Z'),
      createdAt: new Date('2019-07-09T03:45:00Z'),
    })),
  });

test('a ledger transaction that does not sum to zero is refused at its commit', async () => {
  await expect(post([100])).rejects.toThrow(/out of balance by 100.00/);
  await post([100, -100]);
  expect(await database.prisma.ledgerEntry.count()).toBe(2);
});

test('ledger rows are written once: no update, no delete, but they leave with their portfolio', async () => {
  await expect(
    database.prisma.ledgerEntry.updateMany({ data: { description: 'Another' } }),
  ).rejects.toThrow(/written once/);
  await expect(database.prisma.ledgerEntry.deleteMany()).rejects.toThrow(/written once/);
  await database.prisma.portfolio.delete({ where: { id: portfolioId } });
  expect(await database.prisma.ledgerEntry.count()).toBe(0);
});

test('of a shared instrument, which has no owner, there is one', async () => {
  const row = () => ({
    id: randomUUID(),
    exchange: 'NSE' as const,
    tradingSymbol: 'YESBANK',
    name: 'Yes Bank',
    type: 'EQUITY' as const,
    tickSize: '0.05',
    lotSize: 1,
    tradable: true,
    createdAt: new Date('2019-07-09T03:45:00Z'),
  });
  await database.prisma.instrument.create({ data: row() });
  await expect(database.prisma.instrument.create({ data: row() })).rejects.toMatchObject({
    code: 'P2002',
  });
  await database.prisma.instrument.create({ data: { ...row(), ownerId: userId } });
});

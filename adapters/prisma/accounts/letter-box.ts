import type { Letter, LetterBox, LetterRecord, LetterRows } from '@nandax/app/ports/mail.ts';
import type { Sealer } from '@nandax/app/ports/secrets.ts';
import type { AuditTools } from '../audit/audit-rows.ts';
import type { Letter as LetterRow, PrismaClient } from '../generated/client.ts';
import type { TransactionClient } from '../trading/transaction-client.ts';

/** Milliseconds in which a letter is sent: its transaction is open meanwhile. */
const sendingMs = 60_000;

const placeOf = (id: string) => `Letter.sealedContent:${id}`;

/** How long a letter that failed waits, seconds: 10 at first, then twice as long, an hour at most. */
function pauseSeconds(attempts: number): number {
  return Math.min(10 * 2 ** attempts, 3_600);
}

/** Writes letters into their transaction. */
export function letterRows(client: TransactionClient, { sealer, ids }: AuditTools): LetterRows {
  return {
    async insert({ userId, to, subject, text }, at) {
      const id = ids.uuid();
      await client.letter.create({
        data: {
          id,
          userId,
          sealedContent: sealer.seal(JSON.stringify({ to, subject, text }), placeOf(id)),
          createdAt: at,
          nextAttemptAt: at,
        },
      });
    },
  };
}

/** The letters that wait, on Prisma. A letter that was sent leaves only the fact that it was. */
export function prismaLetterBox(prisma: PrismaClient, sealer: Sealer): LetterBox {
  return {
    async deliver(limit, now, send) {
      let handled = 0;
      while (handled < limit && (await deliverOne(prisma, sealer, now, send))) handled += 1;
      return handled;
    },

    async list(first) {
      const rows = await prisma.letter.findMany({
        where: { sentAt: null },
        orderBy: { createdAt: 'desc' },
        take: first,
      });
      return rows.map((row) => letterOf(sealer, row));
    },
  };
}

/** One letter under its lock; false: none is due. A crash after sending sends it once more. */
function deliverOne(
  prisma: PrismaClient,
  sealer: Sealer,
  now: () => Date,
  send: (letter: LetterRecord) => Promise<void>,
): Promise<boolean> {
  return prisma.$transaction(
    async (client) => {
      const [row] = await client.$queryRaw<LetterRow[]>`
        SELECT * FROM "Letter" WHERE "sentAt" IS NULL AND "nextAttemptAt" <= ${now()}
        ORDER BY "nextAttemptAt" LIMIT 1 FOR UPDATE SKIP LOCKED`;
      if (row === undefined) return false;
      const { id, attempts } = row;
      try {
        await send(letterOf(sealer, row));
        await client.letter.update({
          where: { id },
          data: { sentAt: now(), sealedContent: '', failureReason: null },
        });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        await client.letter.update({
          where: { id },
          data: {
            attempts: { increment: 1 },
            nextAttemptAt: new Date(now().getTime() + pauseSeconds(attempts) * 1000),
            failureReason: reason.slice(0, 500),
          },
        });
      }
      return true;
    },
    { timeout: sendingMs },
  );
}

function letterOf(sealer: Sealer, row: LetterRow): LetterRecord {
  const { to, subject, text } = JSON.parse(
    sealer.open(row.sealedContent, placeOf(row.id)),
  ) as Letter;
  return { id: row.id, createdAt: row.createdAt, attempts: row.attempts, to, subject, text };
}

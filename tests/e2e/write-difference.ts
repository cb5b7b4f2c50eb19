/** `node --import tsx tests/e2e/write-difference.ts EMAIL`: see `differAtBroker`. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { openDatabase } from '@nandax/adapters/postgres/open-database.ts';

const database = await openDatabase(parseEnvironment(process.env));
const client = new pg.Client({ connectionString: database.url });
try {
  await client.connect();
  const { rowCount } = await client.query(
    `INSERT INTO "ReconciliationFinding" ("id", "userId", "portfolioId", "kind", "subject",
       "instrumentId", "product", "ourQuantity", "brokerQuantity", "openedAt", "seenAt")
     SELECT $1, u."id", p."id", 'POSITION_DIFFERS', i."id" || ' MIS', i."id", 'MIS', 40, 25, now(), now()
     FROM "User" u
     JOIN "Portfolio" p ON p."userId" = u."id"
     JOIN "Instrument" i ON i."tradingSymbol" = 'YESBANK' AND i."ownerId" IS NULL
     WHERE u."email" = $2 LIMIT 1`,
    [randomUUID(), process.argv[2]],
  );
  if (rowCount !== 1) throw new Error('there is no such person');
} finally {
  await client.end();
  await database.release();
}

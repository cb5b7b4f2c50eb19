import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { startWorker, type RunningWorker } from '../../worker/compose.ts';
import { createTradingWorld, crossoverRules, type TradingWorld } from '../kit/trading-world.ts';

let world: TradingWorld;
let worker: RunningWorker;

beforeAll(async () => {
  world = await createTradingWorld();
  worker = await startWorker(
    parseEnvironment({ DATABASE_URL: world.database.url, LOG_LEVEL: 'warn' }),
  );
});

afterAll(async () => {
  await worker.close();
  await world.close();
});

test('an agent trades the crossover through a whole replay', async () => {
  const strategy = await world.strategy(crossoverRules(10, 30), 'FIVE_MINUTES', ['YESBANK']);
  const replay = await world.replay(['YESBANK'], '2019-07-09', '2019-07-11');
  const { runId } = await world.startAgent(strategy, replay);
  const started = performance.now();
  await world.play(replay);
  expect(await world.untilEnded(replay)).toBe('FINISHED');
  console.log('replay took', performance.now() - started);
  const trades = await world.database.prisma.trade.findMany({
    where: { runId },
    orderBy: { entryAt: 'asc' },
  });
  console.log(
    trades.map((t) => [
      t.direction,
      t.status,
      String(t.quantity),
      t.entryAt.toISOString(),
      String(t.entryPrice),
      t.exitAt?.toISOString(),
      String(t.exitPrice),
      String(t.grossPnl),
    ]),
  );
  const notes = await world.database.prisma.contractNote.findMany();
  console.log(notes.map((n) => [n.tradingDay.toISOString(), String(n.total)]));
  expect(trades).toHaveLength(7);
});

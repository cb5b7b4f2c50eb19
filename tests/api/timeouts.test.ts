import { afterAll, beforeAll, expect, test } from 'vitest';
import { globalIdOf } from '../../api/relay/global-id.ts';
import { deferred } from '../setup/deferred.ts';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld({ OPERATION_TIMEOUT_SECONDS: '3' });
});
afterAll(() => world.close());

const markRead = `mutation ($id: ID!) {
  markNotificationRead(input: { id: $id }) { __typename }
}`;

/** A notification of this user, in the database. */
async function notificationOf(userId: string): Promise<string> {
  const id = world.ids.uuid();
  const createdAt = new Date('2026-01-01T00:00:00Z');
  await world.database.prisma.notification.create({
    data: { id, userId, level: 'INFORMATION', title: 'Held', body: '', createdAt },
  });
  return id;
}

/** Holds the row of a notification in a transaction of its own while `use` runs. */
async function whileHeld(id: string, use: () => Promise<void>): Promise<void> {
  const [held, over] = [deferred(), deferred()];
  const holding = world.database.prisma.$transaction(
    async (client) => {
      await client.$queryRaw`SELECT "id" FROM "Notification" WHERE "id" = ${id}::uuid FOR UPDATE`;
      held.resolve();
      await over.promise;
    },
    { timeout: 300_000 },
  );
  await held.promise;
  try {
    await use();
  } finally {
    over.resolve();
    await holding;
  }
}

/** Resolves when no statement of the API waits for a lock any more. */
async function untilNoneWaits(): Promise<void> {
  const { prisma } = world.database;
  for (;;) {
    const [row] = await prisma.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS "waiting" FROM pg_stat_activity, pg_sleep(0.05)
      WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`;
    if (row?.waiting === 0) return;
  }
}

async function stillServes(visitor: Visitor): Promise<void> {
  expect((await visitor.ask('{ viewer { displayName } }')).errors).toBeUndefined();
}

test('a statement that waits too long is answered in time, is ended, and holds nobody up', async () => {
  const asha = await world.register('asha');
  const id = await notificationOf(asha.userId);
  await whileHeld(id, async () => {
    const answer = await asha.ask(markRead, { id: globalIdOf('Notification', id) });
    expect(answer.errors).toMatchObject([
      {
        message: 'The operation took longer than 3 seconds.',
        extensions: { code: 'OPERATION_TIMEOUT' },
      },
    ]);
    await stillServes(asha);
    // The row is still held: it is the server that gives up, by its statement timeout.
    await untilNoneWaits();
    await stillServes(asha);
  });
  const row = await world.database.prisma.notification.findUnique({ where: { id } });
  expect(row?.readAt).toBeNull();
});

test('over a WebSocket too, and its other operations go on', async () => {
  const binod = await world.register('binod');
  const id = await notificationOf(binod.userId);
  const live = binod.subscribe('subscription { notifications(after: "0") { sequence } }');
  await whileHeld(id, async () => {
    const { inbox } = binod.subscribe(markRead, { id: globalIdOf('Notification', id) });
    const [answer] = await inbox.until(1);
    expect(answer?.errors?.[0]?.extensions.code).toBe('OPERATION_TIMEOUT');
  });
  // The subscription is older than any operation may become, and still tells.
  await world.append(binod.userId, [
    {
      topic: 'NOTIFICATION',
      type: 'NOTIFICATION_WRITTEN',
      subjectId: id,
      payload: { id, title: 'Held' },
    },
  ]);
  expect((await live.inbox.until(1))[0]).toEqual({ data: { notifications: { sequence: '1' } } });
});

test('twenty that wait at once, as many as there are connections, do not stop the server', async () => {
  const chitra = await world.register('chitra');
  const id = await notificationOf(chitra.userId);
  await whileHeld(id, async () => {
    const variables = { id: globalIdOf('Notification', id) };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => chitra.ask(markRead, variables)),
    );
    for (const { errors } of answers) {
      expect(errors?.[0]?.extensions.code).toBe('OPERATION_TIMEOUT');
    }
    await untilNoneWaits();
    await stillServes(chitra);
  });
});

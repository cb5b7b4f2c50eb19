import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventDraft } from '@nandax/app/ports/events.ts';
import { startApiWorld, type Answer, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await startApiWorld();
});
afterAll(() => world.close());

const notifications = `subscription ($after: Count) {
  notifications(after: $after) { sequence notification { title readAt } }
}`;

/** Writes a notification and the event that tells of it. */
async function notify(userId: string, title: string): Promise<void> {
  await world.append(userId, [await notificationDraft(userId, title)]);
}

async function notificationDraft(
  userId: string,
  title: string,
  { notification }: Pick<typeof world.database.prisma, 'notification'> = world.database.prisma,
): Promise<EventDraft> {
  const id = world.ids.uuid();
  const createdAt = new Date('2026-01-01T00:00:00Z');
  await notification.create({
    data: { id, userId, level: 'INFORMATION', title, body: '', createdAt },
  });
  return {
    topic: 'NOTIFICATION',
    type: 'NOTIFICATION_WRITTEN',
    subjectId: id,
    payload: { id, title },
  };
}

function told(answers: readonly Answer[]): readonly [string, string][] {
  return answers.map(({ data }) => {
    const update = data?.['notifications'] as unknown as {
      sequence: string;
      notification: { title: string };
    };
    return [update.sequence, update.notification.title];
  });
}

function subscribed(visitor: Visitor, after: string) {
  return visitor.subscribe(notifications, { after });
}

test('a gap is replayed in order and then goes on live, nothing lost or repeated', async () => {
  const asha = await world.register('asha');
  for (const title of ['first', 'second', 'third']) await notify(asha.userId, title);
  const all = subscribed(asha, '0');
  expect(told(await all.inbox.until(3))).toEqual([
    ['1', 'first'],
    ['2', 'second'],
    ['3', 'third'],
  ]);

  const resumed = subscribed(asha, '2');
  expect(told(await resumed.inbox.until(1))).toEqual([['3', 'third']]);
  await notify(asha.userId, 'fourth');
  await notify(asha.userId, 'fifth');
  expect(told(await all.inbox.until(5)).slice(3)).toEqual([
    ['4', 'fourth'],
    ['5', 'fifth'],
  ]);
  expect(told(await resumed.inbox.until(3)).slice(1)).toEqual([
    ['4', 'fourth'],
    ['5', 'fifth'],
  ]);

  // Once ended, it hears no more, while the other does.
  resumed.end();
  await notify(asha.userId, 'sixth');
  expect(told(await all.inbox.until(6)).at(-1)).toEqual(['6', 'sixth']);
  expect(resumed.inbox.received).toHaveLength(3);
});

test('more events than one read and the tail hold arrive once each and in order', async () => {
  const binod = await world.register('binod');
  const { inbox } = subscribed(binod, '0');
  const drafts = [];
  for (let number = 1; number <= 450; number += 1) {
    drafts.push(await notificationDraft(binod.userId, `number ${number}`));
  }
  await world.append(binod.userId, drafts);
  const expected = drafts.map((_, index) => [String(index + 1), `number ${index + 1}`]);
  expect(told(await inbox.until(450))).toEqual(expected);
  const late = subscribed(binod, '10');
  expect(told(await late.inbox.until(440))).toEqual(expected.slice(10));
});

test('a position the log no longer holds, or never had, is refused by its code', async () => {
  const chitra = await world.register('chitra');
  for (const title of ['first', 'second', 'third']) await notify(chitra.userId, title);
  await world.database.prisma.event.deleteMany({
    where: { userId: chitra.userId, sequence: { lte: 2 } },
  });
  const code = async (after: string) => {
    const { inbox } = subscribed(chitra, after);
    return (await inbox.until(1))[0]?.errors?.[0]?.extensions.code;
  };
  expect(await code('1')).toBe('RESUME_POSITION_EXPIRED');
  expect(await code('4')).toBe('RESUME_POSITION_EXPIRED');
  const { inbox } = subscribed(chitra, '2');
  expect(told(await inbox.until(1))).toEqual([['3', 'third']]);
});

test('an answer names a position that it is not behind, over HTTP and over a socket', async () => {
  const snapshot = '{ notifications { nodes { title } } eventSequence }';
  const { prisma } = world.database;
  for (const transport of ['HTTP', 'socket']) {
    const farid = await world.register(`farid by ${transport}`.replaceAll(' ', '-'));
    await notify(farid.userId, 'first');
    let asked: Promise<readonly Answer[]> | undefined;
    await prisma.$transaction(async (transaction) => {
      // The position can be read only once the second event is there, all else at any time.
      await transaction.$executeRaw`LOCK TABLE "EventCounter" IN ACCESS EXCLUSIVE MODE`;
      asked =
        transport === 'HTTP'
          ? farid.ask(snapshot).then((answer) => [answer])
          : farid.subscribe(snapshot).inbox.until(1);
      await expect.poll(waitingForCounter).toBe(true);
      await notificationDraft(farid.userId, 'second', transaction);
      await transaction.$executeRaw`
        UPDATE "EventCounter" SET "sequence" = 2 WHERE "userId" = ${farid.userId}::uuid`;
    });
    expect((await asked)?.[0]?.data, transport).toEqual({
      notifications: { nodes: [{ title: 'second' }, { title: 'first' }] },
      eventSequence: '2',
    });
  }

  async function waitingForCounter(): Promise<boolean> {
    const waiting = await prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '"EventCounter"'::regclass`;
    return waiting.length > 0;
  }
});

test('an update shows its object as it was after its event, not as it has become', async () => {
  const divya = await world.register('divya');
  const id = world.ids.uuid();
  const createdAt = new Date('2026-01-01T00:00:00Z');
  await world.database.prisma.notification.create({
    data: {
      id,
      userId: divya.userId,
      level: 'WARNING',
      title: 'Read',
      body: '',
      createdAt,
      readAt: createdAt,
    },
  });
  const event = (type: string, readAt: string | null): EventDraft => ({
    topic: 'NOTIFICATION',
    type,
    subjectId: id,
    payload: { id, readAt },
  });
  await world.append(divya.userId, [
    event('NOTIFICATION_WRITTEN', null),
    event('NOTIFICATION_READ', createdAt.toISOString()),
  ]);
  const { inbox } = subscribed(divya, '0');
  expect((await inbox.until(2)).map(({ data }) => data)).toEqual([
    { notifications: { sequence: '1', notification: { title: 'Read', readAt: null } } },
    {
      notifications: {
        sequence: '2',
        notification: { title: 'Read', readAt: '2026-01-01T00:00:00.000Z' },
      },
    },
  ]);
});

test('nobody hears of another’s account, and without a login of none', async () => {
  const eshan = await world.register('eshan');
  const farah = await world.register('farah');
  const ears = subscribed(farah, '0');
  await notify(eshan.userId, 'for eshan only');
  await notify(farah.userId, 'for farah');
  expect(told(await ears.inbox.until(1))).toEqual([['1', 'for farah']]);

  const { inbox } = world.visitor(null).subscribe(notifications);
  expect((await inbox.until(1))[0]?.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

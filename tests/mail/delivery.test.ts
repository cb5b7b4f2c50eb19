import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliverLetters } from '@nandax/app/mail/deliver-letters.ts';
import { confirmRegistration } from '@nandax/app/registration/confirm-registration.ts';
import { requestRegistration } from '@nandax/app/registration/request-registration.ts';
import { parseEnvironment } from '@nandax/adapters/env/environment.ts';
import { smtpTransport } from '@nandax/adapters/mail/smtp-transport.ts';
import { fromHome, openAccountWorld, tokenIn, type AccountWorld } from '../kit/account-world.ts';
import { startMailServer, type MailServer } from '../kit/mail-server.ts';
import { expectOk } from '../kit/trading-world.ts';
import { testKeyRing, testPassword } from '../setup/accounts.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { startWorker } from '../../worker/compose.ts';

const from = 'NandaX <post@nandax.example>';

let database: TestDatabase;
let world: AccountWorld;
let server: MailServer;
let mail: ReturnType<typeof smtpTransport>;
beforeEach(async () => {
  database = await createTestDatabase();
  world = openAccountWorld(database.url, database.prisma);
  server = await startMailServer();
  mail = smtpTransport({ url: server.url, from });
});
afterEach(async () => {
  mail.close();
  await server.close();
  await world.close();
  await database.drop();
});

const write = (to: string, text = 'Your link: token=nxe_planted') =>
  world.ports.accounts.transaction((rows) =>
    rows.letters.insert(
      { userId: null, to, subject: 'NandaX: A story', text },
      world.ports.clock.now(),
    ),
  );
const deliver = () => deliverLetters({ ...world.ports, mail });
const rows = () => database.prisma.letter.findMany();

test('a worker sends the letter of a registration, and its link makes the account', async () => {
  const worker = await startWorker(
    parseEnvironment({
      DATABASE_URL: database.url,
      NANDAX_KEY_RING: testKeyRing,
      SMTP_URL: server.url,
      MAIL_FROM: from,
      PUBLIC_URL: 'https://trade.example.com',
      WORKER_ROLES: 'trading',
      LOG_LEVEL: 'silent',
    }),
  );
  const asked = { email: 'asha@example.com', displayName: 'Asha', password: testPassword };
  expectOk(await requestRegistration(world.ports, asked));
  const [letter] = await server.inbox.until(1);
  // What is under way is finished first, the note that it was sent included.
  await worker.close();

  expect(letter).toMatchObject({ from: 'post@nandax.example', to: ['asha@example.com'] });
  expect(letter?.body).toContain('https://trade.example.com/confirm?token=');
  const token = tokenIn({ text: letter?.body ?? '' }) ?? '';
  expectOk(await confirmRegistration(world.ports, { token, ...fromHome }));
  expect(await rows()).toMatchObject([{ sealedContent: '', failureReason: null }]);
  expect((await rows())[0]?.sentAt).not.toBeNull();
});

test('each letter is delivered once, though several post offices deliver at once', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const name of names) await write(`${name}@example.com`);
  await Promise.all([deliver(), deliver(), deliver()]);
  const addresses = server.inbox.received.flatMap(({ to }) => to).sort();
  expect(addresses).toEqual(names.map((name) => `${name}@example.com`));
});

test('a letter that is refused is put off, longer each time, and sent when it is taken', async () => {
  server.refuse({ code: 451, words: 'mailbox of asha@example.com is busy' });
  await write('asha@example.com');
  expect(await deliver()).toBe(1);
  const [first] = await rows();
  expect(first).toMatchObject({ attempts: 1, sentAt: null });
  expect(first?.failureReason).toContain('mailbox of the recipient is busy');
  expect(JSON.stringify(first)).not.toContain('asha');
  // Not due again yet.
  expect(await deliver()).toBe(0);

  world.pass(10_000);
  expect(await deliver()).toBe(1);
  world.pass(10_000);
  expect(await deliver()).toBe(0);
  server.refuse(null);
  world.pass(10_000);
  expect(await deliver()).toBe(1);
  const [sent] = await rows();
  expect(sent).toMatchObject({ attempts: 2, failureReason: null });
  expect(sent?.sentAt).not.toBeNull();
  expect(server.inbox.received).toHaveLength(1);
});

test('a letter that one server does not take holds up no other', async () => {
  server.refuse({ code: 550, words: 'no such user' });
  await write('nobody@example.com');
  await deliver();
  server.refuse(null);
  await write('asha@example.com');
  await deliver();
  expect(server.inbox.received.map(({ to }) => to)).toEqual([['asha@example.com']]);
});

test('a letter is sealed while it waits, cannot be moved to another row, and is wiped once sent', async () => {
  await write('asha@example.com');
  await write('binod@example.com', 'nothing to see');
  const waiting = JSON.stringify(await rows());
  for (const planted of ['nxe_planted', 'asha@example.com', 'A story', 'nothing to see']) {
    expect(waiting).not.toContain(planted);
  }
  const [one, other] = await rows();
  await database.prisma.letter.update({
    where: { id: one?.id ?? '' },
    data: { sealedContent: other?.sealedContent ?? '' },
  });
  await expect(world.ports.letterBox.list(10)).rejects.toThrow('does not open');
  await database.prisma.letter.update({
    where: { id: one?.id ?? '' },
    data: { sealedContent: one?.sealedContent ?? '' },
  });

  expect(await deliver()).toBe(2);
  expect((await rows()).map(({ sealedContent }) => sealedContent)).toEqual(['', '']);
});

test('nobody can smuggle a header or a second recipient into a letter', async () => {
  await write('a,thief@example.com', 'text');
  await write('asha@example.com\r\nBcc: thief@example.com', 'text');
  await deliver();
  expect(server.inbox.received.flatMap(({ to }) => to)).not.toContain('thief@example.com');
});

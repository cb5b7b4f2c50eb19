import { erasureDate } from '../accounts/erasure-date.ts';
import { systemActor } from '../actor.ts';
import {
  alreadyRegisteredLetter,
  confirmRegistrationLetter,
  passwordResetLetter,
} from '../mail/registration-letters.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { AccountRecord, AccountRequestRecord, AccountTransaction } from '../ports/accounts.ts';
import { mintToken, tokenHash } from '../token.ts';
import { resetLifeMs } from './request-password-reset.ts';

/** Letters that strangers can make us send to one address within an hour. */
const lettersAnHour = 5;
const hourMs = 3_600_000;

/**
 * Turns what people who are not logged in asked for into letters, one request a transaction: the
 * place where it is looked at whether an address is known. Returns how many requests it took.
 */
export async function writeLettersForRequests(ports: AccountPorts): Promise<number> {
  let taken = 0;
  while (await writeNext(ports)) taken += 1;
  return taken;
}

/** False: no request waits. */
async function writeNext(ports: AccountPorts): Promise<boolean> {
  const { accounts, bus, clock } = ports;
  const now = clock.now();
  const outcome = await accounts.transaction(async (rows) => {
    const [request] = await rows.accounts.takeRequests(1);
    if (request === undefined) return null;
    const since = new Date(now.getTime() - hourMs);
    const letters = await rows.accounts.countHandledRequests(request.email, since);
    if (request.expiresAt <= now || letters >= lettersAnHour) {
      await rows.accounts.dropRequest(request.id);
      return { audited: false };
    }
    const account = await rows.accounts.lockUserByEmail(request.email);
    if (request.kind === 'PASSWORD_RESET') {
      return { audited: await answerReset(ports, rows, request, account, now) };
    }
    await answerRegistration(ports, rows, request, account, now);
    return { audited: false };
  });
  if (outcome?.audited === true) await bus.publish('audit', {});
  return outcome !== null;
}

async function answerRegistration(
  { ids, settings }: AccountPorts,
  rows: AccountTransaction,
  { id, email, expiresAt }: AccountRequestRecord,
  account: AccountRecord | null,
  now: Date,
): Promise<void> {
  if (account !== null) {
    const erasedAfter =
      account.deletedAt === null ? null : erasureDate(settings, account.deletedAt);
    const letter = alreadyRegisteredLetter(settings, account, erasedAfter);
    await rows.letters.insert({ userId: account.id, ...letter }, now);
    await rows.accounts.markRequestHandled(id, null, now);
    return;
  }
  const token = mintToken(ids, 'emailToken');
  const letter = confirmRegistrationLetter(settings, email, token, expiresAt);
  await rows.letters.insert({ userId: null, ...letter }, now);
  await rows.accounts.markRequestHandled(id, tokenHash(token), now);
}

/** Whether there was someone to write to. */
async function answerReset(
  { ids, settings }: AccountPorts,
  rows: AccountTransaction,
  { id }: AccountRequestRecord,
  account: AccountRecord | null,
  now: Date,
): Promise<boolean> {
  if (account === null || account.suspendedAt !== null) {
    await rows.accounts.dropRequest(id);
    return false;
  }
  const token = mintToken(ids, 'emailToken');
  const expiresAt = new Date(now.getTime() + resetLifeMs);
  await rows.accounts.insertEmailToken({
    id: tokenHash(token),
    userId: account.id,
    purpose: 'RESET_PASSWORD',
    newEmail: null,
    createdAt: now,
    expiresAt,
  });
  const letter = passwordResetLetter(settings, account, token, expiresAt);
  await rows.letters.insert({ userId: account.id, ...letter }, now);
  await rows.accounts.markRequestHandled(id, null, now);
  await rows.audit.append(
    [{ chain: account.id, action: 'PASSWORD_RESET_REQUESTED', actor: systemActor }],
    now,
  );
  return true;
}

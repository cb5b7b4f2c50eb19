import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { invalidInput, type IllegalState, type InvalidInput } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { AccountTransaction } from '../ports/accounts.ts';
import type { Passkeys } from '../ports/passkeys.ts';
import { mostPasskeys, tooManyPasskeys } from './begin-passkey-registration.ts';
import { lockOpenChallenge, refuseAnswer } from './challenges.ts';
import { publishChange, recordChange } from './change-second-factor.ts';
import { challengeEnded, type ChallengeEnded, type SecondFactorRefused } from './failures.ts';
import { renewCodes } from './recovery-codes.ts';

export interface FinishPasskeyInput {
  readonly actor: UserActor;
  /** Of the registration that was begun. */
  readonly secret: string;
  /** Name for people. */
  readonly name: string;
  /** The response of the browser's `navigator.credentials.create`, as JSON. */
  readonly response: object;
}

/** A passkey that was added. */
export interface AddedPasskey {
  readonly id: string;
  /** For the day it is lost, shown once; null: the user has some already. */
  readonly recoveryCodes: readonly string[] | null;
}

export type FinishPasskeyFailure =
  ChallengeEnded | SecondFactorRefused | IllegalState | InvalidInput;

type FinishPasskeyPorts = AccountPorts & { readonly passkeys: Passkeys };

/**
 * Adds the passkey that an authenticator has made. From now on logins ask for a second factor; the
 * session that did it has shown one.
 */
export async function finishPasskeyRegistration(
  ports: FinishPasskeyPorts,
  input: FinishPasskeyInput,
): Promise<Result<AddedPasskey, FinishPasskeyFailure>> {
  const name = input.name.trim();
  if (name.length < 1 || name.length > 80) {
    return fail(invalidInput('name', 'A passkey’s name has 1 to 80 characters.'));
  }
  const now = ports.clock.now();
  const added = await ports.accounts.transaction((rows) =>
    addPasskey(ports, rows, { ...input, name }, now),
  );
  if (added.ok) await publishChange(ports, input.actor.userId);
  return added;
}

async function addPasskey(
  ports: FinishPasskeyPorts,
  rows: AccountTransaction,
  { actor, secret, name, response }: FinishPasskeyInput,
  now: Date,
): Promise<Result<AddedPasskey, FinishPasskeyFailure>> {
  const { ids, passkeys } = ports;
  const { userId } = actor;
  const account = await rows.accounts.lockUser(userId);
  const challenge = await lockOpenChallenge(rows, secret, 'PASSKEY_REGISTRATION', now);
  if (account === null || challenge?.userId !== userId || challenge.webAuthn === null) {
    return fail(challengeEnded);
  }
  const registered = await passkeys.registered(response, challenge.webAuthn);
  const isKnown =
    registered !== null && (await rows.secondFactors.lockPasskey(registered.credentialId)) !== null;
  if (registered === null || isKnown) return fail(await refuseAnswer(rows, challenge));
  const others = await rows.secondFactors.passkeysOf(userId);
  if (others.length >= mostPasskeys) return fail(tooManyPasskeys);

  const id = ids.uuid();
  await rows.secondFactors.removeChallenge(challenge.id);
  await rows.secondFactors.insertPasskey({ ...registered, id, userId, name, createdAt: now });
  const codesLeft = await rows.secondFactors.countRecoveryCodes(userId);
  const recoveryCodes = codesLeft > 0 ? null : await renewCodes(rows, ids, userId, now);
  await rows.sessions.markSecondFactor(actor.sessionId);
  await recordChange(ports, rows, account, actor, 'PASSKEY_ADDED', now, {
    entity: 'Passkey',
    entityId: id,
    personal: { name },
  });
  return succeed({ id, recoveryCodes });
}

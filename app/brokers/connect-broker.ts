import { fail, succeed, type Result } from '@nandax/core/result.ts';
import type { UserActor } from '../actor.ts';
import { invalidInput, type InvalidInput } from '../failures.ts';
import type { AccountPorts } from '../ports/account-ports.ts';
import type { BrokerName } from '../ports/brokers.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { InvalidCredentials, TooManyAttempts } from '../sessions/log-in.ts';
import { proveOwnPassword, type OwnPasswordPorts } from '../sessions/prove-own-password.ts';
import { checkTierLimit, type TierLimitReached } from '../tiers/check-tier-limit.ts';
import { needsSecondFactor, type SecondFactorNeeded } from './needs-second-factor.ts';

export interface ConnectBrokerInput {
  readonly actor: UserActor;
  readonly password: string;
  readonly broker: BrokerName;
  /** Name for people. */
  readonly label: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

export type ConnectBrokerFailure =
  InvalidInput | InvalidCredentials | TooManyAttempts | SecondFactorNeeded | TierLimitReached;

/** Where a connection's secrets are kept, for the seals on them. */
export const brokerPlaces = {
  apiKey: (id: string) => `BrokerConnection.sealedApiKey:${id}`,
  apiSecret: (id: string) => `BrokerConnection.sealedApiSecret:${id}`,
} as const;

/** Characters of the API key that are shown. */
const endingLength = 4;
/** Kite's keys and secrets are letters and digits; nobody's are shorter than this. */
const secretText = /^[!-~]{8,200}$/;

/** Keeps a user's own access to a broker, sealed. Its secrets are never shown again. */
export async function connectBroker(
  ports: AccountPorts & OwnPasswordPorts & { readonly sealer: Sealer },
  input: ConnectBrokerInput,
): Promise<Result<{ readonly id: string }, ConnectBrokerFailure>> {
  const { accounts, bus, clock, ids, sealer, settings } = ports;
  const { actor, broker } = input;
  const { userId } = actor;
  const [label, apiKey, apiSecret] = [input.label, input.apiKey, input.apiSecret].map((text) =>
    text.trim(),
  ) as [string, string, string];
  const invalid = checkInput(label, apiKey, apiSecret);
  if (invalid !== null) return fail(invalid);
  const proved = await proveOwnPassword(ports, actor, input.password);
  if (!proved.ok) return proved;

  const id = ids.uuid();
  const now = clock.now();
  const failure = await accounts.transaction(async (rows): Promise<ConnectBrokerFailure | null> => {
    const refused =
      (await needsSecondFactor(settings, rows, actor)) ??
      (await checkTierLimit(rows, userId, 'liveBrokers', now));
    if (refused !== null) return refused;
    await rows.brokers.insert({
      id,
      userId,
      broker,
      label,
      sealedApiKey: sealer.seal(apiKey, brokerPlaces.apiKey(id)),
      sealedApiSecret: sealer.seal(apiSecret, brokerPlaces.apiSecret(id)),
      apiKeyEnding: apiKey.slice(-endingLength),
      createdAt: now,
    });
    await rows.audit.append(
      [
        {
          chain: userId,
          action: 'BROKER_CONNECTED',
          actor,
          entity: 'BrokerAccount',
          entityId: id,
          after: { broker },
          personal: { label },
        },
      ],
      now,
    );
    return null;
  });
  if (failure !== null) return fail(failure);
  await bus.publish('audit', {});
  return succeed({ id });
}

function checkInput(label: string, apiKey: string, apiSecret: string): InvalidInput | null {
  if (label.length < 1 || label.length > 80) {
    return invalidInput('label', 'A label has 1 to 80 characters.');
  }
  const [keyFits, secretFits] = [secretText.test(apiKey), secretText.test(apiSecret)];
  if (keyFits && secretFits) return null;
  return invalidInput(
    keyFits ? 'apiSecret' : 'apiKey',
    'Copy it whole from the broker’s developer page: 8 to 200 characters without spaces.',
  );
}

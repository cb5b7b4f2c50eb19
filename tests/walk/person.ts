import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { mintRecoveryCode } from '@nandax/app/second-factor/recovery-codes.ts';
import { mintToken, type TokenKind } from '@nandax/app/token.ts';
import { ringAccessTokens } from '@nandax/adapters/auth/access-tokens.ts';
import { osloTotp } from '@nandax/adapters/auth/totp.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import { parseKeyRing } from '@nandax/adapters/secrets/key-ring.ts';
import { globalIdOf } from '../../api/relay/global-id.ts';
import { testKeyRing } from '../setup/accounts.ts';
import type { Column } from './catalogue.ts';
import { plantAccount } from './plant-account.ts';
import { plantMarket } from './plant-market.ts';
import { plantOptimisation } from './plant-optimisation.ts';
import { plantTrading } from './plant-trading.ts';
import { Planter, type Signature } from './planter.ts';

/** The scopes an API key can have, written down here once more: the walk asks nobody else. */
export const scopes = [
  'READ',
  'STRATEGIES_WRITE',
  'BACKTESTS_RUN',
  'AGENTS_CONTROL',
  'SIGNALS_SUBMIT',
  'PAPER_TRADE',
  'LIVE_TRADE',
  'RISK_HALT',
] as const;
export type Scope = (typeof scopes)[number];

/** The API keys every planted person has. */
export const keyNames = [...scopes, 'ALL', 'EXPIRED', 'REVOKED', 'ELSEWHERE'] as const;
export type KeyName = (typeof keyNames)[number];

/** The rows a test can name; each has an id of its own. */
const rowNames = [
  ...['user', 'webSession', 'programSession', 'letter', 'passkey', 'brokerConnection'],
  ...['recoveryCode', 'auditEvent', 'instrument', 'dataset', 'tickDataset', 'strategy'],
  ...['strategyVersion', 'portfolio', 'agent', 'replay', 'readyReplay', 'pausedReplay'],
  ...['backtest', 'paperRun', 'liveRun', 'decision', 'orderRequest', 'order', 'fill', 'trade'],
  'optimisation',
  ...['note', 'notification', 'ledgerTransaction', 'jobFailure', 'riskLock', 'gtt', 'protection'],
  ...['finding'],
  'rejectedOrder',
] as const;

/** Someone with a row in every table that holds what belongs to somebody. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** Local ids of their rows. */
  readonly ids: Readonly<Record<string, string>>;
  /** The day all their market data lies on. */
  readonly day: string;
  /** Last number of their event log, and the one before its first. */
  readonly events: { readonly before: number; readonly last: number };
  readonly planter: Planter;
  /** The Cookie header of their browser. */
  readonly cookie: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly apiKeys: Readonly<Record<KeyName, string>>;
  /** Tokens of letters that were sent to them. */
  readonly resetToken: string;
  readonly changeEmailToken: string;
  readonly registrationToken: string;
  /** Secret of a login of theirs that waits for its second factor. */
  readonly challenge: string;
  readonly recoveryCode: string;
  /** What their authenticator app keeps, base32. */
  readonly totpSecret: string;
  /** The global id of one of their rows. */
  id(entity: string, row: string): string;
}

/** What the plantings of one person share. */
export interface Plot {
  readonly planter: Planter;
  readonly signature: Signature;
  readonly ids: Readonly<Record<string, string>>;
  readonly email: string;
  readonly passwordHash: string;
  readonly day: Date;
  readonly secrets: Readonly<Record<string, string>>;
  readonly suspended: boolean;
}

export interface Planting {
  readonly pool: pg.Pool;
  readonly tables: ReadonlyMap<string, readonly Column[]>;
  readonly signature: Signature;
  readonly passwordHash: string;
  readonly suspended?: boolean;
  /** Account, credentials and letters only. */
  readonly accountOnly?: boolean;
}

/** Plants someone in every table. */
export async function plantPerson(planting: Planting): Promise<Person> {
  const { pool, tables, signature, passwordHash, suspended = false } = planting;
  const planter = new Planter(tables, signature);
  const ids: Record<string, string> = {};
  for (const row of rowNames) ids[row] = planter.mark(randomUUID(), `id of ${row}`);
  const user = ids['user'] ?? '';
  const email = `plant-${signature.name}-${user.slice(0, 8)}@example.com`.toLowerCase();
  const secret = (kind: TokenKind, origin: string) =>
    planter.mark(mintToken(systemIds(), kind), origin);
  const secrets: Record<string, string> = {
    session: planter.mark(randomBytes(25).toString('hex'), 'secret of the session'),
    refreshToken: secret('refreshToken', 'secret of the refresh token'),
    resetToken: secret('emailToken', 'secret of the reset letter'),
    changeEmailToken: secret('emailToken', 'secret of the email letter'),
    registrationToken: secret('emailToken', 'secret of the registration letter'),
    challenge: secret('challenge', 'secret of the challenge'),
    recoveryCode: planter.mark(mintRecoveryCode(systemIds()), 'secret of the recovery code'),
    totp: planter.mark(osloTotp().mintSecret(), 'secret of TOTP'),
  };
  for (const name of keyNames) {
    ids[`key${name}`] = planter.mark(randomUUID(), `id of key${name}`);
    secrets[`key${name}`] = secret('apiKey', `secret of key ${name}`);
  }
  const day = new Date(Date.UTC(2019, 6, 2 + signature.number));
  const plot: Plot = {
    planter,
    signature,
    ids,
    email,
    passwordHash,
    day,
    secrets,
    suspended,
  };
  plantAccount(plot);
  if (planting.accountOnly !== true) {
    plantMarket(plot);
    plantTrading(plot);
    plantOptimisation(plot);
  }
  markGlobalIds(planter, ids);
  await planter.flush(pool);
  const now = new Date();
  const accessToken = await ringAccessTokens(() => parseKeyRing(testKeyRing)).sign(
    {
      userId: user,
      sessionId: ids['programSession'] ?? '',
      sessionVersion: 1,
      expiresAt: new Date(now.getTime() + 3_600_000),
    },
    now,
  );
  const first = signature.number * 1000;
  const secretOf = (name: string) => secrets[name] ?? '';
  return {
    name: signature.name,
    email,
    ids,
    day: day.toISOString().slice(0, 10),
    events: { before: first, last: first + 8 },
    planter,
    cookie: `nandax_session=${secretOf('session')}`,
    accessToken,
    refreshToken: secretOf('refreshToken'),
    apiKeys: Object.fromEntries(
      keyNames.map((name) => [name, secretOf(`key${name}`)]),
    ) as unknown as Record<KeyName, string>,
    resetToken: secretOf('resetToken'),
    changeEmailToken: secretOf('changeEmailToken'),
    registrationToken: secretOf('registrationToken'),
    challenge: secretOf('challenge'),
    recoveryCode: secretOf('recoveryCode'),
    totpSecret: secretOf('totp'),
    id(entity, row) {
      const id = row === 'ledger' ? String(signature.number * 1_000_000 + 1) : ids[row];
      if (id === undefined) throw new Error(`nobody has a row ${row}`);
      return globalIdOf(entity, id);
    },
  };
}

/** Ids leave the API in another spelling, which is as telling. */
function markGlobalIds(planter: Planter, ids: Readonly<Record<string, string>>): void {
  const entities = new Map<string, string>([
    ...['replay', 'readyReplay', 'pausedReplay'].map((row) => [row, 'ReplaySession'] as const),
    ...['backtest', 'paperRun', 'liveRun'].map((row) => [row, 'Run'] as const),
    ...['webSession', 'programSession'].map((row) => [row, 'Session'] as const),
    ...['tickDataset'].map((row) => [row, 'Dataset'] as const),
    ['brokerConnection', 'BrokerAccount'],
    ['decision', 'AgentDecision'],
    ['note', 'ContractNote'],
    ['rejectedOrder', 'Order'],
  ]);
  for (const [row, id] of Object.entries(ids)) {
    const usual = row.startsWith('key') ? 'ApiKey' : row.replace(/^./, (one) => one.toUpperCase());
    planter.mark(globalIdOf(entities.get(row) ?? usual, id), `id of ${row}`);
  }
}

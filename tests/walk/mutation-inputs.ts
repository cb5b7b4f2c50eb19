import { Decimal } from 'decimal.js';
import { codeAt } from '../kit/authenticator-app.ts';
import { testPassword } from '../setup/accounts.ts';
import { newPasskey, passkeyLogin } from './passkeys.ts';
import type { Person } from './person.ts';
import { rulesOf } from './plant-trading.ts';
import type { Headers } from './requests.ts';
import type { WalkWorld } from './world.ts';

/** A valid input of a mutation, about what is `of`'s, for who comes by `headers`. Null: it takes none. */
type Input = (
  of: Person,
  world: WalkWorld,
  headers: Headers,
) => object | null | Promise<object | null>;

export interface MutationCase {
  readonly input: Input;
  /** SQL that brings the person's rows into the state it needs; `$1` is the named row's id. */
  readonly before?: { readonly sql: string; readonly row: string };
  /** The input as someone would send it who does not know the secret. */
  readonly guessed?: Input;
}

const named =
  (entity: string, row: string, more: object = {}): Input =>
  (of) => ({ id: of.id(entity, row), ...more });

const settled = {
  sql: `UPDATE "Agent" SET "status" = 'IDLE', "currentRunId" = NULL WHERE "id" = $1`,
  row: 'agent',
};
const undecided = {
  sql: `UPDATE "JobFailure" SET "status" = 'WAITING' WHERE "id" = $1`,
  row: 'jobFailure',
};
/** A plain market order of which half has executed. */
const working = {
  sql: `UPDATE "Order" SET "status" = 'PARTIALLY_FILLED', "quantity" = 2, "filledQuantity" = 1,
          "price" = NULL, "triggerPrice" = NULL, "disclosedQuantity" = NULL,
          "validityMinutes" = NULL, "marketProtectionPercent" = NULL, "icebergLegs" = NULL,
          "modificationCount" = 0, "requestedTerms" = NULL
        WHERE "id" = $1`,
  row: 'order',
};
const waiting = {
  sql: `UPDATE "Gtt" SET "status" = 'ACTIVE', "endedAt" = NULL WHERE "id" = $1`,
  row: 'gtt',
};
/** Planted tick sizes are as large as planted prices. */
async function tickOf(of: Person, { pool }: WalkWorld): Promise<Decimal> {
  const { rows } = await pool.query<{ tickSize: string }>(
    `SELECT "tickSize"::text FROM "Instrument" WHERE "id" = $1`,
    [of.ids['instrument']],
  );
  return new Decimal(rows[0]?.tickSize ?? NaN);
}
async function legsAboveTheMarket(of: Person, world: WalkWorld): Promise<readonly object[]> {
  const price = (await tickOf(of, world)).times(2).toFixed();
  return [{ triggerPrice: price, price, quantity: '1' }];
}
/** What makes rows of trades open, or closed. */
export const isOpen = `"status" = 'OPEN', "exitPrice" = NULL, "exitAt" = NULL, "exitReason" = NULL, "grossPnl" = NULL`;
const isClosed = `"status" = 'CLOSED', "exitPrice" = "entryPrice", "exitAt" = "entryAt", "exitReason" = 'MANUAL', "grossPnl" = 0`;

/** A trade is open, its portfolio holds ten units, and no order is there to take them off. */
const open = {
  sql: `
    WITH held AS (SELECT "portfolioId" AS "id" FROM "Trade" WHERE "id" = $1),
         orders AS (UPDATE "Order" SET "status" = 'CANCELLED'
                    FROM held WHERE "side" = 'SELL' AND "portfolioId" = held."id"),
         trade AS (UPDATE "Trade" SET ${isOpen} WHERE "id" = $1),
         others AS (UPDATE "Trade" SET ${isClosed}
                    FROM held WHERE "portfolioId" = held."id" AND "Trade"."id" <> $1)
    UPDATE "Position" SET "buyQuantity" = "sellQuantity" + 10
    FROM held WHERE "portfolioId" = held."id"`,
  row: 'trade',
};
/** The last price stands a tick above the tick size, so that a stop has room below. */
const aboveTheTick = {
  sql: `UPDATE "Quote" SET "lastPrice" = "lastPrice" * 2 WHERE "instrumentId" = $1`,
  row: 'instrument',
};
/** As `open`, the trade being one by hand. */
const openByHand = {
  sql: open.sql.replace(isOpen, `${isOpen}, "runId" = NULL, "agentId" = NULL`).replace(
    'UPDATE "Position"',
    `, quote AS (UPDATE "Quote" SET "lastPrice" = "lastPrice" * 2
                   FROM "Trade" WHERE "Trade"."id" = $1
                     AND "Quote"."instrumentId" = "Trade"."instrumentId")
       UPDATE "Position"`,
  ),
  row: 'trade',
};
let made = 0;
/** A name nothing had before. */
function fresh(word: string): string {
  made += 1;
  return `${word} ${made}`;
}
const wrongToken = () => ({ token: 'nxe_guessed-guessed-guessed-guessed-guessed' });
const guessedChallenge = 'nxc_guessed-guessed-guessed-guessed-guessed';
const newPassword = 'marigold-77-Kaveri-lantern';

/** A valid call of each mutation. */
export const mutationCases: Readonly<Record<string, MutationCase>> = {
  createStrategy: {
    input: (of) => ({
      name: fresh('Strategy'),
      type: 'MOMENTUM',
      timeFrame: 'ONE_MINUTE',
      instrumentIds: [of.id('Instrument', 'instrument')],
      document: rulesOf(1),
    }),
  },
  updateStrategy: { input: named('Strategy', 'strategy', { name: 'Renamed' }) },
  deleteStrategy: { input: named('Strategy', 'strategy'), before: settled },
  runBacktest: {
    input: (of) => ({
      strategyId: of.id('Strategy', 'strategy'),
      strategyVersionId: of.id('StrategyVersion', 'strategyVersion'),
      datasetId: of.id('Dataset', 'dataset'),
    }),
  },
  startOptimisation: {
    input: (of) => ({
      strategyId: of.id('Strategy', 'strategy'),
      strategyVersionId: of.id('StrategyVersion', 'strategyVersion'),
      datasetId: of.id('Dataset', 'dataset'),
    }),
  },
  cancelOptimisation: { input: named('Optimisation', 'optimisation') },
  cancelBacktest: { input: named('Run', 'backtest') },
  importHistory: {
    input: () => ({
      content: 'date,open,high,low,close,volume\n2019-08-01 09:15:00+05:30,1,2,1,2,100\n',
      fileName: 'day.csv',
      datasetName: fresh('Import'),
      instrument: { exchange: 'NSE', tradingSymbol: 'IMPORTED', lotSize: 1, tickSize: '0.05' },
    }),
  },

  createAgent: {
    input: (of) => ({
      name: fresh('Agent'),
      strategyId: of.id('Strategy', 'strategy'),
      portfolioId: of.id('Portfolio', 'portfolio'),
    }),
  },
  startAgent: {
    input: (of) => ({
      id: of.id('Agent', 'agent'),
      replaySessionId: of.id('ReplaySession', 'replay'),
    }),
    before: settled,
  },
  pauseAgent: { input: named('Agent', 'agent') },
  resumeAgent: {
    input: named('Agent', 'agent'),
    before: { sql: `UPDATE "Agent" SET "status" = 'PAUSED' WHERE "id" = $1`, row: 'agent' },
  },
  stopAgent: { input: named('Agent', 'agent', { exitPositions: false }) },
  createReplay: {
    input: (of) => ({
      name: fresh('Replay'),
      datasetId: of.id('Dataset', 'dataset'),
      instrumentIds: [of.id('Instrument', 'instrument')],
    }),
  },
  startReplay: { input: named('ReplaySession', 'readyReplay') },
  pauseReplay: { input: named('ReplaySession', 'replay') },
  restartReplay: { input: named('ReplaySession', 'pausedReplay') },
  setReplaySpeed: { input: named('ReplaySession', 'readyReplay', { speed: '5' }) },
  stopReplay: { input: named('ReplaySession', 'pausedReplay') },

  createPortfolio: { input: () => ({ name: fresh('Portfolio') }) },
  depositToPortfolio: {
    input: (of) => ({
      id: of.id('Portfolio', 'portfolio'),
      idempotencyKey: fresh('deposit'),
      amount: '500',
    }),
  },
  withdrawFromPortfolio: {
    input: (of) => ({
      id: of.id('Portfolio', 'portfolio'),
      idempotencyKey: fresh('withdrawal'),
      amount: '0.01',
    }),
  },
  resetPortfolio: {
    input: (of) => ({ id: of.id('Portfolio', 'portfolio'), idempotencyKey: fresh('reset') }),
    before: {
      sql: `
        WITH orders AS (UPDATE "Order" SET "status" = 'CANCELLED' WHERE "portfolioId" = $1)
        UPDATE "Agent" SET "status" = 'STOPPED', "currentRunId" = NULL WHERE "portfolioId" = $1`,
      row: 'portfolio',
    },
  },
  renamePortfolio: { input: named('Portfolio', 'portfolio', { name: 'Renamed' }) },
  placeOrder: {
    input: (of) => ({
      idempotencyKey: fresh('order'),
      portfolioId: of.id('Portfolio', 'portfolio'),
      instrumentId: of.id('Instrument', 'instrument'),
      side: 'BUY',
      type: 'MARKET',
      product: 'MIS',
      quantity: '1',
    }),
  },
  placeBasket: {
    input: (of) => ({
      idempotencyKey: fresh('basket'),
      portfolioId: of.id('Portfolio', 'portfolio'),
      legs: [
        {
          instrumentId: of.id('Instrument', 'instrument'),
          side: 'BUY',
          type: 'MARKET',
          product: 'MIS',
          quantity: '1',
        },
      ],
    }),
  },
  exitPosition: {
    input: (of) => ({
      idempotencyKey: fresh('exit'),
      portfolioId: of.id('Portfolio', 'portfolio'),
      instrumentId: of.id('Instrument', 'instrument'),
      product: 'MIS',
      quantity: '1',
    }),
    before: open,
  },
  exitAllPositions: {
    input: (of) => ({
      idempotencyKey: fresh('exit'),
      portfolioId: of.id('Portfolio', 'portfolio'),
    }),
    before: {
      sql: `
        WITH orders AS (UPDATE "Order" SET "status" = 'CANCELLED'
                        WHERE "side" = 'SELL' AND "portfolioId" = $1),
             trades AS (UPDATE "Trade" SET ${isClosed} WHERE "portfolioId" = $1)
        UPDATE "Position" SET "buyQuantity" = "sellQuantity" + 10 WHERE "portfolioId" = $1`,
      row: 'portfolio',
    },
  },
  closeTrade: {
    input: (of) => ({
      idempotencyKey: fresh('close'),
      id: of.id('Trade', 'trade'),
      quantity: '1',
    }),
    before: open,
  },
  modifyOrder: { input: named('Order', 'order', { quantity: '3' }), before: working },
  cancelOrder: { input: named('Order', 'order'), before: working },
  cancelAllOrders: {
    input: (of) => ({ portfolioId: of.id('Portfolio', 'portfolio') }),
    before: working,
  },
  placeGtt: {
    input: async (of, world) => ({
      idempotencyKey: fresh('gtt'),
      portfolioId: of.id('Portfolio', 'portfolio'),
      instrumentId: of.id('Instrument', 'instrument'),
      side: 'BUY',
      product: 'CNC',
      legs: await legsAboveTheMarket(of, world),
    }),
  },
  modifyGtt: {
    input: async (of, world) => ({
      id: of.id('Gtt', 'gtt'),
      legs: await legsAboveTheMarket(of, world),
    }),
    before: waiting,
  },
  placeBracket: {
    input: async (of, world) => {
      const tick = await tickOf(of, world);
      return {
        idempotencyKey: fresh('bracket'),
        portfolioId: of.id('Portfolio', 'portfolio'),
        instrumentId: of.id('Instrument', 'instrument'),
        side: 'BUY',
        type: 'MARKET',
        product: 'MIS',
        quantity: '1',
        stopPrice: tick.toFixed(),
        targetPrice: tick.times(3).toFixed(),
      };
    },
    before: aboveTheTick,
  },
  setProtectiveStop: {
    input: async (of, world) => ({
      portfolioId: of.id('Portfolio', 'portfolio'),
      instrumentId: of.id('Instrument', 'instrument'),
      product: 'MIS',
      stopPrice: (await tickOf(of, world)).toFixed(),
    }),
    before: openByHand,
  },
  modifyProtection: {
    input: async (of, world) => ({
      id: of.id('Protection', 'protection'),
      idempotencyKey: fresh('protection'),
      stopPrice: (await tickOf(of, world)).toFixed(),
      targetPrice: null,
    }),
    before: {
      // One by hand of which nothing rests.
      sql: `
        WITH gone AS (DELETE FROM "ProtectionOrder" WHERE "protectionId" = $1)
        UPDATE "Protection" SET "status" = 'ACTIVE', "entryOrderId" = NULL WHERE "id" = $1`,
      row: 'protection',
    },
  },
  removeProtection: {
    input: named('Protection', 'protection'),
    before: {
      sql: `UPDATE "Protection" SET "status" = 'ACTIVE' WHERE "id" = $1`,
      row: 'protection',
    },
  },
  cancelGtt: { input: named('Gtt', 'gtt'), before: waiting },
  acknowledgeFinding: {
    input: named('ReconciliationFinding', 'finding'),
    before: {
      sql: `UPDATE "ReconciliationFinding" SET "endedAt" = NULL, "acknowledgedAt" = NULL WHERE "id" = $1`,
      row: 'finding',
    },
  },
  releaseRiskLock: {
    input: named('RiskLock', 'riskLock'),
    before: {
      sql: `UPDATE "RiskLock" SET "releasedAt" = NULL, "endsAt" = NULL WHERE "id" = $1`,
      row: 'riskLock',
    },
  },
  setRiskLimits: {
    input: (of) => ({
      scope: 'PORTFOLIO',
      id: of.id('Portfolio', 'portfolio'),
      maxCapitalPerTrade: '900000000.00',
      maxOrderValue: '900000000.00',
      maxOrderQuantity: '900000000',
      maxOpenPositions: 900,
      maxInstrumentExposure: '900000000.00',
      maxTotalExposure: '900000000.00',
      maxOrdersPerSecond: 900,
      maxOrdersPerMinute: 900,
      maxOrdersPerDay: 900,
      maxDailyLoss: '900000000.00',
      maxDailyProfit: '900000000.00',
      maxDrawdown: '900000000.00',
      maxConsecutiveLosses: 900,
      lossCoolDownMinutes: 15,
      maxPriceDeviation: '90',
      allowedInstrumentIds: [of.id('Instrument', 'instrument')],
      entriesFromMinute: 0,
      entriesUntilMinute: 1440,
    }),
  },
  activateKillSwitch: {
    input: (of) => ({ portfolioId: of.id('Portfolio', 'portfolio'), reason: fresh('Mad market') }),
  },
  releaseKillSwitch: {
    input: (of) => ({ portfolioId: of.id('Portfolio', 'portfolio') }),
    before: {
      sql: `UPDATE "TradingState" SET "state" = 'HALTED', "killSwitchId" = gen_random_uuid()
            WHERE "scope" = 'PORTFOLIO' AND "scopeId" = $1::text`,
      row: 'portfolio',
    },
  },

  markNotificationRead: { input: named('Notification', 'notification') },
  updateProfile: { input: () => ({ displayName: fresh('Name') }) },
  updateAccountSettings: { input: () => ({ loginLetters: false }) },
  changeEmail: {
    input: () => ({
      newEmail: `${fresh('new').replace(' ', '-')}@example.com`,
      password: testPassword,
    }),
  },
  changePassword: { input: () => ({ currentPassword: testPassword, newPassword }) },
  createApiKey: {
    input: () => ({ name: fresh('Key'), password: testPassword, scopes: ['READ'] }),
  },
  revokeApiKey: { input: named('ApiKey', 'keyREAD') },
  revokeSession: { input: named('Session', 'programSession') },
  logOutEverywhere: { input: () => null },
  deleteAccount: { input: () => ({ password: testPassword }) },

  beginTotpEnrolment: {
    input: () => ({ password: testPassword }),
    before: { sql: `DELETE FROM "TotpCredential" WHERE "userId" = $1`, row: 'user' },
  },
  confirmTotp: {
    input: (of) => ({ code: codeAt(of.totpSecret, new Date()) }),
    before: {
      sql: `UPDATE "TotpCredential" SET "confirmedAt" = NULL WHERE "userId" = $1`,
      row: 'user',
    },
  },
  disableTotp: { input: (of) => ({ password: testPassword, code: of.recoveryCode }) },
  renewRecoveryCodes: { input: (of) => ({ password: testPassword, code: of.recoveryCode }) },
  beginPasskeyRegistration: { input: () => ({ password: testPassword }) },
  finishPasskeyRegistration: {
    input: async (_of, world, headers) => (await newPasskey(world, headers)).finishing,
    guessed: () => ({ secret: guessedChallenge, name: 'Guessed', response: {} }),
  },
  removePasskey: { input: named('Passkey', 'passkey', { password: testPassword }) },
  connectBroker: {
    input: () => ({
      broker: 'ZERODHA',
      label: fresh('Broker'),
      apiKey: 'abcdefgh12345678',
      apiSecret: 'abcdefgh12345678abcdefgh12345678',
      password: testPassword,
    }),
  },
  disconnectBroker: { input: named('BrokerAccount', 'brokerConnection') },

  beginPasskeyLogin: { input: () => null },
  beginPasskeyChallenge: {
    input: (of) => ({ secret: of.challenge }),
    guessed: () => ({ secret: guessedChallenge }),
  },
  verifySecondFactor: {
    input: (of) => ({ secret: of.challenge, method: 'RECOVERY_CODE', code: of.recoveryCode }),
    guessed: (of) => ({
      secret: guessedChallenge,
      method: 'RECOVERY_CODE',
      code: of.recoveryCode.replace(/^./, '0'),
    }),
  },
  finishPasskeyLogin: {
    input: (of, world) => passkeyLogin(of, world),
    guessed: () => ({ secret: guessedChallenge, response: {} }),
  },
  login: {
    input: (of) => ({ email: of.email, password: testPassword }),
    guessed: (of) => ({ email: of.email, password: 'guessed-guessed-guessed' }),
  },
  refreshTokens: {
    input: (of) => ({ refreshToken: of.refreshToken }),
    guessed: () => ({ refreshToken: 'nxr_guessed-guessed-guessed-guessed-guessed' }),
  },
  confirmRegistration: {
    input: (of) => ({ token: of.registrationToken }),
    guessed: wrongToken,
  },
  confirmEmailChange: { input: (of) => ({ token: of.changeEmailToken }), guessed: wrongToken },
  resetPassword: {
    input: (of) => ({ token: of.resetToken, password: newPassword }),
    guessed: () => ({ ...wrongToken(), password: newPassword }),
  },
  restoreAccount: {
    input: (of) => ({ email: of.email, password: testPassword }),
    before: { sql: `UPDATE "User" SET "deletedAt" = now() WHERE "id" = $1`, row: 'user' },
    guessed: (of) => ({ email: of.email, password: 'guessed-guessed-guessed' }),
  },

  register: {
    input: () => ({
      email: `${fresh('guest').replace(' ', '-')}@example.com`,
      displayName: 'Guest',
      password: testPassword,
    }),
  },
  requestPasswordReset: { input: (of) => ({ email: of.email }) },
  logout: { input: () => null },

  changeRole: { input: named('ManagedAccount', 'user', { role: 'PREMIUM' }) },
  changeTier: { input: named('ManagedAccount', 'user', { tier: 'BASIC' }) },
  suspendAccount: { input: named('ManagedAccount', 'user', { reason: 'Asked for by the walk' }) },
  reinstateAccount: {
    input: named('ManagedAccount', 'user'),
    before: { sql: `UPDATE "User" SET "suspendedAt" = now() WHERE "id" = $1`, row: 'user' },
  },
  retryFailedJob: { input: named('JobFailure', 'jobFailure'), before: undecided },
  discardFailedJob: { input: named('JobFailure', 'jobFailure'), before: undecided },
  setTierLimits: { input: () => ({ tier: 'FREE', requestsPerMinute: 999_999 }) },
};

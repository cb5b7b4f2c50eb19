import type { Person } from './person.ts';
import { isOpen } from './mutation-inputs.ts';
import type { Headers } from './requests.ts';
import type { ViewerName } from './viewers.ts';
import type { WalkWorld } from './world.ts';
import { testPassword } from '../setup/accounts.ts';
import { codeAt } from '../kit/authenticator-app.ts';
import { rulesOf } from './plant-trading.ts';

/** A call that fails in a way of its own, so that what the failure tells is seen. */
export interface Provocation {
  readonly mutation: string;
  /** The failure's type, or the answer that the matrix's usual call does not bring. */
  readonly answers: string;
  readonly as?: ViewerName;
  readonly before?: { readonly sql: string; readonly row: string };
  readonly input: (of: Person, world: WalkWorld, headers: Headers) => object | Promise<object>;
  /** How often it is sent at most, until it is answered so. Default: once. */
  readonly atMost?: number;
}

const suspended = {
  sql: `UPDATE "User" SET "suspendedAt" = now() WHERE "id" = $1`,
  row: 'user',
};
const deleted = { sql: `UPDATE "User" SET "deletedAt" = now() WHERE "id" = $1`, row: 'user' };
const withoutFactors = `
  WITH totp AS (DELETE FROM "TotpCredential" WHERE "userId" = $1),
       keys AS (DELETE FROM "Passkey" WHERE "userId" = $1)
  DELETE FROM "RecoveryCode" WHERE "userId" = $1`;
const logIn = ({ email }: Person) => ({ email, password: testPassword });

/** A provocation of each failure that the contract has. */
export const provocations: readonly Provocation[] = [
  { mutation: 'createPortfolio', answers: 'InvalidInput', input: () => ({ name: '' }) },
  {
    mutation: 'pauseReplay',
    answers: 'IllegalState',
    input: (of) => ({ id: of.id('ReplaySession', 'readyReplay') }),
  },
  {
    // By a limit that somebody set, so that the denial says whose it is.
    mutation: 'placeOrder',
    answers: 'OrderDenied',
    before: {
      sql: `UPDATE "RiskLimits" SET "maxOrderValue" = 0.01
            WHERE "scope" = 'PORTFOLIO' AND "scopeId" = $1::text`,
      row: 'portfolio',
    },
    input: (of) => ({ ...order(of), quantity: '1' }),
  },
  {
    mutation: 'placeOrder',
    answers: 'OrderDenied',
    input: (of) => ({ ...order(of), quantity: '99999999' }),
  },
  {
    // By the hours of the market, so that the denial says which and until when.
    mutation: 'placeOrder',
    answers: 'OrderDenied',
    input: (of) => ({ ...order(of), variety: 'AMO', quantity: '1' }),
  },
  {
    mutation: 'placeOrder',
    answers: 'IdempotencyKeyReused',
    input: (of) => ({ ...order(of), quantity: String((quantity += 1)) }),
    atMost: 2,
  },
  {
    mutation: 'placeGtt',
    answers: 'GttDenied',
    input: (of) => ({
      idempotencyKey: 'half a share',
      portfolioId: of.id('Portfolio', 'portfolio'),
      instrumentId: of.id('Instrument', 'instrument'),
      side: 'BUY',
      product: 'CNC',
      legs: [{ triggerPrice: '1', price: '1', quantity: '1.5' }],
    }),
  },
  {
    mutation: 'exitPosition',
    answers: 'NothingToExit',
    before: {
      sql: `WITH held AS (UPDATE "Position" SET "buyQuantity" = "sellQuantity" + 10
                          WHERE "portfolioId" = $1)
            UPDATE "Order" SET "side" = 'SELL', "status" = 'ACCEPTED',
              "quantity" = "filledQuantity" + 10 WHERE "portfolioId" = $1`,
      row: 'portfolio',
    },
    input: (of) => ({
      idempotencyKey: 'exit',
      portfolioId: of.id('Portfolio', 'portfolio'),
      instrumentId: of.id('Instrument', 'instrument'),
      product: 'MIS',
    }),
  },
  {
    mutation: 'closeTrade',
    answers: 'OlderTradeOpen',
    before: {
      sql: `UPDATE "Trade" AS "trade" SET ${isOpen}, "runId" = "newer"."runId",
              "entryAt" = "newer"."entryAt" - CASE WHEN "trade"."id" = $1 THEN 0 ELSE 1 END
                * interval '1 day'
            FROM "Trade" AS "newer"
            WHERE "newer"."id" = $1 AND "trade"."portfolioId" = "newer"."portfolioId"`,
      row: 'trade',
    },
    input: (of) => ({ idempotencyKey: 'close', id: of.id('Trade', 'trade') }),
  },
  {
    mutation: 'createStrategy',
    answers: 'InvalidRules',
    input: (of) => ({
      name: 'Wrong',
      type: 'CUSTOM',
      timeFrame: 'ONE_MINUTE',
      instrumentIds: [of.id('Instrument', 'instrument')],
      document: 'capital_per_trade 1\nlong entry when smaa(close, 3) > 1',
    }),
  },
  {
    mutation: 'importHistory',
    answers: 'InvalidFile',
    input: () => ({
      content: 'date,open,high,low,close,volume\n2019-08-01 09:15:00+05:30,x,2,1,2,100\n',
      fileName: 'broken.csv',
      datasetName: 'Broken',
      instrument: { exchange: 'NSE', tradingSymbol: 'BROKEN', lotSize: 1, tickSize: '0.05' },
    }),
  },
  {
    mutation: 'createStrategy',
    answers: 'TierLimitReached',
    before: {
      sql: `WITH narrow AS (UPDATE "TierLimits" SET "strategies" = 1 WHERE "tier" = 'ENTERPRISE')
        UPDATE "User" SET "tier" = 'ENTERPRISE' WHERE "id" = $1`,
      row: 'user',
    },
    input: (of) => ({
      name: 'One too many',
      type: 'CUSTOM',
      timeFrame: 'ONE_MINUTE',
      instrumentIds: [of.id('Instrument', 'instrument')],
      document: rulesOf(1),
    }),
  },
  {
    mutation: 'login',
    answers: 'TooManyAttempts',
    as: 'ANONYMOUS',
    input: ({ email }) => ({ email, password: 'guessed-guessed-guessed' }),
    // The sixth, if it comes within the 5 s that the fifth costs; one that is late doubles the wait.
    atMost: 9,
  },
  {
    mutation: 'login',
    answers: 'InvalidCredentials',
    as: 'ANONYMOUS',
    input: ({ email }) => ({ email, password: 'guessed-guessed-guessed' }),
  },
  {
    mutation: 'login',
    answers: 'AccountSuspended',
    as: 'ANONYMOUS',
    before: suspended,
    input: logIn,
  },
  {
    mutation: 'login',
    answers: 'AccountDeletionPending',
    as: 'ANONYMOUS',
    before: deleted,
    input: logIn,
  },
  {
    mutation: 'login',
    answers: 'LoggedIn',
    as: 'ANONYMOUS',
    before: { sql: withoutFactors, row: 'user' },
    input: (of) => ({ ...logIn(of), tokens: true }),
  },
  {
    mutation: 'resetPassword',
    answers: 'InvalidToken',
    as: 'ANONYMOUS',
    input: () => ({ token: 'nxe_guessed', password: testPassword }),
  },
  {
    mutation: 'refreshTokens',
    answers: 'InvalidRefreshToken',
    as: 'ANONYMOUS',
    input: () => ({ refreshToken: 'nxr_guessed' }),
  },
  {
    mutation: 'pauseAgent',
    answers: 'NotFound',
    input: (_of, world) => ({ id: world.asha.id('Agent', 'agent') }),
  },
  {
    mutation: 'verifySecondFactor',
    answers: 'ChallengeEnded',
    as: 'ANONYMOUS',
    input: () => ({ secret: 'nxc_guessed', method: 'TOTP', code: '123456' }),
  },
  {
    mutation: 'verifySecondFactor',
    answers: 'SecondFactorRefused',
    as: 'ANONYMOUS',
    input: (of) => ({ secret: of.challenge, method: 'RECOVERY_CODE', code: '0000-0000-0000-0000' }),
  },
  {
    mutation: 'verifySecondFactor',
    answers: 'LoggedIn',
    as: 'ANONYMOUS',
    input: (of) => ({
      secret: of.challenge,
      method: 'TOTP',
      code: codeAt(of.totpSecret, new Date()),
    }),
  },
  {
    mutation: 'connectBroker',
    answers: 'SecondFactorNeeded',
    before: { sql: withoutFactors, row: 'user' },
    input: () => ({
      broker: 'ZERODHA',
      label: 'Too early',
      apiKey: 'abcdefgh12345678',
      apiSecret: 'abcdefgh12345678abcdefgh12345678',
      password: testPassword,
    }),
  },
];

let quantity = 1;
function order(of: Person) {
  return {
    idempotencyKey: 'the same',
    portfolioId: of.id('Portfolio', 'portfolio'),
    instrumentId: of.id('Instrument', 'instrument'),
    side: 'BUY',
    type: 'MARKET',
    product: 'MIS',
  };
}

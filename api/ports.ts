import type { AccountStore, PasswordHasher, PasswordJudge } from '@nandax/app/ports/accounts.ts';
import type { FailedAttempts, RateLimits } from '@nandax/app/ports/limits.ts';
import type { LetterBox } from '@nandax/app/ports/mail.ts';
import type { HistoryFileReader, MarketDataStore } from '@nandax/app/ports/market-data.ts';
import type { Passkeys } from '@nandax/app/ports/passkeys.ts';
import type { Reads } from '@nandax/app/ports/reads.ts';
import type { PersonalData, Sealer } from '@nandax/app/ports/secrets.ts';
import type { AccessTokens, CredentialReads, WebSessions } from '@nandax/app/ports/sessions.ts';
import type { Settings } from '@nandax/app/ports/settings.ts';
import type { StrategyStore } from '@nandax/app/ports/strategies.ts';
import type { QrCodes, Totp } from '@nandax/app/ports/totp.ts';
import type { Pause } from '@nandax/app/ports/world.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';

/** What the API's resolvers and use-cases need from the world. Jobs leave through the outbox. */
export interface ApiPorts extends Omit<TradingPorts, 'brokers' | 'queue' | 'traffic'> {
  readonly accounts: AccountStore;
  readonly passwords: PasswordHasher;
  readonly passwordJudge: PasswordJudge;
  readonly webSessions: WebSessions;
  readonly accessTokens: AccessTokens;
  readonly credentials: CredentialReads;
  readonly rateLimits: RateLimits;
  readonly failedAttempts: FailedAttempts;
  readonly totp: Totp;
  readonly qrCodes: QrCodes;
  readonly passkeys: Passkeys;
  readonly sealer: Sealer;
  readonly personalData: PersonalData;
  readonly letterBox: LetterBox;
  readonly settings: Settings;
  readonly pause: Pause;
  readonly strategies: StrategyStore;
  readonly marketData: MarketDataStore;
  readonly historyFiles: HistoryFileReader;
  readonly reads: Reads;
  /** Version of the program. */
  readonly version: string;
}

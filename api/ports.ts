import type { AccountStore, PasswordHasher, Sessions } from '@nandax/app/ports/accounts.ts';
import type { HistoryFileReader, MarketDataStore } from '@nandax/app/ports/market-data.ts';
import type { Reads } from '@nandax/app/ports/reads.ts';
import type { StrategyStore } from '@nandax/app/ports/strategies.ts';
import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';

/** What the API's resolvers and use-cases need from the world. Jobs leave through the outbox. */
export interface ApiPorts extends Omit<TradingPorts, 'paperBroker' | 'queue'> {
  readonly accounts: AccountStore;
  readonly passwords: PasswordHasher;
  readonly sessions: Sessions;
  readonly strategies: StrategyStore;
  readonly marketData: MarketDataStore;
  readonly historyFiles: HistoryFileReader;
  readonly reads: Reads;
  /** Version of the program. */
  readonly version: string;
}

import type { TickUpdate } from './tick-stream.ts';
export interface Hub {
  orderUpdates(userId: string, after: bigint | null): AsyncIterable<any>;
  tradeUpdates(userId: string, after: bigint | null): AsyncIterable<any>;
  agentUpdates(userId: string, after: bigint | null): AsyncIterable<any>;
  portfolioUpdates(userId: string, after: bigint | null): AsyncIterable<any>;
  runUpdates(userId: string, after: bigint | null): AsyncIterable<any>;
  replayUpdates(userId: string, after: bigint | null): AsyncIterable<any>;
  notifications(userId: string, after: bigint | null): AsyncIterable<any>;
  ticks(feedId: string, instrumentIds: readonly string[]): AsyncIterable<TickUpdate>;
}

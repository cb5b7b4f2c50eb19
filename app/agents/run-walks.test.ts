import { Decimal } from 'decimal.js';
import { wholeModelOf } from '@nandax/core/exchange/fill-model.ts';
import { MarketBook } from '@nandax/core/calendar/market-book.ts';
import { TradingCalendar } from '@nandax/core/calendar/trading-calendar.ts';
import { expect, test } from 'vitest';
import type { History } from '../ports/store.ts';
import type { ReplaySessionRecord, RunRecord, StrategyVersionRecord } from '../records.ts';
import { RunWalks } from './run-walks.ts';

const minute = 60_000;
const at = new Date('2019-07-09T09:15:00+05:30');

const version: StrategyVersionRecord = {
  id: 'version',
  strategyId: 'strategy',
  timeFrame: 'ONE_MINUTE',
  document: 'capital_per_trade 1000\nlong entry when close > 100\nlong exit when close < 100',
  instruments: [],
  references: [],
};
const session: ReplaySessionRecord = {
  id: 'feed',
  userId: 'user',
  name: 'Replay',
  datasetId: 'dataset',
  datasetKind: 'CANDLES',
  instrumentIds: [],
  rangeFrom: at,
  rangeTo: at,
  speed: null,
  seed: 0,
  fillModel: wholeModelOf({}),
  state: 'RUNNING',
  stateReason: null,
  cursor: null,
  droppedTicks: 0,
  createdAt: at,
};
const run = (id: string): RunRecord => ({
  id,
  userId: 'user',
  kind: 'PAPER',
  status: 'RUNNING',
  strategyVersionId: 'version',
  agentId: 'agent',
  portfolioId: 'portfolio',
  feedId: 'feed',
  datasetId: 'dataset',
  initialCapital: new Decimal(1000),
  fillModel: wholeModelOf({}),
  rangeFrom: null,
  rangeTo: null,
  failureReason: null,
  createdAt: at,
  startedAt: at,
  endedAt: null,
});
const history = {
  calendar: () => Promise.resolve(new TradingCalendar([])),
  markets: () => Promise.resolve(new MarketBook([], [])),
  candles: () => Promise.resolve([]),
} as Partial<History> as History;

test('keeps the walk of a run that goes on and drops one that nobody asked for in ten minutes', async () => {
  let now = 0;
  const walks = new RunWalks(history, { now: () => new Date(now) });
  const walk = (id: string) => walks.of(run(id), version, session);
  const rests = await walk('rests');
  const goesOn = await walk('goes on');
  now = 6 * minute;
  expect(await walk('goes on')).toBe(goesOn);
  now = 12 * minute;
  expect(await walk('goes on')).toBe(goesOn);
  expect(await walk('rests')).not.toBe(rests);
});

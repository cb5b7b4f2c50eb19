import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Bus, TickBatch } from '@nandax/app/ports/bus.ts';
import { createPostgresBus } from '@nandax/adapters/bus/postgres-bus.ts';
import { createRedisBus } from '@nandax/adapters/bus/redis-bus.ts';
import { deferred, Inbox } from '../setup/deferred.ts';
import { silentLog as log } from '../setup/silent-log.ts';
import { backends, type OpenBackend } from './backends.ts';

describe.each(backends)('a bus on $kind', ({ skip, open }) => {
  if (skip()) {
    test.skip('needs redis-server', () => undefined);
    return;
  }
  let backend: OpenBackend;
  const buses: Bus[] = [];

  beforeAll(async () => {
    backend = await open();
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });
  afterAll(() => backend.close());

  const connect = (): Bus => {
    const { url, prefix } = backend;
    const bus =
      backend.kind === 'postgres'
        ? createPostgresBus({ connectionString: url, log })
        : createRedisBus({ url, prefix, log });
    buses.push(bus);
    return bus;
  };

  test('a message reaches every subscriber of its topic in every process, and no other topic', async () => {
    const [one, two] = [connect(), connect()];
    const [first, second, third] = [new Inbox(), new Inbox(), new Inbox()];
    await one.subscribe('user.anna', first.take);
    await one.subscribe('user.anna', second.take);
    await two.subscribe('user.anna', third.take);
    const stranger = new Inbox<unknown>();
    await two.subscribe('user.bela', stranger.take);
    await one.publish('user.anna', { sequence: '1' });
    await one.publish('user.bela', { sequence: '7' });
    for (const inbox of [first, second, third])
      expect(await inbox.until(1)).toEqual([{ sequence: '1' }]);
    expect(await stranger.until(1)).toEqual([{ sequence: '7' }]);
  });

  test('messages of one publisher arrive in the order they were published', async () => {
    const [publisher, reader] = [connect(), connect()];
    const inbox = new Inbox<{ sequence: string }>();
    await reader.subscribe('user.anna', inbox.take);
    const published = Array.from({ length: 200 }, (_, at) =>
      publisher.publish('user.anna', { sequence: String(at) }),
    );
    await Promise.all(published);
    const received = await inbox.until(200);
    expect(received.map(({ sequence }) => Number(sequence))).toEqual(
      Array.from({ length: 200 }, (_, at) => at),
    );
  });

  test('after unsubscribing nothing more arrives, while another subscriber goes on', async () => {
    const bus = connect();
    const [leaving, staying] = [new Inbox<unknown>(), new Inbox<unknown>()];
    const leave = await bus.subscribe('feeds', leaving.take);
    await bus.subscribe('feeds', staying.take);
    await leave();
    await bus.publish('feeds', {});
    await staying.until(1);
    expect(leaving.received).toEqual([]);
  });

  test('a topic left by its last subscriber can be subscribed to again', async () => {
    const bus = connect();
    const leave = await bus.subscribe('outbox', () => undefined);
    const inbox = new Inbox<unknown>();
    await Promise.all([leave(), bus.subscribe('outbox', inbox.take)]);
    await bus.publish('outbox', {});
    expect(await inbox.until(1)).toEqual([{}]);
  });

  test('a handler that throws takes no message from the others', async () => {
    const bus = connect();
    const inbox = new Inbox<unknown>();
    await bus.subscribe('outbox', () => {
      throw new Error('a bug of this handler');
    });
    await bus.subscribe('outbox', inbox.take);
    await bus.publish('outbox', {});
    await bus.publish('outbox', {});
    await inbox.until(2);
  });

  test('ticks arrive whole and in order, however many are published at once', async () => {
    const [publisher, reader] = [connect(), connect()];
    const ticks = Array.from({ length: 3_000 }, (_, at) => ({
      instrumentId: `01960000-0000-7000-8000-00000000000${at % 4}`,
      time: 1_562_644_500_000 + at,
      price: 93.5 + (at % 100) / 100,
      volume: at % 7 === 0 ? null : at,
    }));
    const received: typeof ticks = [];
    const all = deferred();
    await reader.subscribe('ticks.feed', (batch) => {
      batch.times.forEach((time, at) =>
        received.push({
          instrumentId: batch.instrumentIds[at] ?? '',
          time,
          price: batch.prices[at] ?? NaN,
          volume: batch.volumes[at] ?? null,
        }),
      );
      if (received.length >= ticks.length) all.resolve();
    });
    const batchOf = (some: typeof ticks): TickBatch => ({
      instrumentIds: some.map((tick) => tick.instrumentId),
      times: some.map((tick) => tick.time),
      prices: some.map((tick) => tick.price),
      volumes: some.map((tick) => tick.volume),
    });
    const published = [publisher.publish('ticks.feed', batchOf(ticks.slice(0, 1_000)))];
    for (let at = 1_000; at < ticks.length; at += 10) {
      published.push(publisher.publish('ticks.feed', batchOf(ticks.slice(at, at + 10))));
    }
    await Promise.all(published);
    await all.promise;
    expect(received).toEqual(ticks);
  });

  test('a broken connection is made again: subscribers hear of the gap, then of new messages', async () => {
    const [publisher, reader] = [connect(), connect()];
    const inbox = new Inbox<unknown>();
    const gap = deferred();
    await reader.subscribe('user.anna', inbox.take, () => gap.resolve());
    await breakListeners(backend);
    await gap.promise;
    await publisher.publish('user.anna', { sequence: '2' });
    expect(await inbox.until(1)).toEqual([{ sequence: '2' }]);
  });
});

/** Ends the connections that this file's buses listen on, as a network would. */
async function breakListeners({ kind, url, prefix }: OpenBackend): Promise<void> {
  if (kind === 'postgres') {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'nandax bus' AND datname = current_database()`,
    );
    await client.end();
    return;
  }
  const client = new Redis(url);
  const list = (await client.client('LIST')) as string;
  for (const line of list.split('\n').filter((each) => each.includes(` name=${prefix}-bus `))) {
    await client.client('KILL', 'ID', /\bid=(\d+)/.exec(line)?.[1] ?? '');
  }
  client.disconnect();
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  cancelOrderJob,
  placeOrderJob,
  runBacktestJob,
  type PlaceOrderJob,
} from '@nandax/app/jobs.ts';
import {
  JobCannotSucceed,
  JobHeld,
  type ExhaustedHandler,
  type JobConsumer,
  type JobHandler,
} from '@nandax/app/ports/queue.ts';
import { createJobConsumers } from '@nandax/adapters/queue/job-consumers.ts';
import { createJobQueue } from '@nandax/adapters/queue/job-queue.ts';
import type { QueuePlace } from '@nandax/adapters/queue/queue-backend.ts';
import { deferred, Inbox } from '../setup/deferred.ts';
import { silentLog as log } from '../setup/silent-log.ts';
import { backends, type OpenBackend } from './backends.ts';

type Payload = PlaceOrderJob['payload'];

describe.each(backends)('a queue on $kind', ({ skip, open }) => {
  if (skip()) {
    test.skip('needs redis-server', () => undefined);
    return;
  }
  let backend: OpenBackend;
  let place: QueuePlace;
  const running: JobConsumer[] = [];

  beforeAll(async () => {
    backend = await open();
    place =
      backend.kind === 'postgres'
        ? { kind: 'postgres', connectionString: backend.url }
        : { kind: 'redis', url: backend.url, prefix: backend.prefix };
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((consumer) => consumer.close(5_000)));
  });
  afterAll(() => backend.close());

  const producer = () => createJobQueue({ place, log, retryDelayMs: 10 });
  const consume = (
    handler: JobHandler<'place-order'>,
    onExhausted: ExhaustedHandler = () => Promise.resolve(),
  ) => {
    const consumer = createJobConsumers({
      place,
      log,
      lockDurationMs: 1_000,
      stalledIntervalMs: 500,
    }).consume('trading', { 'place-order': handler }, { concurrency: 4, onExhausted });
    running.push(consumer);
    return consumer;
  };

  test('a job is handed over with its payload, on its first attempt', async () => {
    const queue = producer();
    const inbox = new Inbox<[Payload, number]>();
    consume((payload, { attempt }) => inbox.accept([payload, attempt]));
    await queue.add(placeOrderJob('order-1', 'a1'));
    expect(await inbox.until(1)).toEqual([[{ orderId: 'order-1' }, 1]]);
    await queue.close();
  });

  test('adding a job again, waiting, running or done, does nothing', async () => {
    const queue = producer();
    await queue.add(placeOrderJob('order-2', 'b1'));
    await queue.add(placeOrderJob('order-2', 'b1'));
    const inbox = new Inbox<string>();
    consume(async ({ orderId }) => {
      if (orderId === 'order-2') await queue.add(placeOrderJob('order-2', 'b1'));
      inbox.take(orderId);
    });
    await inbox.until(1);
    await queue.add(placeOrderJob('order-2', 'b1'));
    await queue.add(placeOrderJob('order-3', 'b2'));
    expect(await inbox.until(2)).toEqual(['order-2', 'order-3']);
    await queue.close();
  });

  test('a job that has ended can be added again and has all its attempts', async () => {
    const queue = producer();
    const attempts = new Inbox<number>();
    const exhausted = new Inbox<Parameters<ExhaustedHandler>[0]>();
    let broken = true;
    consume(
      (_payload, { attempt }) => {
        attempts.take(attempt);
        return broken ? Promise.reject(new Error('no luck')) : Promise.resolve();
      },
      (failure) => exhausted.accept(failure),
    );
    await queue.add(placeOrderJob('order-7', 'g1'));
    await exhausted.until(1);
    await attempts.until(3);
    broken = false;
    // It runs until a moment after it was handed over as exhausted.
    await vi.waitFor(async () => {
      expect(await queue.addAgain(placeOrderJob('order-7', 'g1'))).toBe(true);
    });
    expect(await attempts.until(4)).toEqual([1, 2, 3, 1]);
    await queue.close();
  });

  test('a job that cannot succeed is handed over as exhausted after one attempt', async () => {
    const queue = producer();
    const attempts = new Inbox<number>();
    const exhausted = new Inbox<Parameters<ExhaustedHandler>[0]>();
    consume(
      (_payload, { attempt }) => {
        attempts.take(attempt);
        return Promise.reject(new JobCannotSucceed('there is no such order'));
      },
      (failure) => exhausted.accept(failure),
    );
    await queue.add(placeOrderJob('order-8', 'h1'));
    expect(await exhausted.until(1)).toMatchObject([
      { jobId: 'place-h1', reason: 'there is no such order', attempts: 1 },
    ]);
    expect(await attempts.until(1)).toEqual([1]);
    await queue.close();
  });

  test('a failing job gets three attempts and is then handed over as exhausted, once', async () => {
    const queue = producer();
    const attempts = new Inbox<number>();
    const exhausted = new Inbox<Parameters<ExhaustedHandler>[0]>();
    consume(
      (payload, { attempt }) => {
        if (payload.orderId !== 'order-4') return Promise.resolve();
        attempts.take(attempt);
        return Promise.reject(new Error('the broker is away'));
      },
      (failure) => exhausted.accept(failure),
    );
    await queue.add(placeOrderJob('order-4', 'c1'));
    expect(await exhausted.until(1)).toEqual([
      {
        queue: 'trading',
        jobId: 'place-c1',
        name: 'place-order',
        payload: { orderId: 'order-4' },
        reason: 'the broker is away',
        attempts: 3,
      },
    ]);
    expect(attempts.received).toEqual([1, 2, 3]);
    await queue.close();
  });

  test('a job that fails once and then succeeds is not exhausted', async () => {
    const queue = producer();
    const attempts = new Inbox<number>();
    const exhausted = new Inbox<unknown>();
    consume(
      (_payload, { attempt }) => {
        attempts.take(attempt);
        return attempt === 1 ? Promise.reject(new Error('once')) : Promise.resolve();
      },
      (failure) => exhausted.accept(failure),
    );
    await queue.add(placeOrderJob('order-5', 'd1'));
    expect(await attempts.until(2)).toEqual([1, 2]);
    await Promise.all(running.splice(0).map((consumer) => consumer.close(5_000)));
    expect(exhausted.received).toEqual([]);
    await queue.close();
  });

  test('a job that is held runs at its instant, as often as it has to wait, and uses up no attempt', async () => {
    const queue = producer();
    const runs = new Inbox<{ readonly at: number; readonly attempt: number }>();
    const untils: number[] = [];
    const exhausted = new Inbox<unknown>();
    consume(
      (_payload, { attempt }) => {
        const at = Date.now();
        runs.take({ at, attempt });
        if (untils.length === 5) return Promise.resolve();
        untils.push(at + 40);
        return Promise.reject(new JobHeld(new Date(at + 40), 'the second is full'));
      },
      (failure) => exhausted.accept(failure),
    );
    await queue.add(placeOrderJob('order-10', 'i1'));
    const received = await runs.until(6);
    expect(received.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1, 1]);
    for (const [index, until] of untils.entries()) {
      expect(received[index + 1]?.at).toBeGreaterThanOrEqual(until);
    }
    await Promise.all(running.splice(0).map((consumer) => consumer.close(5_000)));
    expect(exhausted.received).toEqual([]);
    await queue.close();
  });

  test('exits are taken before entries that came earlier, also when both were held', async () => {
    const queue = producer();
    for (const id of ['1', '2', '3']) await queue.add(placeOrderJob(`entry-${id}`, `j${id}`));
    await queue.add(placeOrderJob('exit-1', 'j4', 'EXIT'));
    await queue.add(cancelOrderJob('exit-2', 'j5', 'call'));
    const first = new Set<string>();
    const afterwards = new Inbox<string>();
    // All are held to one instant. Where it comes before the last of them is held, a later one is taken.
    const held = new Set<string>();
    let [until, waitMs] = [0, 500];
    const handle = ({ orderId }: Payload): Promise<void> => {
      first.add(orderId);
      if (held.size === 5) return afterwards.accept(orderId);
      if (Date.now() >= until) {
        held.clear();
        waitMs *= 2;
        until = Date.now() + waitMs;
      }
      held.add(orderId);
      return Promise.reject(new JobHeld(new Date(until), 'the second is full'));
    };
    const consumer = createJobConsumers({ place, log }).consume(
      'trading',
      { 'place-order': handle, 'cancel-order': handle },
      { concurrency: 1, onExhausted: () => Promise.resolve() },
    );
    running.push(consumer);
    const inTurn = ['exit-1', 'exit-2', 'entry-1', 'entry-2', 'entry-3'];
    expect(await afterwards.until(5)).toEqual(inTurn);
    expect([...first]).toEqual(inTurn);
    await queue.close();
  });

  test('closing waits for the running job, and takes no other', async () => {
    const queue = producer();
    const started = deferred();
    const release = deferred();
    const done: string[] = [];
    const consumer = consume(async ({ orderId }) => {
      started.resolve();
      await release.promise;
      done.push(orderId);
    });
    await queue.add(placeOrderJob('order-6', 'e1'));
    await started.promise;
    const closing = consumer.close(10_000);
    release.resolve();
    await closing;
    await queue.add(placeOrderJob('order-7', 'e2'));
    expect(done).toEqual(['order-6']);
    const inbox = new Inbox<string>();
    consume(({ orderId }) => inbox.accept(orderId));
    expect(await inbox.until(1)).toEqual(['order-7']);
    await queue.close();
  });

  test('closing is bounded: a job that does not end is told to stop, and runs again elsewhere', async () => {
    const queue = producer();
    const started = deferred();
    const told = deferred();
    const consumer = consume(async (_payload, { signal }) => {
      signal.addEventListener('abort', () => told.resolve());
      started.resolve();
      await new Promise(() => undefined);
    });
    await queue.add(placeOrderJob('order-8', 'f1'));
    await started.promise;
    await consumer.close(50);
    await told.promise;
    running.splice(0);
    const inbox = new Inbox<string>();
    consume(({ orderId }) => inbox.accept(orderId));
    expect(await inbox.until(1)).toEqual(['order-8']);
    await queue.close();
  });

  test('a job whose worker was killed runs again on another one', async () => {
    const queue = producer();
    const child = fork(fileURLToPath(new URL('./doomed-worker.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
      serialization: 'json',
    });
    child.send({ place });
    await queue.add(runBacktestJob('run-1'));
    const [message] = (await once(child, 'message')) as [{ runId: string }];
    expect(message.runId).toBe('run-1');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const inbox = new Inbox<string>();
    const consumer = createJobConsumers({
      place,
      log,
      lockDurationMs: 1_000,
      stalledIntervalMs: 500,
    }).consume(
      'backtests',
      { 'run-backtest': ({ runId }) => inbox.accept(runId) },
      { concurrency: 1, onExhausted: () => Promise.resolve() },
    );
    running.push(consumer);
    expect(await inbox.until(1)).toEqual(['run-1']);
    await queue.close();
  });
});

test('adding fails in bounded time while the store is away', async () => {
  const places: QueuePlace[] = [
    { kind: 'redis', url: 'redis://127.0.0.1:1' },
    { kind: 'postgres', connectionString: 'postgresql://nobody@127.0.0.1:1/nothing' },
  ];
  for (const place of places) {
    const queue = createJobQueue({ place, log, addTimeoutMs: 300 });
    await expect(queue.add(placeOrderJob('order-9', 'g1'))).rejects.toThrow();
    await queue.close();
  }
});

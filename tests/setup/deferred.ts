/** A promise settled from outside: what a test awaits instead of sleeping. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

export function deferred<T = void>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** Collects what arrives and resolves waiters as soon as enough of it is there. */
export class Inbox<T> {
  readonly received: T[] = [];
  readonly #waiters = new Set<{ readonly count: number; readonly wake: () => void }>();

  readonly take = (message: T): void => {
    this.received.push(message);
    for (const waiter of this.#waiters) {
      if (this.received.length < waiter.count) continue;
      this.#waiters.delete(waiter);
      waiter.wake();
    }
  };

  /** The same for a handler that answers with a promise. */
  readonly accept = (message: T): Promise<void> => {
    this.take(message);
    return Promise.resolve();
  };

  /** Resolves with everything received so far once it is at least `count` messages. */
  async until(count: number): Promise<readonly T[]> {
    if (this.received.length < count) {
      await new Promise<void>((wake) => this.#waiters.add({ count, wake }));
    }
    return this.received;
  }
}

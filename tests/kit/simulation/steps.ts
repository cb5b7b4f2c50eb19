import type { TradingPorts } from '@nandax/app/ports/trading-ports.ts';

/**
 * What a process is doing when it takes a step of the order's way; `watch` lets ticks meet GTTs and
 * protections, whose steps are not numbered: they are the same transactions as all others.
 */
export type OrderTask =
  'place' | 'change' | 'relay' | 'submit' | 'send' | 'reconcile' | 'hear' | 'watch';

/** Called at a step; a crash there never returns. */
export type AtStep = (step: string) => Promise<void>;

/**
 * The numbered steps of an order's way at which a process is killed: before and after each await
 * that matters. `place` writes an order down and `submit` brings it to the broker; `change` writes down
 * that new terms or a cancel are asked for and `send` asks the broker. `1st transaction` of a submission
 * marks the order SUBMITTED, the `2nd` takes the broker's word.
 */
export const orderSteps: readonly string[] = [
  'place: before transaction',
  'place: before commit of transaction',
  'place: after transaction',
  'place: before call on outbox',
  'place: after call on outbox',
  'place: before call on audit',
  'place: after call on audit',
  'change: before transaction',
  'change: before commit of transaction',
  'change: after transaction',
  'change: before call on outbox',
  'change: after call on outbox',
  'change: before call on audit',
  'change: after call on audit',
  'relay: before transaction',
  'relay: before job added',
  'relay: after job added',
  'relay: before call on user',
  'relay: after call on user',
  'relay: before commit of transaction',
  'relay: after transaction',
  'submit: before 1st transaction',
  'submit: before commit of 1st transaction',
  'submit: after 1st transaction',
  'submit: before order sent',
  'submit: order on its way',
  'submit: after order sent',
  'submit: before order looked up',
  'submit: after order looked up',
  'submit: before 2nd transaction',
  'submit: before commit of 2nd transaction',
  'submit: after 2nd transaction',
  'submit: before call on outbox',
  'submit: after call on outbox',
  'submit: before call on feed',
  'submit: after call on feed',
  'send: before 1st transaction',
  'send: after 1st transaction',
  'send: before change sent',
  'send: change on its way',
  'send: after change sent',
  'send: before order looked up',
  'send: after order looked up',
  'send: before 2nd transaction',
  'send: before commit of 2nd transaction',
  'send: after 2nd transaction',
  'send: before call on outbox',
  'send: after call on outbox',
  'send: before call on feed',
  'send: after call on feed',
  'reconcile: before read',
  'reconcile: after read',
  'reconcile: before order looked up',
  'reconcile: after order looked up',
  'hear: before transaction',
  'hear: before commit of transaction',
  'hear: after transaction',
  'hear: before call on outbox',
  'hear: after call on outbox',
];

/** Whether a step needs no place in the list. */
export function isUnnumbered(step: string): boolean {
  return step.startsWith('watch: ');
}

const claimed = 'submit: after 1st transaction';
const asking = 'submit: before order looked up';

/** Kills that must come first, because an undisturbed order never takes the step. */
export const killsBefore: Readonly<Record<string, readonly string[]>> = {
  'submit: before order looked up': [claimed],
  'submit: after order looked up': [claimed],
  // Its job asks every ten seconds; reconciliation looks at what has waited for fifteen.
  'reconcile: before order looked up': [claimed, asking, asking],
  'reconcile: after order looked up': [claimed, asking, asking],
};

/**
 * Steps that are only taken where the broker's word on a change comes by asking: told unasked it is
 * usually there before, and then asking changes nothing.
 */
export const stepsWithoutWord: ReadonlySet<string> = new Set([
  'send: before call on outbox',
  'send: after call on outbox',
  'send: before call on feed',
  'send: after call on feed',
]);

/** Ports whose every await that matters is a step of `task`; make them anew for each piece of work. */
export function steppedPorts(ports: TradingPorts, task: OrderTask, at: AtStep): TradingPorts {
  let transactions = 0;
  const around = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    await at(`${task}: before ${what}`);
    const result = await work();
    await at(`${task}: after ${what}`);
    return result;
  };
  const { store, queue, bus, brokers } = ports;
  return {
    ...ports,
    store: {
      transaction(work) {
        transactions += 1;
        const which = transactions === 1 ? '1st transaction' : '2nd transaction';
        const name = task === 'submit' || task === 'send' ? which : 'transaction';
        return around(name, () =>
          store.transaction(async (rows) => {
            const result = await work(rows);
            await at(`${task}: before commit of ${name}`);
            return result;
          }),
        );
      },
      read: (work) => around('read', () => store.read(work)),
      snapshot: (work) => around('read', () => store.snapshot(work)),
    },
    queue: {
      add: (job) => around('job added', () => queue.add(job)),
      addAgain: (job) => queue.addAgain(job),
      close: () => queue.close(),
    },
    bus: {
      publish: (topic, message) =>
        around(`call on ${topic.split('.')[0] ?? topic}`, () => bus.publish(topic, message)),
      subscribe: (topic, handler, onGap) => bus.subscribe(topic, handler, onGap),
      close: () => bus.close(),
    },
    brokers: {
      of(account) {
        const broker = brokers.of(account);
        const sent = <T>(what: string, call: () => Promise<T>): Promise<T> =>
          around(`${what} sent`, async () => {
            const answer = call();
            await at(`${task}: ${what} on its way`);
            return answer;
          });
        return {
          ...broker,
          place: (order) => sent('order', () => broker.place(order)),
          modify: (order, terms) => sent('change', () => broker.modify(order, terms)),
          cancel: (order) => sent('change', () => broker.cancel(order)),
          lookUp: (id) => around('order looked up', () => broker.lookUp(id)),
        };
      },
    },
  };
}

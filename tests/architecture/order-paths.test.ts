import { describe, expect, test } from 'vitest';
import { oneHand, passages } from './order-paths.ts';
import { Sources, type Reference } from './references.ts';

const sources = new Sources();

function words(references: readonly Reference[]): readonly string[] {
  return [...new Set(references.map(({ file, within }) => `${file} ${within}`))].sort();
}

describe('an order has one way to the broker', () => {
  test.each(oneHand)('$name is named by one hand only', ({ by, ...wanted }) => {
    expect(words(sources.to(wanted))).toEqual([...by].sort());
  });

  test.each(passages)('$name is named only by callers whose entry points are known', (passage) => {
    const { callers, ...wanted } = passage;
    expect(words(sources.to(wanted))).toEqual(Object.keys(callers).sort());
  });

  test('no other hand writes rows of orders', () => {
    const writes = ['create', 'createMany', 'createManyAndReturn', 'upsert'];
    expect(sources.callsOn('order', writes)).toEqual(['adapters/prisma/trading/order-rows.ts']);
    expect(sources.textsLike(/INTO\s+"Order"/i)).toEqual([]);
  });
});

test('whoever goes around it is found, however it is written', () => {
  const file = 'app/orders/escape.ts';
  const text = `
    import type { Broker, BrokerOrder } from '../ports/broker.ts';
    import type { StoreTransaction } from '../ports/store.ts';
    import { passDoor as other } from './pass-door.ts';
    import * as door from './pass-door.ts';
    export const plain = (broker: Broker, order: BrokerOrder) => broker.place(order);
    export const inBrackets = (broker: Broker, order: BrokerOrder) => broker['place'](order);
    export function takenApart({ place }: Broker) { return place; }
    export function renamed({ place: send }: Broker) { return send; }
    export class Held { constructor(readonly b: Broker) {} send(o: BrokerOrder) { return this.b.place(o); } }
    export const passedOn = (rows: StoreTransaction) => [1].map(() => rows.orders.insert);
    export const alias = () => other;
    export const namespace = () => door.passDoor;
  `;
  const escaped = new Sources({ [file]: text });
  const found = (wanted: Parameters<Sources['to']>[0]) =>
    words(escaped.to(wanted)).flatMap((each) =>
      each.startsWith(file) ? [each.split(' ')[1]] : [],
    );
  expect(found({ file: 'app/ports/broker.ts', name: 'Broker.place' })).toEqual([
    ...['Held.send', 'inBrackets', 'plain', 'renamed', 'takenApart'],
  ]);
  expect(found({ file: 'app/ports/orders.ts', name: 'OrderRows.insert' })).toEqual(['passedOn']);
  expect(found({ file: 'app/orders/pass-door.ts', name: 'passDoor' })).toEqual([
    ...['alias', 'namespace'],
  ]);
});

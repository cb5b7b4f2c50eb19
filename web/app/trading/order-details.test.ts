import { expect, test } from 'vitest';
import type { OrderRowFragment } from '../generated/graphql.ts';
import { orderDetails } from './order-details.ts';

const plain = {
  variety: 'REGULAR',
  icebergLegs: null,
  validityMinutes: null,
  disclosedQuantity: null,
  marketProtectionPercent: null,
  triggered: false,
  reduceOnly: false,
  modificationCount: 0,
  type: 'LIMIT',
  validity: 'DAY',
  quantity: '10',
  price: '94.0000',
  triggerPrice: null,
  requestedTerms: null,
} as const;

test('a plain order has no details', () => {
  expect(orderDetails(plain)).toEqual([]);
});

test('what is unlike most orders is told in a few words each', () => {
  expect(orderDetails({ ...plain, variety: 'ICEBERG', icebergLegs: 4 })).toEqual([
    'Iceberg of 4 legs',
  ]);
  expect(
    orderDetails({
      ...plain,
      variety: 'AMO',
      validityMinutes: 5,
      disclosedQuantity: '1500',
      marketProtectionPercent: '2.5',
      triggered: true,
      reduceOnly: true,
      modificationCount: 2,
    }),
  ).toEqual([
    'After market (AMO)',
    'for 5 minutes',
    'shows 1,500',
    'protection 2.5%',
    'triggered',
    'only reduces',
    'changed 2 times',
  ]);
});

type RequestedTerms = NonNullable<OrderRowFragment['requestedTerms']>;

test('a change that waits for its answer is told by the terms that are others', () => {
  const same = {
    __typename: 'RequestedTerms',
    type: 'LIMIT',
    validity: 'DAY',
    validityMinutes: null,
    quantity: '10',
    price: '94.0000',
    triggerPrice: null,
    disclosedQuantity: null,
    marketProtectionPercent: null,
  } as const;
  const asked = (terms: Partial<Record<keyof typeof same, string | number | null>>) =>
    orderDetails({ ...plain, requestedTerms: { ...same, ...terms } as RequestedTerms });
  expect(asked({ price: '94.5000', quantity: '1500' })).toEqual([
    'asked for quantity 1,500, price 94.50',
  ]);
  expect(asked({ type: 'MARKET', price: null, marketProtectionPercent: '2' })).toEqual([
    'asked for Market, price none, protection 2%',
  ]);
  expect(asked({ validity: 'TTL', validityMinutes: 5, disclosedQuantity: '5' })).toEqual([
    'asked for TTL 5 minutes, shows 5',
  ]);
});

import { readRateCards } from '@nandax/core/charges/read-rate-cards.ts';
import { RateCardBook } from '@nandax/core/charges/rate-card.ts';
import { Decimal } from 'decimal.js';
import { expect, test } from 'vitest';
import cards from '../../data/reference/rate-cards.json' with { type: 'json' };
import type { InstrumentRecord } from '../records.ts';
import { chargesDueOf } from './charges-due.ts';
import type { AccountState } from './read-account.ts';

const read = readRateCards(cards);
if (!read.ok) throw new Error('the cards must be readable');
const book = new RateCardBook(read.value, 'ZERODHA');
const day = '2026-11-19';
const share = { id: 'share', exchange: 'NSE', type: 'EQUITY', multiplier: new Decimal(1) };

function dueOf(state: Partial<AccountState>): string {
  const account: AccountState = {
    ...{ positions: [], working: [], stops: [], salesWithoutNote: [] },
    ...{ cash: new Decimal(0), accruedCharges: new Decimal('0.394214') },
    instruments: new Map([['share', share as InstrumentRecord]]),
    ...state,
  };
  return chargesDueOf(account, book, new Date(`${day}T12:00:00+05:30`)).toFixed(6);
}

test('what was sold for delivery owes the depository 15.34 once a day beside what accrued', () => {
  const sale = { instrumentId: 'share', product: 'CNC', day } as const;
  expect(dueOf({})).toBe('0.394214');
  expect(dueOf({ salesWithoutNote: [sale] })).toBe('15.734214');
  expect(dueOf({ salesWithoutNote: [sale, sale] })).toBe('15.734214');
  expect(dueOf({ salesWithoutNote: [sale, { ...sale, day: '2026-11-18' }] })).toBe('31.074214');
  expect(dueOf({ salesWithoutNote: [{ ...sale, product: 'MIS' }] })).toBe('0.394214');
});

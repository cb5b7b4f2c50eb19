import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Derivation {
  decisions: {
    barTime: string | null;
    decidedAt: string;
    actions: { action: string; quantity: number; reason: string }[];
  }[];
  fills: { time: string; side: string; quantity: number; price: string }[];
  trades: { direction: string; quantity: number; grossPnl: string }[];
  days: { date: string; components: Record<string, string>; total: string }[];
  grossPnl: string;
  netPnl: string;
}

const script = fileURLToPath(new URL('derive-crossover.mjs', import.meta.url));
const data = fileURLToPath(
  new URL('../../data/nse/YESBANK_minute_2019-07-09_11.csv', import.meta.url),
);

/** Close against the mean of two closes, hourly bars, on 2019-07-10 alone. */
function derive(...options: string[]): Derivation {
  const fixed = ['--data', data, '--fast', '1', '--slow', '2', '--time-frame', '60'];
  const oneDay = ['--from', '2019-07-10', '--to', '2019-07-10'];
  const text = execFileSync(process.execPath, [script, ...fixed, ...oneDay, ...options, '--json'], {
    encoding: 'utf8',
  });
  return JSON.parse(text) as Derivation;
}

/*
 * The rows of the file that decide the day (IST):
 *
 *   bar            its last minute   close    mean of two   close to mean
 *   09:15-10:15    10:14             93.15    -             -
 *   10:15-11:15    11:14             93.00    93.075        below, nothing to cross from
 *   11:15-12:15    12:14             92.70    92.85         below
 *   12:15-13:15    13:14             93.00    92.85         above: crosses above at 13:15
 *   13:15-14:15    14:14             92.90    92.95         below: crosses below at 14:15
 *   14:15-15:15    15:14             92.90    92.90         equal: no cross
 *   15:15-15:30    15:29             93.25    93.075        above, but entries closed at 15:20
 *
 *   fills at the open of the next minute: 13:15 at 93.00, 14:15 at 92.90, 15:20 at 92.95
 */
describe('the independent derivation of a crossover, 10 July 2019 by hand', () => {
  it('enters, reverses and is squared off at the opens of the following minutes', () => {
    const { decisions, fills } = derive('--capital', '100000');

    // 100000 / 93.00 = 1075.27 and 100000 / 92.90 = 1076.43, in whole shares.
    expect(decisions).toMatchObject([
      {
        barTime: '2019-07-10T06:45:00.000Z',
        decidedAt: '2019-07-10T07:45:00.000Z',
        actions: [{ action: 'ENTER_LONG', quantity: 1075, reason: 'RULE' }],
      },
      {
        barTime: '2019-07-10T07:45:00.000Z',
        decidedAt: '2019-07-10T08:45:00.000Z',
        actions: [
          { action: 'EXIT_LONG', quantity: 1075, reason: 'RULE' },
          { action: 'ENTER_SHORT', quantity: 1076, reason: 'RULE' },
        ],
      },
      {
        barTime: null,
        decidedAt: '2019-07-10T09:50:00.000Z',
        actions: [{ action: 'EXIT_SHORT', quantity: 1076, reason: 'SQUARE_OFF' }],
      },
    ]);
    expect(fills).toEqual([
      { time: '2019-07-10T07:45:00.000Z', side: 'BUY', quantity: 1075, price: '93.00' },
      { time: '2019-07-10T08:45:00.000Z', side: 'SELL', quantity: 1075, price: '92.90' },
      { time: '2019-07-10T08:45:00.000Z', side: 'SELL', quantity: 1076, price: '92.90' },
      { time: '2019-07-10T09:50:00.000Z', side: 'BUY', quantity: 1076, price: '92.95' },
    ]);
  });

  it('states the contract note of orders that reach the brokerage cap', () => {
    const { days, trades, grossPnl, netPnl } = derive('--capital', '100000');

    // Bought 99975.00 + 100014.20 = 199989.20, sold 99867.50 + 99960.40 = 199827.90.
    // Brokerage: 0.03 % of every order is above 29.96, so 4 x 20.
    // STT 0.025 % of 199827.90 = 49.957; stamp 0.003 % of 199989.20 = 5.9997.
    // Exchange 0.00345 % of 399817.10 = 13.79369; SEBI 0.0001 % = 0.39982.
    // GST 18 % of (80 + 13.79369 + 0.39982 = 94.19351) = 16.95483.
    expect(days).toEqual([
      {
        date: '2019-07-10',
        components: {
          brokerage: '80.00',
          securitiesTransactionTax: '50.00',
          exchangeTransactionCharge: '13.79',
          sebiTurnoverFee: '0.40',
          stampDuty: '6.00',
          goodsAndServicesTax: '16.95',
        },
        total: '167.14',
      },
    ]);
    // Long 1075 x (92.90 - 93.00), short 1076 x (92.90 - 92.95); -161.30 - 167.14 = -328.44.
    expect(trades).toMatchObject([
      { direction: 'LONG', quantity: 1075, grossPnl: '-107.50' },
      { direction: 'SHORT', quantity: 1076, grossPnl: '-53.80' },
    ]);
    expect([grossPnl, netPnl]).toEqual(['-161.30', '-328.44']);
  });

  it('charges small orders by the percentage', () => {
    const { days } = derive('--capital', '10000');

    // 107 shares each time: 9951.00, 9940.30, 9940.30 and 9945.65, together 39777.25.
    // Brokerage 0.03 % = 11.933175; STT 0.025 % of 19880.60 = 4.97; stamp 0.003 % of 19896.65 = 0.597.
    // Exchange 1.372315; SEBI 0.039777; GST 18 % of 13.345267 = 2.402148.
    expect(days).toMatchObject([
      {
        components: {
          brokerage: '11.93',
          securitiesTransactionTax: '5.00',
          exchangeTransactionCharge: '1.37',
          sebiTurnoverFee: '0.04',
          stampDuty: '1.00',
          goodsAndServicesTax: '2.40',
        },
        total: '21.74',
      },
    ]);
  });

  it('lets a stop come before the reversal of the same bar', () => {
    const { decisions, grossPnl } = derive('--capital', '100000', '--stop-loss', '0.1');

    // At 14:15 the close 92.90 stands 0.10 / 93.00 = 0.1075 % below the entry: out, and no short.
    expect(decisions.flatMap(({ actions }) => actions)).toMatchObject([
      { action: 'ENTER_LONG', reason: 'RULE' },
      { action: 'EXIT_LONG', reason: 'STOP_LOSS' },
    ]);
    expect(grossPnl).toBe('-107.50');
  });

  it('never sells short when only the long side is traded', () => {
    const { fills } = derive('--capital', '100000', '--sides', 'long');

    expect(fills.map(({ side }) => side)).toEqual(['BUY', 'SELL']);
  });
});

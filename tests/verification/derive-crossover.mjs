#!/usr/bin/env node
/**
 * Derives signals, fills, trades, charges and profit of a moving-average crossover from a candle
 * file alone. It exists to check the platform against a second, independent reading of
 * docs/building-notes.md, so it shares no code and no table with core/.
 *
 *   node tests/verification/derive-crossover.mjs --data data/nse/YESBANK_minute_2019-07-09_11.csv \
 *     --fast 10 --slow 30 --time-frame 5 --capital 100000 \
 *     [--stop-loss 1.5] [--take-profit 3] [--sides both|long] [--from DATE] [--to DATE] [--json]
 *
 * The rules, with F and S the fast and the slow simple moving average of the closes:
 *   long entry when F crosses_above S      long exit when F crosses_below S
 *   short entry when F crosses_below S     short exit when F crosses_above S   (--sides both)
 *
 * Everything that is money or a comparison is exact: prices are whole paise in BigInt, averages
 * are compared crosswise as sums, rates are whole numbers of 10^-9. `ties` counts the bars on which
 * both means are exactly equal: there, and only there, may arithmetic in float64 read a cross
 * differently.
 *
 * `barTime` is the open of the bar decided on, null for a square-off; `decidedAt` the market time.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const sessionOpen = 9 * 60 + 15;
const sessionClose = 15 * 60 + 30;
const squareOffTime = 15 * 60 + 20;

/**
 * MIS equity at Zerodha on the NSE by the earliest card known, 2022-07-18 to 2023-03-31, which is
 * the nearest to 2019. Parts of 10^9 of the turnover; sources stand in data/reference/rate-cards.json.
 */
const rates = {
  brokerage: 300_000n, // 0.03 %, at most brokerageCap for one order
  securitiesTransactionTaxOnSales: 250_000n, // 0.025 %
  exchangeTransactionCharge: 34_500n, // 0.00345 %
  sebiTurnoverFee: 1_000n, // 0.0001 %, 10 rupees a crore
  stampDutyOnPurchases: 30_000n, // 0.003 %
};
const ratePart = 1_000_000_000n;
const brokerageCap = 2_000n; // paise
const goodsAndServicesTaxPercent = 18n;

const [paisa, rupee] = [1n, 100n];

/** "95.3" -> 9530n. Throws on anything finer than a paisa. */
function paiseOf(text) {
  const parts = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (parts === null) throw new Error(`no amount of rupees and paise: "${text}"`);
  return BigInt(parts[1]) * 100n + BigInt((parts[2] ?? '').padEnd(2, '0'));
}

/** 9530n -> "95.30". */
function rupeesOf(paise) {
  const digits = String(paise < 0n ? -paise : paise).padStart(3, '0');
  return `${paise < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "1.5" -> 15000n: a percentage in parts of 10^6 of the whole. */
function millionthsOf(percent) {
  const parts = /^(\d+)(?:\.(\d{1,4}))?$/.exec(percent);
  if (parts === null) throw new Error(`no percentage: "${percent}"`);
  return BigInt(parts[1] + (parts[2] ?? '').padEnd(4, '0'));
}

/** A non-negative quotient to the nearest multiple of `step`, half up. */
function roundHalfUp(numerator, denominator, step) {
  const unit = denominator * step;
  return ((2n * numerator + unit) / (2n * unit)) * step;
}

/** The UTC instant of a minute of an exchange day; India is at +05:30 all year. */
function instantOf(date, minute) {
  return new Date(Date.parse(`${date}T00:00:00+05:30`) + minute * 60_000).toISOString();
}

/** The candles of continuous trading: date -> minute of the day -> { open, close } in paise. */
function readDays(path, from, to) {
  const days = new Map();
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  if (!header.startsWith('date,open,high,low,close,volume')) throw new Error(`header: ${header}`);
  for (const line of lines) {
    const [time, open, , , close] = line.split(',');
    const date = time.slice(0, 10);
    const minute = Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16));
    if (date < from || date > to || minute < sessionOpen || minute >= sessionClose) continue;
    if (!days.has(date)) days.set(date, new Map());
    days.get(date).set(minute, { open: paiseOf(open), close: paiseOf(close) });
  }
  return days;
}

/** Whether the fast mean is above (1), at (0) or below (-1) the slow one; null while unwarmed. */
function compareMeans(closes, fast, slow) {
  if (closes.length < slow) return null;
  const sum = (count) => closes.slice(-count).reduce((total, close) => total + close, 0n);
  const difference = sum(fast) * BigInt(slow) - sum(slow) * BigInt(fast);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** Runs the strategy over the days and returns its decisions, fills and trades. */
function trade(days, settings) {
  const decisions = [];
  const fills = [];
  const trades = [];
  const closes = [];
  let relation = null;
  let position = null;
  let orders = [];
  let ties = 0;

  const place = (barTime, decidedAt, actions) => {
    if (actions.length === 0) return;
    decisions.push({ barTime, decidedAt, actions });
    orders.push(...actions);
  };

  const fill = (order, price, date, minute) => {
    const time = instantOf(date, minute);
    fills.push({ time, side: order.side, quantity: order.quantity, price, date });
    if (order.action.startsWith('ENTER')) {
      const direction = order.action === 'ENTER_LONG' ? 'LONG' : 'SHORT';
      position = { direction, quantity: order.quantity, price, time };
      return;
    }
    const { direction, quantity, price: entryPrice, time: entryTime } = position;
    const gain = direction === 'LONG' ? price - entryPrice : entryPrice - price;
    trades.push({
      direction,
      quantity,
      entryTime,
      entryPrice,
      exitTime: time,
      exitPrice: price,
      grossPnl: gain * BigInt(quantity),
    });
    position = null;
  };

  const exitOf = (held, reason) =>
    held.direction === 'LONG'
      ? { action: 'EXIT_LONG', side: 'SELL', quantity: held.quantity, reason }
      : { action: 'EXIT_SHORT', side: 'BUY', quantity: held.quantity, reason };

  /** Building notes, decide-signals: stops before the exit rule, an entry only when flat by rule. */
  const decide = (close, entriesClosed) => {
    closes.push(close);
    const previous = relation;
    relation = compareMeans(closes, settings.fast, settings.slow);
    if (relation === 0) ties += 1;
    const crossesAbove = previous !== null && previous <= 0 && relation > 0;
    const crossesBelow = previous !== null && previous >= 0 && relation < 0;

    const actions = [];
    if (position !== null) {
      const long = position.direction === 'LONG';
      const gain = long ? close - position.price : position.price - close;
      const reaches = (amount, percent) =>
        percent !== null && amount * 1_000_000n >= position.price * percent;
      if (reaches(-gain, settings.stopLoss)) return [exitOf(position, 'STOP_LOSS')];
      if (reaches(gain, settings.takeProfit)) return [exitOf(position, 'TAKE_PROFIT')];
      if (!(long ? crossesBelow : crossesAbove)) return [];
      actions.push(exitOf(position, 'RULE'));
    }
    const quantity = Number(settings.capital / close);
    if (entriesClosed || quantity === 0) return actions;
    if (crossesAbove) actions.push({ action: 'ENTER_LONG', side: 'BUY', quantity, reason: 'RULE' });
    if (crossesBelow && settings.short) {
      actions.push({ action: 'ENTER_SHORT', side: 'SELL', quantity, reason: 'RULE' });
    }
    return actions;
  };

  for (const [date, candles] of days) {
    let bar = null;
    // The exchange's clock runs through minutes without a candle too: a bar closes by the clock.
    for (let minute = sessionOpen; minute < sessionClose; minute += 1) {
      const candle = candles.get(minute);
      if (candle !== undefined) {
        const eligible = orders;
        orders = [];
        for (const order of eligible) fill(order, candle.open, date, minute);
        const start = minute - ((minute - sessionOpen) % settings.timeFrame);
        bar ??= { start, end: Math.min(start + settings.timeFrame, sessionClose) };
        bar.close = candle.close;
      }
      const now = minute + 1;
      if (bar !== null && now >= bar.end) {
        const actions = decide(bar.close, now >= squareOffTime);
        place(instantOf(date, bar.start), instantOf(date, now), actions);
        bar = null;
      }
      const leaving = orders.some((order) => order.action.startsWith('EXIT'));
      if (now >= squareOffTime && position !== null && !leaving) {
        place(null, instantOf(date, now), [exitOf(position, 'SQUARE_OFF')]);
      }
    }
  }
  return { decisions, fills, trades, ties };
}

/** The rounded charges of one day's fills, each fill being the only one of its order; in paise. */
function contractNote(fills) {
  // Whole numbers of 10^-9 paise, and of 10^-11 for the tax on them: nothing is rounded on the way.
  let brokerage = 0n;
  let [bought, sold] = [0n, 0n];
  for (const { side, quantity, price } of fills) {
    const turnover = price * BigInt(quantity);
    const proportional = turnover * rates.brokerage;
    const cap = brokerageCap * ratePart;
    brokerage += proportional < cap ? proportional : cap;
    if (side === 'BUY') bought += turnover;
    else sold += turnover;
  }
  const exchange = (bought + sold) * rates.exchangeTransactionCharge;
  const sebi = (bought + sold) * rates.sebiTurnoverFee;
  const tax = (brokerage + exchange + sebi) * goodsAndServicesTaxPercent;
  return {
    brokerage: roundHalfUp(brokerage, ratePart, paisa),
    securitiesTransactionTax: roundHalfUp(
      sold * rates.securitiesTransactionTaxOnSales,
      ratePart,
      rupee,
    ),
    exchangeTransactionCharge: roundHalfUp(exchange, ratePart, paisa),
    sebiTurnoverFee: roundHalfUp(sebi, ratePart, paisa),
    stampDuty: roundHalfUp(bought * rates.stampDutyOnPurchases, ratePart, rupee),
    goodsAndServicesTax: roundHalfUp(tax, ratePart * 100n, paisa),
  };
}

const total = (amounts) => amounts.reduce((sum, amount) => sum + amount, 0n);

function printable(components) {
  return Object.fromEntries(
    Object.entries(components).map(([name, amount]) => [name, rupeesOf(amount)]),
  );
}

function derive(settings) {
  const { decisions, fills, trades, ties } = trade(
    readDays(settings.data, settings.from, settings.to),
    settings,
  );
  const byDate = new Map();
  for (const fill of fills) byDate.set(fill.date, [...(byDate.get(fill.date) ?? []), fill]);
  const notes = [...byDate].map(([date, ofDay]) => ({ date, components: contractNote(ofDay) }));
  const names = Object.keys(contractNote([]));
  const components = Object.fromEntries(
    names.map((name) => [name, total(notes.map((note) => note.components[name]))]),
  );
  const charges = total(Object.values(components));
  const grossPnl = total(trades.map((each) => each.grossPnl));
  return {
    decisions,
    fills: fills.map(({ time, side, quantity, price }) => ({
      time,
      side,
      quantity,
      price: rupeesOf(price),
    })),
    trades: trades.map((each) => ({
      ...each,
      entryPrice: rupeesOf(each.entryPrice),
      exitPrice: rupeesOf(each.exitPrice),
      grossPnl: rupeesOf(each.grossPnl),
    })),
    days: notes.map((note) => ({
      date: note.date,
      components: printable(note.components),
      total: rupeesOf(total(Object.values(note.components))),
    })),
    grossPnl: rupeesOf(grossPnl),
    charges: { components: printable(components), total: rupeesOf(charges) },
    netPnl: rupeesOf(grossPnl - charges),
    ties,
  };
}

function readSettings() {
  const text = { type: 'string' };
  const { values } = parseArgs({
    options: {
      data: text,
      fast: text,
      slow: text,
      'time-frame': text,
      capital: text,
      'stop-loss': text,
      'take-profit': text,
      sides: { ...text, default: 'both' },
      from: { ...text, default: '0000-00-00' },
      to: { ...text, default: '9999-99-99' },
      json: { type: 'boolean', default: false },
    },
  });
  const whole = (name) => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} needs a whole number`);
    return value;
  };
  const percent = (name) => (values[name] === undefined ? null : millionthsOf(values[name]));
  if (values.data === undefined) throw new Error('--data needs a candle file');
  if (!['both', 'long'].includes(values.sides)) throw new Error('--sides is both or long');
  return {
    data: values.data,
    fast: whole('fast'),
    slow: whole('slow'),
    timeFrame: whole('time-frame'),
    capital: paiseOf(values.capital ?? ''),
    stopLoss: percent('stop-loss'),
    takeProfit: percent('take-profit'),
    short: values.sides === 'both',
    from: values.from,
    to: values.to,
    json: values.json,
  };
}

const settings = readSettings();
const result = derive(settings);
if (settings.json) {
  console.log(JSON.stringify(result, null, 2));
} else {
  console.table(result.trades);
  console.table(
    result.days.map((day) => ({ date: day.date, ...day.components, total: day.total })),
  );
  console.log(`gross ${result.grossPnl}  charges ${result.charges.total}  net ${result.netPnl}`);
}

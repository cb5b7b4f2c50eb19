import { Decimal } from 'decimal.js';
import { packCandles, packTicks } from '@nandax/adapters/prisma/packed-columns.ts';
import type { Plot } from './person.ts';
import type { Value } from './planter.ts';

const minuteMs = 60_000;
/** 09:15 in India. */
const openMs = (3 * 60 + 45) * minuteMs;

/** When a person's exchange day opens. */
export function sessionOpen(day: Date): Date {
  return new Date(day.getTime() + openMs);
}

/** A fill model whose every part is a person's own. */
export function plantedFillModel(number: number): Value {
  return {
    slippageTicks: number,
    spreadTicks: number + 1,
    limitFill: 'TOUCH',
    participation: number / 1_000,
    latencyMs: number + 2,
  };
}

/** A person's own instruments, histories, feeds and replays. */
export function plantMarket({ planter, signature, ids, day }: Plot): void {
  const userId = ids['user'] ?? '';
  const id = (row: string) => ids[row] ?? '';
  planter.row('Instrument', {
    id: id('instrument'),
    ownerId: userId,
    exchange: 'NSE',
    type: 'EQUITY',
    segment: 'EQUITY',
    tickSize: planter.amount('Instrument.tickSize'),
    lotSize: 1,
    multiplier: 1,
    tradable: true,
  });
  planter.row('Dataset', {
    id: id('dataset'),
    ownerId: userId,
    kind: 'CANDLES',
    interval: 'MINUTE',
    adjustment: 'UNADJUSTED',
  });
  planter.row('Dataset', {
    id: id('tickDataset'),
    ownerId: userId,
    kind: 'TICKS',
    interval: null,
    adjustment: 'UNADJUSTED',
  });

  const open = sessionOpen(day).getTime();
  const times = Float64Array.of(open, open + minuteMs, open + 2 * minuteMs);
  const column = (origin: string) => {
    const value = planter.amount(origin).toNumber();
    return Float64Array.of(value, value, value);
  };
  const volume = Number(planter.mark(planter.amount('Candle.volume').toFixed(0), 'Candle.volume'));
  planter.row('CandleDay', {
    datasetId: id('dataset'),
    instrumentId: id('instrument'),
    interval: 'MINUTE',
    tradingDay: day,
    count: 3,
    columns: Buffer.from(
      packCandles({
        length: 3,
        openTime: times,
        open: column('Candle.open'),
        high: column('Candle.high'),
        low: column('Candle.low'),
        close: column('Candle.close'),
        volume: Float64Array.of(volume, volume, volume),
      }),
    ),
  });
  planter.row('TickDay', {
    datasetId: id('tickDataset'),
    instrumentId: id('instrument'),
    tradingDay: day,
    count: 3,
    columns: Buffer.from(
      packTicks({
        length: 3,
        time: times,
        price: column('Tick.price'),
        dayVolume: column('Tick.volume'),
      }),
    ),
  });

  const states = { replay: 'RUNNING', readyReplay: 'READY', pausedReplay: 'PAUSED' } as const;
  const cursor = new Date(open + minuteMs + signature.number * 1000);
  for (const row of Object.keys(states)) {
    planter.row('Feed', { id: id(row), kind: 'REPLAY', marketTime: cursor });
  }
  for (const [row, state] of Object.entries(states)) {
    planter.row('ReplaySession', {
      id: id(row),
      userId,
      datasetId: id('dataset'),
      rangeFrom: new Date(open),
      rangeTo: new Date(open + 3 * minuteMs),
      speed: new Decimal(signature.number).plus('0.125'),
      fillModel: plantedFillModel(signature.number),
      state,
      cursor,
    });
    planter.row('ReplayInstrument', {
      replaySessionId: id(row),
      instrumentId: id('instrument'),
      ordinal: 0,
    });
  }
  planter.row('Quote', { feedId: id('replay'), instrumentId: id('instrument') });
}

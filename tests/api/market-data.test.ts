import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApiWorld, type ApiWorld, type Visitor } from './api-world.ts';

let world: ApiWorld;
let asha: Visitor;
beforeAll(async () => {
  world = await startApiWorld();
  asha = await world.register('asha');
  const days = ['2019-07-09', '2019-07-10', '2019-07-11', '2026-09-07'];
  await world.database.prisma.sessionPlan.create({
    data: {
      segment: 'EQUITY',
      validFrom: new Date('2026-09-07'),
      phases: [
        { phase: 'PRE_OPEN_LIMIT', fromMinute: 545, toMinute: 550 },
        { phase: 'CONTINUOUS', fromMinute: 555, toMinute: 930 },
      ],
      afterMarket: { fromMinute: 960, toMinute: 538 },
      source: 'test',
    },
  });
  await world.database.prisma.calendarDay.createMany({
    data: days.map((day) => ({
      exchange: 'NSE',
      segment: 'EQUITY',
      date: new Date(day),
      open: true,
      openMinute: 555,
      closeMinute: 930,
      squareOffMinute: 920,
      source: 'test',
    })),
  });
});
afterAll(() => world.close());

const importHistory = `mutation ($input: ImportHistoryInput!) {
  importHistory(input: $input) {
    __typename
    ... on Dataset { id name kind interval shared from to instruments { id tradingSymbol tickSize lotSize shared } }
    ... on Failure { message }
    ... on InvalidInput { field }
    ... on InvalidFile { fileName errors { line column columnName value message } }
  }
}`;
const yesBank = { exchange: 'NSE', tradingSymbol: 'yesbank', tickSize: '0.0500', lotSize: 1 };

async function importYesBank(visitor: Visitor, datasetName: string) {
  const file = 'data/nse/YESBANK_minute_2019-07-09_11.csv';
  const content = await readFile(file, 'utf8');
  const input = { fileName: 'YESBANK.csv', content, instrument: yesBank, datasetName };
  return (await visitor.ask(importHistory, { input })).data as unknown as {
    importHistory: {
      __typename: string;
      id: string;
      instruments: { id: string }[];
    };
  };
}

test('an import becomes a dataset of one’s own, whose bars any time frame can be read in', async () => {
  const { importHistory: dataset } = await importYesBank(asha, 'July');
  expect(dataset).toMatchObject({
    __typename: 'Dataset',
    name: 'July',
    kind: 'CANDLES',
    interval: 'MINUTE',
    shared: false,
    from: '2019-07-09T03:45:00.000Z',
    // The file ends with a candle of the closing session, at 15:40.
    to: '2019-07-11T10:11:00.000Z',
    instruments: [{ tradingSymbol: 'YESBANK', tickSize: '0.0500', lotSize: 1, shared: false }],
  });

  const candles = `query ($datasetId: ID!, $instrumentId: ID!, $timeFrame: TimeFrame!) {
    candles(datasetId: $datasetId, instrumentId: $instrumentId, timeFrame: $timeFrame) {
      openTime open high low close volume
    }
  }`;
  const place = { datasetId: dataset.id, instrumentId: dataset.instruments[0]?.id };
  const daily = await asha.ask(candles, { ...place, timeFrame: 'ONE_DAY' });
  // Taken from the file by hand: first open, highest high, lowest low, last close before 15:30.
  expect(daily.data?.['candles']).toMatchObject([
    {
      openTime: '2019-07-09T03:45:00.000Z',
      open: '95.0000',
      high: '97.0000',
      low: '90.3000',
      close: '92.2500',
      volume: '137784035',
    },
    { openTime: '2019-07-10T03:45:00.000Z', close: '93.2500' },
    { openTime: '2019-07-11T03:45:00.000Z', close: '93.3000' },
  ]);
  const minutes = await asha.ask(candles, { ...place, timeFrame: 'ONE_MINUTE' });
  // 1,131 lines: the header and five candles outside the session are none of them.
  expect(minutes.data?.['candles']).toHaveLength(1125);

  const binod = await world.register('binod');
  const strange = await binod.ask(candles, { ...place, timeFrame: 'ONE_DAY' });
  expect(strange.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  expect((await binod.ask('{ datasets { totalCount } }')).data).toEqual({
    datasets: { totalCount: '0' },
  });
});

test('a bad row is named by file, line and column, and nothing of the file stays', async () => {
  const content = [
    'date,open,high,low,close,volume',
    '2019-07-09T09:15:00+0530,94.5,95,94,94.75,100',
    '2019-07-09T09:16:00+0530,94.5,95,94,ninety,100',
  ].join('\n');
  const input = { fileName: 'bad.csv', content, instrument: yesBank, datasetName: 'Bad' };
  const answer = await asha.ask(importHistory, { input });
  expect(answer.data).toEqual({
    importHistory: {
      __typename: 'InvalidFile',
      message: 'bad.csv cannot be read; nothing was imported.',
      fileName: 'bad.csv',
      errors: [
        {
          line: 3,
          column: 5,
          columnName: 'close',
          value: 'ninety',
          message: expect.stringContaining('found "ninety"') as string,
        },
      ],
    },
  });
  expect(await world.database.prisma.dataset.count({ where: { name: 'Bad' } })).toBe(0);
});

test('a dataset’s name is taken once, and the second import leaves nothing behind', async () => {
  await importYesBank(asha, 'Twice');
  const again = await importYesBank(asha, 'Twice');
  expect(again.importHistory).toMatchObject({ __typename: 'InvalidInput', field: 'datasetName' });
  const { dataset, candleDay } = world.database.prisma;
  const [kept] = await dataset.findMany({ where: { name: 'Twice' } });
  expect(await dataset.count({ where: { name: 'Twice' } })).toBe(1);
  expect(await candleDay.count({ where: { datasetId: kept?.id ?? '' } })).toBe(3);
});

test('an instrument says what its market is doing, now and at any other time', async () => {
  const answer = await asha.ask(
    `query ($opening: DateTime, $evening: DateTime) { instruments(search: "YESBANK") { nodes {
      opening: session(at: $opening) { phase until takesAfterMarketOrders covered }
      evening: session(at: $evening) { phase until takesAfterMarketOrders covered }
      session { phase } } } }`,
    { opening: '2026-09-07T09:06:00+05:30', evening: '2026-09-07T18:00:00+05:30' },
  );
  const [yesBankNow] = (answer.data as unknown as { instruments: { nodes: object[] } }).instruments
    .nodes;
  expect(yesBankNow).toEqual({
    opening: {
      phase: 'PRE_OPEN_LIMIT',
      until: '2026-09-07T03:40:00.000Z',
      takesAfterMarketOrders: false,
      covered: true,
    },
    evening: { phase: 'CLOSED', until: null, takesAfterMarketOrders: true, covered: true },
    session: { phase: expect.any(String) as string },
  });
});

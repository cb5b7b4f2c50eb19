import { Arg, Ctx, InputType, Int, Mutation, Resolver } from 'type-graphql';
import type { Decimal as DecimalNumber } from 'decimal.js';
import { importHistory } from '@nandax/app/market-data/import-history.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import type { InstrumentView } from '@nandax/app/views/market.ts';
import { Access, InputField } from '../../access/declare.ts';
import { SIGNED_IN } from '../../access/rules.ts';
import { Viewer, type Context } from '../../context.ts';
import { Decimal, Price } from '../../scalars/scalars.ts';
import { answer } from '../failure/answer.ts';
import { InvalidFile, InvalidInput } from '../failure/failure.ts';
import { resultUnion } from '../failure/result-union.ts';
import { Exchange } from '../instrument/instrument.ts';
import { Dataset } from './dataset.ts';

@InputType({ description: 'What imported candles are of.' })
class ImportedInstrumentInput {
  @InputField(() => Exchange, 'Where it is listed.')
  exchange!: InstrumentView['exchange'];

  @InputField(() => String, 'The exchange’s symbol, e.g. `YESBANK`.')
  tradingSymbol!: string;

  @InputField(
    () => Price,
    'Smallest step of its price, used where the instrument is not known yet.',
  )
  tickSize!: DecimalNumber;

  @InputField(() => Int, 'Units in a lot, used where the instrument is not known yet.')
  lotSize!: number;

  @InputField(
    () => Decimal,
    'How many times its price a quantity of 1 is worth, used where the instrument is not known yet. Left out: 1; where a quantity counts lots (CDS, BCD, MCX), give their size.',
    { nullable: true },
  )
  multiplier?: DecimalNumber | null;
}

@InputType({ description: 'A file of minute candles or recorded ticks to import.' })
class ImportHistoryInput {
  @InputField(() => String, 'Name of the file, as failures call it.')
  fileName!: string;

  @InputField(
    () => String,
    'The file: Kite’s candle CSV of minutes, `date,open,high,low,close,volume[,oi]`, or recorded ticks, `timestamp,ltp,volume`.',
  )
  content!: string;

  @InputField(() => ImportedInstrumentInput, 'What the history is of.')
  instrument!: ImportedInstrumentInput;

  @InputField(() => String, 'Name of the dataset to make, new among your own.')
  datasetName!: string;
}

const ImportHistoryResult = resultUnion(
  'ImportHistoryResult',
  'The dataset, or why nothing was imported.',
  () => Dataset,
  [InvalidFile, InvalidInput],
);

@Resolver()
export class ImportHistoryMutation {
  @Access(SIGNED_IN, ['BACKTESTS_RUN'])
  @Mutation(() => ImportHistoryResult, {
    description:
      'Imports a file of history as a dataset of your own: the whole file, or nothing of it.',
  })
  async importHistory(
    @Viewer() viewer: UserView,
    @Ctx() context: Context,
    @Arg('input', () => ImportHistoryInput, { description: 'The file, and what it is of.' })
    input: ImportHistoryInput,
  ) {
    const { exchange, tradingSymbol, tickSize, lotSize, multiplier } = input.instrument;
    const result = await importHistory(context.ports, {
      userId: viewer.id,
      fileName: input.fileName,
      content: input.content,
      instrument: { exchange, tradingSymbol, tickSize, lotSize, multiplier: multiplier ?? null },
      datasetName: input.datasetName,
    });
    return answer(context, 'Dataset', result);
  }
}

import { ID, InputType } from 'type-graphql';
import { Decimal as DecimalNumber } from 'decimal.js';
import type { AskedTest } from '@nandax/app/backtests/find-history.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { InputField } from '../../access/declare.ts';
import { localIdOf } from '../../relay/global-id.ts';
import { DateTime, Money } from '../../scalars/scalars.ts';
import { FillModelInput, fillModelOf } from '../replay/fill-model.ts';

/** What a backtest and a search are asked alike. */
@InputType({ description: 'A strategy and the history that it is tried on.' })
export abstract class HistoryTestInput {
  @InputField(() => ID, 'The strategy.')
  strategyId!: string;

  @InputField(() => ID, 'Which version of it; left out: the current one.', { nullable: true })
  strategyVersionId?: string | null;

  @InputField(() => ID, 'The history to run on.')
  datasetId!: string;

  @InputField(() => Money, 'Rupees to begin with.', { defaultValue: new DecimalNumber(1_000_000) })
  initialCapital!: DecimalNumber;

  @InputField(() => DateTime, 'Beginning of the range; left out: that of the dataset.', {
    nullable: true,
  })
  from?: Date | null;

  @InputField(() => DateTime, 'End of the range; left out: that of the dataset.', {
    nullable: true,
  })
  to?: Date | null;

  @InputField(() => FillModelInput, 'How orders fill; left out: by the defaults of its parts.', {
    nullable: true,
  })
  fillModel?: FillModelInput | null;
}

/** The same as the use-cases take it. */
export function askedTestOf(viewer: UserView, input: HistoryTestInput): AskedTest {
  return {
    userId: viewer.id,
    strategyId: localIdOf('Strategy', input.strategyId),
    strategyVersionId:
      typeof input.strategyVersionId === 'string'
        ? localIdOf('StrategyVersion', input.strategyVersionId)
        : null,
    datasetId: localIdOf('Dataset', input.datasetId),
    initialCapital: input.initialCapital,
    from: input.from ?? null,
    to: input.to ?? null,
    fillModel: fillModelOf(input.fillModel),
  };
}

import { ObjectType } from 'type-graphql';
import type {
  RunExport as Exported,
  RunExportFormat as Format,
} from '@nandax/app/runs/export-run.ts';
import { Visible } from '../../access/declare.ts';
import { WITH_PARENT } from '../../access/rules.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Decimal } from '../../scalars/scalars.ts';

export const RunExportFormat = enumOf('RunExportFormat', 'What a run can be taken along as.', {
  JSON: 'Everything: rules, statistics, equity, trades and bias report.',
  TRADES_CSV: 'Its trades, a line each, with every charge; no cell is a formula.',
  EQUITY_CSV: 'Its equity and drawdown, a line for each point.',
  HTML: 'A page of its own with charts and tables; it loads nothing and runs no script.',
} satisfies Record<Format, string>);

@ObjectType({ description: 'A run as a file.' })
export class RunExport implements Exported {
  @Visible(WITH_PARENT, () => String, 'A name for the file: kind, strategy, version and date.')
  fileName!: string;

  @Visible(WITH_PARENT, () => String, 'Its media type, e.g. `text/csv; charset=utf-8`.')
  mediaType!: string;

  @Visible(WITH_PARENT, () => String, 'The whole file.')
  content!: string;
}

@ObjectType({ description: 'What a run made in a month.' })
export class MonthlyReturn {
  @Visible(WITH_PARENT, () => String, 'The month at the exchange, `2019-07`.')
  month!: string;

  @Visible(WITH_PARENT, () => Decimal, 'Growth of the equity in it, in percent.')
  returnPercent!: number;
}

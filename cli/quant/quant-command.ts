import { Command } from 'commander';
import type { BarsRequest } from './read-bars.ts';
import type { BacktestFlags } from './read-options.ts';

/** What every command that runs a strategy over bars is told. */
export interface QuantFlags extends BacktestFlags, BarsRequest {
  readonly strategy: string;
  readonly param: readonly string[];
}

/** Gathers an option that may stand more than once. */
export const severalOptions = (item: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  item,
];

/** A command over bars and a strategy, with the options of trading that all of them share. */
export function quantCommand(name: string, description: string): Command {
  return new Command(`npm run -s ${name} --`)
    .description(description)
    .requiredOption(
      '--data <file>',
      'bars, also NSE:INFY=FILE; as often as there are instruments',
      severalOptions,
    )
    .requiredOption('--strategy <file>', 'text of the strategy, or its tree in JSON')
    .option('--param <name=number>', 'sets a parameter of the strategy', severalOptions, [])
    .option('--from <date>', 'first day')
    .option('--to <date>', 'last day')
    .option('--time-frame <frame>', 'longer bars to make of those of the files, such as 5m or 1d')
    .option('--sessions <nse>', 'sessions of files that are not in the format of Kite')
    .option('--cash <amount>', 'money at the start')
    .option('--fill <open|close>', 'fill at the next open or at the close of the deciding bar')
    .option('--close-fills <bar|next>', 'when the equity curve knows of a fill at a close')
    .option('--crossings <touch|strict>', 'whether a crossing may begin on equal values')
    .option('--spread <part>', 'part of the price between buying and selling')
    .option('--spread-on <entry|both>', 'who pays the spread')
    .option('--slippage <part>', 'part of the price that orders at market pay on top')
    .option('--commission <part>', 'part of the value of every order')
    .option('--fixed-commission <amount>', 'amount for every order, beside --commission')
    .option('--commission-per-unit <amount>', 'amount for every unit')
    .option('--charges <broker>', 'charges of an Indian broker: zerodha')
    .option(
      '--margin <part>',
      'part of the value that must be there in money: 0.5 buys twice as much',
    )
    .option('--unit-step <units>', 'smallest part of a unit that trades')
    .option('--exclusive-orders', 'an entry first closes what is held')
    .option('--no-shorting', 'take no short entries')
    .option('--size-at <fill|decision>', 'when money becomes units')
    .option('--stops <intrabar|close>', 'where stops and targets are looked at')
    .option('--finalize <none|close|open>', 'close positions at the end, at the last close or open')
    .option('--warm-up <rules|all>', 'when decisions begin')
    .option('--zero-volume <wait|fill>', 'orders on bars without trades');
}

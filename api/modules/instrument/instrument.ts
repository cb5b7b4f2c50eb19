import { Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { InstrumentView } from '@nandax/app/views/market.ts';
import { Derived, Visible } from '../../access/declare.ts';
import { OWNER_OR_SHARED } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { Decimal, Price } from '../../scalars/scalars.ts';

export const Exchange = enumOf('Exchange', 'An exchange segment, by Kite’s names.', {
  NSE: 'National Stock Exchange, cash market.',
  BSE: 'Bombay Stock Exchange, cash market.',
  NFO: 'NSE futures and options.',
  BFO: 'BSE futures and options.',
  CDS: 'NSE currency derivatives.',
  BCD: 'BSE currency derivatives.',
  MCX: 'Multi Commodity Exchange.',
} satisfies Record<InstrumentView['exchange'], string>);

export const InstrumentType = enumOf('InstrumentType', 'What kind of thing is traded.', {
  EQUITY: 'A share.',
  EXCHANGE_TRADED_FUND: 'A fund traded like a share.',
  INDEX: 'An index; it has prices but cannot be traded.',
  FUTURE: 'A futures contract.',
  CALL_OPTION: 'A call option.',
  PUT_OPTION: 'A put option.',
} satisfies Record<InstrumentView['type'], string>);

@ObjectType({ implements: Node, description: 'Something with a price on an exchange.' })
export class Instrument implements Partial<InstrumentView> {
  @Visible(OWNER_OR_SHARED, () => Exchange, 'Where it is listed.')
  exchange!: InstrumentView['exchange'];

  @Visible(OWNER_OR_SHARED, () => String, 'The exchange’s symbol, e.g. `YESBANK`.')
  tradingSymbol!: string;

  @Visible(OWNER_OR_SHARED, () => String, 'Name for people.')
  name!: string;

  @Visible(OWNER_OR_SHARED, () => InstrumentType, 'What kind of thing it is.')
  type!: InstrumentView['type'];

  @Visible(OWNER_OR_SHARED, () => Price, 'Smallest step of its price, in rupees.')
  tickSize!: InstrumentView['tickSize'];

  @Visible(OWNER_OR_SHARED, () => Int, 'Quantities are whole multiples of it.')
  lotSize!: number;

  @Visible(
    OWNER_OR_SHARED,
    () => Decimal,
    'How many times its price a quantity of 1 is worth, by which values and gains are reckoned: 1 where quantities count units, the size of a lot where they count lots (CDS, BCD, MCX).',
  )
  multiplier!: InstrumentView['multiplier'];

  @Visible(
    OWNER_OR_SHARED,
    () => Price,
    'Strike of an option in rupees; null: it is no option, or its strike is not known.',
    { nullable: true },
  )
  strikePrice!: InstrumentView['strikePrice'];

  @Visible(OWNER_OR_SHARED, () => Boolean, 'Whether orders are taken; an index takes none.')
  tradable!: boolean;
}

@Resolver(() => Instrument)
export class InstrumentFields {
  @Derived(OWNER_OR_SHARED, () => Boolean, 'True: everyone sees it. False: an import of yours.')
  shared(@Root() instrument: InstrumentView): boolean {
    return instrument.ownerId === null;
  }
}

export const InstrumentConnection = connectionOf('Instrument', () => Instrument);

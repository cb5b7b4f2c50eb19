import { ObjectType } from 'type-graphql';
import type { TradeView } from '@nandax/app/views/portfolio.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Money, Price, Quantity } from '../../scalars/scalars.ts';
import { ChargeBreakdown } from '../charges/charge-breakdown.ts';
import { ProductType } from '../order/order-terms.ts';

export const TradeStatus = enumOf('TradeStatus', 'Whether a trade is still on.', {
  OPEN: 'Entered, not left.',
  CLOSED: 'Entered and left.',
} satisfies Record<TradeView['status'], string>);

export const TradeDirection = enumOf('TradeDirection', 'Which way a trade gains.', {
  LONG: 'Bought first; gains when the price rises.',
  SHORT: 'Sold first; gains when the price falls.',
} satisfies Record<TradeView['direction'], string>);

@ObjectType({
  implements: Node,
  description:
    'A round trip: units of one entry closed by one exit, first in first out, within what one agent’s run (or the user by hand) holds; what a run leaves open at its end is the user’s from then on.',
})
export class Trade implements Partial<TradeView> {
  @Visible(OWNER, () => TradeDirection, 'Which way it gains.')
  direction!: TradeView['direction'];

  @Visible(OWNER, () => ProductType, 'What kind of position it is.')
  product!: TradeView['product'];

  @Visible(OWNER, () => TradeStatus, 'Whether it is still on.')
  status!: TradeView['status'];

  @Visible(OWNER, () => Quantity, 'Units.')
  quantity!: TradeView['quantity'];

  @Visible(OWNER, () => Price, 'Price of a unit when it was entered.')
  entryPrice!: TradeView['entryPrice'];

  @Visible(OWNER, () => DateTime, 'When it was entered, market time.')
  entryAt!: Date;

  @Visible(
    OWNER,
    () => String,
    'Why it was entered, in words and numbers: the rule that was true, or whose order it was; null: from before November 2026, when it was not written down.',
    { nullable: true },
  )
  entryReason!: string | null;

  @Visible(OWNER, () => Price, 'Price of a unit when it was left; null: still open.', {
    nullable: true,
  })
  exitPrice!: TradeView['exitPrice'];

  @Visible(OWNER, () => DateTime, 'When it was left, market time; null: still open.', {
    nullable: true,
  })
  exitAt!: Date | null;

  @Visible(
    OWNER,
    () => String,
    'Why it was left: `RULE`, `STOP_LOSS`, `TAKE_PROFIT`, `SQUARE_OFF`, `STOPPED`, `MANUAL`, or `OFFSET`: closed, at the last price and without an order, against a trade of another owner; null: still open.',
    { nullable: true },
  )
  exitReason!: string | null;

  @Visible(OWNER, () => Money, 'Gain before charges, in rupees; null: still open.', {
    nullable: true,
  })
  grossPnl!: TradeView['grossPnl'];

  @Visible(OWNER, () => ChargeBreakdown, 'Charges of entry and exit that fell on its units.')
  charges!: TradeView['charges'];

  @Visible(OWNER, () => DateTime, 'When it was recorded, by the wall clock.')
  createdAt!: Date;
}

export const TradeConnection = connectionOf('Trade', () => Trade);

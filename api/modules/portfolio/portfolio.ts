import { Int, ObjectType } from 'type-graphql';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import type {
  ContractNoteView,
  LedgerEntryView,
  PortfolioView,
  PositionView,
} from '@nandax/app/views/portfolio.ts';
import { Visible } from '../../access/declare.ts';
import { OWNER, WITH_PARENT } from '../../access/rules.ts';
import { connectionOf } from '../../relay/connection.ts';
import { Node } from '../../relay/node.ts';
import { enumOf } from '../../scalars/enum-of.ts';
import { DateTime, Decimal, Money, Price, Quantity } from '../../scalars/scalars.ts';
import { ChargeBreakdown } from '../charges/charge-breakdown.ts';
import { ProductType } from '../order/order-terms.ts';

export const PortfolioKind = enumOf('PortfolioKind', 'Whose money a portfolio holds.', {
  PAPER: 'Play money, on the simulated exchange.',
  LIVE: 'Real money, at a broker.',
} satisfies Record<PortfolioView['kind'], string>);

export const TradingStateValue = enumOf('TradingStateValue', 'Which orders pass.', {
  ACTIVE: 'All that keep the limits.',
  REDUCING: 'Only those that make a position smaller.',
  HALTED: 'None; cancels pass.',
} satisfies Record<TradingState, string>);

@ObjectType({
  implements: Node,
  description: 'Money and positions under one market clock, with a double-entry ledger beneath.',
})
export class Portfolio implements Partial<PortfolioView> {
  @Visible(OWNER, () => String, 'Name for people.')
  name!: string;

  @Visible(OWNER, () => PortfolioKind, 'Whose money it holds.')
  kind!: PortfolioView['kind'];

  @Visible(OWNER, () => Money, 'Rupees it began with, at first or after its last reset.')
  initialCapital!: PortfolioView['initialCapital'];

  @Visible(OWNER, () => DateTime, 'When it was made.')
  createdAt!: Date;

  @Visible(
    OWNER,
    () => DateTime,
    'When it was last reset; its figures, notes and curve count from then. Null: never.',
    { nullable: true },
  )
  epochStartedAt!: Date | null;
}

@ObjectType({
  description: 'What a portfolio has bought and sold of an instrument in one product.',
})
export class Position implements Partial<PositionView> {
  @Visible(WITH_PARENT, () => ProductType, 'What becomes of it.')
  product!: PositionView['product'];

  @Visible(WITH_PARENT, () => Quantity, 'Units bought.')
  buyQuantity!: PositionView['buyQuantity'];

  @Visible(WITH_PARENT, () => Money, 'Rupees paid for them, before charges.')
  buyValue!: PositionView['buyValue'];

  @Visible(WITH_PARENT, () => Quantity, 'Units sold.')
  sellQuantity!: PositionView['sellQuantity'];

  @Visible(WITH_PARENT, () => Money, 'Rupees received for them, before charges.')
  sellValue!: PositionView['sellValue'];

  @Visible(WITH_PARENT, () => Price, 'Last price on the portfolio’s feed; null: none yet.', {
    nullable: true,
  })
  lastPrice!: PositionView['lastPrice'];

  @Visible(
    WITH_PARENT,
    () => Price,
    'Close of the day before the market’s; null: it was held at no close.',
    { nullable: true },
  )
  closePrice!: PositionView['closePrice'];

  @Visible(WITH_PARENT, () => Money, 'Gain of what was closed, first in first out, before charges.')
  realisedPnl!: PositionView['realisedPnl'];

  @Visible(
    WITH_PARENT,
    () => Money,
    'Rupees blocked for what is held; 0 where it was paid in full. Options sold block a margin.',
  )
  margin!: PositionView['margin'];
}

@ObjectType({ description: 'Equity at an instant.' })
export class EquityPoint {
  @Visible(WITH_PARENT, () => DateTime, 'Market time.')
  time!: Date;

  @Visible(WITH_PARENT, () => Money, 'Cash and market value, in rupees.')
  equity!: number;

  @Visible(
    WITH_PARENT,
    () => Decimal,
    'Fall below the highest equity before, in percent, 0 or negative.',
  )
  drawdownPercent!: number;
}

export const LedgerAccount = enumOf('LedgerAccount', 'An account of the double-entry ledger.', {
  CASH: 'Money at hand.',
  MARGIN: 'Money that open positions block.',
  SECURITIES:
    'Cost of shares and options that were paid for, first in first out; negative for options sold.',
  SETTLEMENT: 'Gains of open futures that evenings have paid into cash (credit, negative).',
  REALISED_PNL: 'Gains (credit, negative) and losses of closed trades.',
  CHARGES: 'Charges paid.',
  CAPITAL: 'Money paid in (credit, negative).',
} satisfies Record<LedgerEntryView['account'], string>);

export const LedgerEntryKind = enumOf('LedgerEntryKind', 'What was posted.', {
  DEPOSIT: 'Money paid in.',
  WITHDRAWAL: 'Money taken out.',
  FILL: 'An execution.',
  CHARGES: 'A contract note, or what had accrued when a portfolio was reset.',
  RESET: 'All balances taken back, so that the portfolio begins anew.',
  DIVIDEND: 'A dividend on what was held when the ex-date began.',
  CORPORATE_ACTION: 'What a split or a bonus paid for parts of a unit, or changed by rounding.',
  SETTLEMENT: 'What an evening paid or took for open futures.',
  OFFSET:
    'What lay between trades of two owners that were held against each other, booked when one of them left or ended.',
  RESTATEMENT: 'What was open when the way of booking changed, booked in the new way.',
} satisfies Record<LedgerEntryView['kind'], string>);

@ObjectType({
  implements: Node,
  description: 'One line of a ledger transaction; the lines of a transaction sum to zero.',
})
export class LedgerEntry implements Partial<LedgerEntryView> {
  @Visible(OWNER, () => String, 'The same for all lines of a transaction.')
  transactionId!: string;

  @Visible(OWNER, () => LedgerEntryKind, 'What was posted.')
  kind!: LedgerEntryView['kind'];

  @Visible(OWNER, () => LedgerAccount, 'On which account.')
  account!: LedgerEntryView['account'];

  @Visible(OWNER, () => Money, 'Rupees: debit positive, credit negative.')
  amount!: LedgerEntryView['amount'];

  @Visible(OWNER, () => String, 'What it was for, in words.')
  description!: string;

  @Visible(OWNER, () => DateTime, 'When, by the market clock.')
  postedAt!: Date;

  @Visible(OWNER, () => DateTime, 'When it was written, by the wall clock.')
  createdAt!: Date;
}

@ObjectType({
  implements: Node,
  description:
    'The rounded charges of one exchange day and segment, as a broker’s note states them.',
})
export class ContractNote implements Partial<ContractNoteView> {
  @Visible(OWNER, () => String, 'The exchange day, `YYYY-MM-DD`.')
  tradingDay!: string;

  @Visible(OWNER, () => String, 'Segment by which charges differ, e.g. `EQUITY_INTRADAY`.')
  segment!: string;

  @Visible(
    OWNER,
    () => Int,
    'From 1 within the day and segment; a later one charges what was booked after the one before it.',
  )
  number!: number;

  @Visible(OWNER, () => ChargeBreakdown, 'The charges, rounded as the note rounds them.')
  charges!: ContractNoteView['charges'];

  @Visible(OWNER, () => Boolean, 'Whether a rate card covers the day; if not, the nearest served.')
  covered!: boolean;

  @Visible(OWNER, () => String, 'The rate card that was used.')
  rateCardId!: string;
}

export const PortfolioConnection = connectionOf('Portfolio', () => Portfolio);
export const LedgerEntryConnection = connectionOf('LedgerEntry', () => LedgerEntry);
export const ContractNoteConnection = connectionOf('ContractNote', () => ContractNote);

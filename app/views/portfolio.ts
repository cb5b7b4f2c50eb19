import type { DayBook } from '@nandax/core/portfolio/day-book.ts';
import type { InstrumentMark } from '@nandax/core/portfolio/result-parts.ts';
import type { Trade } from '@nandax/core/portfolio/trade.ts';
import type { TradingState } from '@nandax/core/risk/trading-state.ts';
import type { Decimal } from 'decimal.js';
import type { LedgerTransaction, TradeRecord } from '../ports/portfolios.ts';
import type { InstrumentView } from './market.ts';
import type { ChargesView, OrderView } from './order.ts';
import type { RunFill, RunOwner } from './strategy.ts';
import type { View } from './view.ts';

export interface TradeView
  extends View<'Trade'>, Omit<TradeRecord, 'id' | 'userId' | 'product' | 'charges'> {
  readonly product: OrderView['product'];
  readonly charges: ChargesView;
}

export interface PositionView {
  readonly instrumentId: string;
  readonly product: OrderView['product'];
  /** Of the instrument. */
  readonly multiplier: Decimal;
  readonly buyQuantity: Decimal;
  readonly buyValue: Decimal;
  readonly sellQuantity: Decimal;
  readonly sellValue: Decimal;
  /** FIFO, before charges. */
  readonly realisedPnl: Decimal;
  /** Blocked for what is held, rupees. */
  readonly margin: Decimal;
  /** On the portfolio's feed; null before the first tick. */
  readonly lastPrice: Decimal | null;
  /** Price at the close of the day before the market's; null: it was not held at a close. */
  readonly closePrice: Decimal | null;
  /** The same by days, as of the market's day. */
  readonly book: DayBook;
  /** Of the instrument. */
  readonly exchange: InstrumentView['exchange'];
}

/** An open trade, as far as what is held and what it cost is concerned. */
export interface OpenLotView {
  readonly instrumentId: string;
  readonly product: OrderView['product'];
  readonly quantity: Decimal;
  /** Rupees. */
  readonly price: Decimal;
}

export interface PortfolioView extends View<'Portfolio'> {
  readonly name: string;
  readonly kind: 'PAPER' | 'LIVE';
  /** Of a live one; null: paper. */
  readonly brokerConnectionId: string | null;
  readonly initialCapital: Decimal;
  readonly feedId: string | null;
  readonly createdAt: Date;
  /** Wall clock of its last reset; null: never. */
  readonly epochStartedAt: Date | null;
  readonly deleted: boolean;
}

/** Sums over a portfolio's ledger and its contract notes, rupees. */
export interface PortfolioFiguresView {
  readonly cash: Decimal;
  /** Blocked for positions. */
  readonly margin: Decimal;
  /** At cost. */
  readonly securities: Decimal;
  /** Gains of open futures that were paid already, negative; they are in cash. */
  readonly settlement: Decimal;
  /** FIFO, before charges. */
  readonly realisedPnl: Decimal;
  /** Of all contract notes. */
  readonly notedCharges: ChargesView;
  readonly tradingState: TradingState;
  /** The feed's market clock; null without a feed or before its start. */
  readonly marketTime: Date | null;
}

export interface LedgerEntryView extends View<'LedgerEntry'> {
  readonly transactionId: string;
  readonly kind: LedgerTransaction['kind'];
  readonly account: LedgerTransaction['lines'][number]['account'];
  readonly amount: Decimal;
  readonly description: string;
  readonly postedAt: Date;
  readonly createdAt: Date;
}

export interface ContractNoteView extends View<'ContractNote'> {
  readonly portfolioId: string;
  /** Exchange day, `YYYY-MM-DD`. */
  readonly tradingDay: string;
  readonly segment: string;
  /** From 1 within the day and segment. */
  readonly number: number;
  readonly charges: ChargesView;
  readonly covered: boolean;
  readonly rateCardId: string;
  readonly createdAt: Date;
}

/** An execution of a portfolio, as far as its results need it. */
export interface PortfolioFill extends RunFill {
  /** Null: placed by hand. */
  readonly runId: string | null;
}

/** What a corporate action gave to a lot of a portfolio. */
export interface PortfolioEntitlement {
  /** Market time, epoch ms. */
  readonly time: number;
  readonly runId: string | null;
  readonly instrumentId: string;
  /** That came, negative when they went. */
  readonly units: Decimal;
  /** Rupees received. */
  readonly cash: Decimal;
}

/** The equity of a portfolio as it was written down, and what led to it. Times are epoch ms. */
export interface WrittenEquity {
  /** Market time. */
  readonly time: number;
  readonly equity: Decimal;
  /** Rupees paid in less paid out since the snapshot before. */
  readonly flow: Decimal;
  /** By instrument. */
  readonly marks: ReadonlyMap<string, InstrumentMark>;
}

/** A closed trade that no order of its owner left (decision 19). */
export interface PortfolioMetExit extends Pick<PortfolioFill, 'runId' | 'instrumentId'> {
  /** Epoch ms, market time. */
  readonly time: number;
  /** Units that its owner gave up: positive of a long trade. */
  readonly units: Decimal;
  /** Rupees that they were worth as it closed. */
  readonly value: Decimal;
  /** Whether the user's own order took them; else the other owner's trade is among these, too. */
  readonly takenByHand: boolean;
}

/** What the performance of a portfolio on its feed since its last reset is made of. */
export interface PortfolioMaterial {
  /** In the order of time. */
  readonly written: readonly WrittenEquity[];
  /** In the order they happened. */
  readonly fills: readonly PortfolioFill[];
  readonly notes: readonly ContractNoteView[];
  /** Closed, in the order they were left. */
  readonly trades: readonly (Trade & Pick<PortfolioFill, 'runId' | 'instrumentId'>)[];
  /** Exits of those that no order of their owner made, in the order of time. */
  readonly metExits: readonly PortfolioMetExit[];
  /** What corporate actions gave to its lots, in the order of time. */
  readonly entitlements: readonly PortfolioEntitlement[];
  /** Whose runs have traded in it. */
  readonly owners: ReadonlyMap<string, RunOwner>;
}

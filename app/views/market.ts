import type { WholeFillModel } from '@nandax/core/exchange/fill-model.ts';
import type { Decimal } from 'decimal.js';
import type { ReplayState } from '../records.ts';
import type { SharedView, View } from './view.ts';

export interface InstrumentView extends SharedView<'Instrument'> {
  readonly exchange: 'NSE' | 'BSE' | 'NFO' | 'BFO' | 'CDS' | 'BCD' | 'MCX';
  /** Of the calendar and of the session plans. */
  readonly segment: string;
  readonly tradingSymbol: string;
  readonly name: string;
  readonly type:
    'EQUITY' | 'EXCHANGE_TRADED_FUND' | 'INDEX' | 'FUTURE' | 'CALL_OPTION' | 'PUT_OPTION';
  readonly tickSize: Decimal;
  readonly lotSize: number;
  readonly multiplier: Decimal;
  readonly strikePrice: Decimal | null;
  readonly tradable: boolean;
}

export interface DatasetView extends SharedView<'Dataset'> {
  readonly name: string;
  readonly kind: 'CANDLES' | 'TICKS';
  readonly interval: 'MINUTE' | 'DAY' | null;
  readonly adjustment: 'UNADJUSTED' | 'ADJUSTED';
  readonly source: string;
  readonly createdAt: Date;
}

export interface ReplaySessionView extends View<'ReplaySession'> {
  readonly name: string;
  readonly datasetId: string;
  readonly rangeFrom: Date;
  readonly rangeTo: Date;
  readonly speed: Decimal | null;
  readonly seed: number;
  readonly fillModel: WholeFillModel;
  readonly state: ReplayState;
  readonly stateReason: string | null;
  readonly cursor: Date | null;
  readonly droppedTicks: number;
  readonly createdAt: Date;
}

export interface QuoteView {
  readonly instrumentId: string;
  readonly lastPrice: Decimal;
  readonly volume: Decimal | null;
  readonly time: Date;
}

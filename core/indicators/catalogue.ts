import { kama } from './averages/adaptive.ts';
import { ema } from './averages/exponential.ts';
import { dema, tema, wilders, zlema } from './averages/layered.ts';
import { sma } from './averages/simple.ts';
import { hma, vwma, wma } from './averages/weighted.ts';
import { heikinAshi, lag, medprice, openingRange, pivotPoints } from './bars/prices.ts';
import type { IndicatorDefinition } from './indicator.ts';
import { macd } from './momentum/macd.ts';
import { awesome, bop, cci, cmo, ultimate } from './momentum/oscillators.ts';
import { mom, ppo, roc, trix } from './momentum/rate-of-change.ts';
import { rsi } from './momentum/relative-strength.ts';
import { fisher, stoch, stochrsi, williamsR } from './momentum/stochastic.ts';
import { definePattern } from './patterns/candle.ts';
import { doublePatterns } from './patterns/double.ts';
import { singlePatterns } from './patterns/single.ts';
import { triplePatterns } from './patterns/triple.ts';
import {
  median,
  percentileRank,
  stddev,
  stderr,
  variance,
  zscore,
} from './statistics/dispersion.ts';
import { fosc, linreg, slope, tsf } from './statistics/regression.ts';
import { aroon, aroonosc, decay, vhf } from './trend/aroon.ts';
import { adx, adxr, di, dm, dx } from './trend/directional.ts';
import { ichimoku } from './trend/ichimoku.ts';
import { psar, supertrend } from './trend/stops.ts';
import { bollinger, donchian, keltner } from './volatility/channels.ts';
import { atr, natr, tr, volatility } from './volatility/true-range.ts';
import { emv, marketfi, nvi, pvi, vwap } from './volume/activity.ts';
import { ad, cmf, mfi, obv, wad } from './volume/flow.ts';

/** In the order in which the documentation lists them. */
const definitions: readonly IndicatorDefinition[] = [
  ...[sma, ema, wma, hma, dema, tema, kama, vwma, zlema, wilders],
  ...[rsi, stoch, stochrsi, macd, ppo, roc, mom, williamsR, trix, ultimate, awesome, cci, cmo],
  ...[fisher, bop],
  ...[adx, di, dm, dx, adxr, aroon, aroonosc, psar, supertrend, ichimoku, vhf, decay],
  ...[tr, atr, natr, bollinger, keltner, donchian, volatility],
  ...[vwap, obv, ad, mfi, cmf, wad, emv, marketfi, pvi, nvi],
  ...[linreg, slope, tsf, fosc, stddev, variance, stderr, zscore, percentileRank, median],
  ...[heikinAshi, pivotPoints, openingRange, medprice, lag],
  ...[...singlePatterns, ...doublePatterns, ...triplePatterns].map(definePattern),
];

/** Every indicator by its name. */
export const indicatorDefinitions: ReadonlyMap<string, IndicatorDefinition> = new Map(
  definitions.map((definition) => [definition.name, definition]),
);

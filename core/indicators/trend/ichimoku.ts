import { defineIndicatorOfMany, period } from '../define-indicator.ts';
import { Delay } from '../rolling/delay.ts';
import { RollingHighest, RollingLowest } from '../rolling/rolling-extremes.ts';

/** Ichimoku cloud. */
export const ichimoku = defineIndicatorOfMany({
  name: 'ichimoku',
  title: 'Ichimoku cloud',
  description:
    'Middles of highest high and lowest low in rupees, as they stand above the bar on the chart, ' +
    'without looking ahead: conversion over `conversion` bars; base over `base` bars; span_a = ' +
    '(conversion + base) / 2 and span_b = the middle over `span` bars, both as computed ' +
    '`displacement` bars ago, which charts draw above this bar; lagging = the close, which charts ' +
    'draw `displacement` bars to the left (compare it with the prices there). G. Hosoda, 1969.',
  inputs: ['high', 'low', 'close'],
  parameters: [
    period(9, 'conversion'),
    period(26, 'base'),
    period(52, 'span'),
    period(26, 'displacement'),
  ],
  outputs: ['conversion', 'base', 'span_a', 'span_b', 'lagging'],
  warmUp: (conversion, base, span, displacement) => [
    conversion - 1,
    base - 1,
    Math.max(conversion, base) - 1 + displacement,
    span - 1 + displacement,
    0,
  ],
  start: (into, conversion, base, span, displacement) => {
    const quick = startMiddle(conversion);
    const calm = startMiddle(base);
    const slow = startMiddle(span);
    const first = new Delay(displacement);
    const second = new Delay(displacement);
    return (high, low, close) => {
      const turning = quick(high, low);
      const standard = calm(high, low);
      into[0] = turning;
      into[1] = standard;
      into[2] = first.next((turning + standard) / 2);
      into[3] = second.next(slow(high, low));
      into[4] = close;
    };
  },
});

function startMiddle(period: number): (high: number, low: number) => number {
  const highest = new RollingHighest(period);
  const lowest = new RollingLowest(period);
  return (high, low) => (highest.next(high) + lowest.next(low)) / 2;
}

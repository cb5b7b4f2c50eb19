import { meanOf, type NaiveBars, type NaiveIndicator } from './bars.ts';

type Candle = readonly [number, number, number, number];

/** What a pattern may ask of the bar `back` bars ago. */
class NaiveCandles {
  bar = 0;
  readonly #bars: readonly Candle[];
  readonly #period: number;

  constructor(bars: readonly Candle[], period: number) {
    this.#bars = bars;
    this.#period = period;
  }

  /** Mean of a size over the bars before this one. */
  mean = (size: (candle: Candle) => number): number =>
    meanOf(this.#bars.slice(this.bar - this.#period, this.bar).map(size));
  bodies = (): number => this.mean(([open, , , close]) => Math.abs(open - close));
  ranges = (): number => this.mean(([, high, low]) => high - low);
  o = (back = 0): number => this.#bars[this.bar - back]?.[0] ?? NaN;
  h = (back = 0): number => this.#bars[this.bar - back]?.[1] ?? NaN;
  l = (back = 0): number => this.#bars[this.bar - back]?.[2] ?? NaN;
  c = (back = 0): number => this.#bars[this.bar - back]?.[3] ?? NaN;
  white = (back = 0): boolean => this.o(back) < this.c(back);
  black = (back = 0): boolean => this.o(back) > this.c(back);
  body = (back = 0): number => Math.abs(this.o(back) - this.c(back));
  top = (back = 0): number => Math.max(this.o(back), this.c(back));
  bottom = (back = 0): number => Math.min(this.o(back), this.c(back));
  /** Sizes within a billionth of a limit are on it, and neither below nor above. */
  none = (back = 0): boolean => this.body(back) < 0.05 * this.ranges() * (1 - 1e-9);
  short = (back = 0): boolean => this.body(back) < 0.5 * this.bodies() * (1 - 1e-9);
  long = (back = 0): boolean => this.body(back) > 1.4 * this.bodies() * (1 + 1e-9);
  bare = (wick: number): boolean => wick < 0.05 * this.ranges() * (1 - 1e-9);
  tall = (wick: number): boolean => wick > 0.6 * this.bodies() * (1 + 1e-9);
  upper = (): number => this.h() - this.top();
  lower = (): number => this.top() - this.body() - this.l();
  near = (): number => 0.3 * this.ranges();
  gapUp = (back = 0): boolean => this.bottom(back) >= this.top(back + 1);
  gapDown = (back = 0): boolean => this.top(back) <= this.bottom(back + 1);
  starUp = (back = 0): boolean => this.l(back) >= this.h(back + 1);
  starDown = (back = 0): boolean => this.h(back) <= this.l(back + 1);
  inside = (back = 0): boolean =>
    this.o(back) < this.top(back + 1) && this.o(back) > this.bottom(back + 1);
  within = (): boolean =>
    this.top() <= this.top(1) && this.bottom() >= this.bottom(1) && this.body() < this.body(1);
  morning = (): boolean => this.black(2) && this.long(2) && this.white() && this.c() >= this.c(2);
  evening = (): boolean => this.white(2) && this.long(2) && this.black() && this.c() <= this.c(2);
}

type Holds = (x: NaiveCandles) => boolean;

function pattern(bars: number, holds: Holds): NaiveIndicator {
  return ({ open, high, low, close }: NaiveBars, period = 0) => {
    const [lows, closes] = [low, close];
    const candles = open.map(
      (start, bar) => [start, high[bar] ?? NaN, lows[bar] ?? NaN, closes[bar] ?? NaN] as const,
    );
    const asked = new NaiveCandles(candles, period);
    return [
      candles.map((_, bar) => {
        asked.bar = bar;
        return bar < Math.max(period, bars - 1) ? NaN : Number(holds(asked));
      }),
    ];
  };
}

const bare: Holds = (x) => x.bare(x.upper()) && x.bare(x.lower());
const lowHandle: Holds = (x) => x.short() && x.bare(x.upper()) && x.tall(x.lower());
const highHandle: Holds = (x) => x.short() && x.tall(x.upper()) && x.bare(x.lower());

/** Patterns of candles from their definitions. */
export const naivePatterns: Readonly<Record<string, NaiveIndicator>> = {
  doji: pattern(1, (x) => x.none()),
  dragonfly_doji: pattern(1, (x) => x.none() && x.bare(x.upper()) && x.tall(x.lower())),
  gravestone_doji: pattern(1, (x) => x.none() && x.tall(x.upper()) && x.bare(x.lower())),
  long_legged_doji: pattern(1, (x) => x.none() && x.tall(x.upper()) && x.tall(x.lower())),
  four_price_doji: pattern(1, (x) => x.none() && bare(x)),
  spinning_top: pattern(
    1,
    (x) => x.short() && x.h() - x.top() > x.body() && x.bottom() - x.l() > x.body(),
  ),
  marubozu: pattern(1, (x) => x.long() && bare(x)),
  white_marubozu: pattern(1, (x) => x.long() && x.white() && bare(x)),
  black_marubozu: pattern(1, (x) => x.long() && x.black() && bare(x)),
  big_white_candle: pattern(1, (x) => x.long() && x.white()),
  big_black_candle: pattern(1, (x) => x.long() && x.black()),
  hammer: pattern(2, (x) => lowHandle(x) && x.bottom() <= x.l(1) + x.near()),
  hanging_man: pattern(2, (x) => lowHandle(x) && x.bottom() >= x.h(1) - x.near()),
  inverted_hammer: pattern(2, (x) => highHandle(x) && x.gapDown()),
  shooting_star: pattern(2, (x) => highHandle(x) && x.gapUp()),
  harami_bull: pattern(2, (x) => x.black(1) && x.long(1) && x.white() && x.within()),
  harami_bear: pattern(2, (x) => x.white(1) && x.long(1) && x.black() && x.within()),
  piercing_line: pattern(
    2,
    (x) =>
      x.black(1) && x.long(1) && x.o() < x.l(1) && x.c() > (x.o(1) + x.c(1)) / 2 && x.c() < x.o(1),
  ),
  dark_cloud_cover: pattern(
    2,
    (x) =>
      x.white(1) && x.long(1) && x.o() > x.h(1) && x.c() < (x.o(1) + x.c(1)) / 2 && x.c() > x.o(1),
  ),
  engulfing_bull: pattern(2, (x) => x.white() && x.black(1) && x.c() > x.o(1) && x.o() < x.c(1)),
  engulfing_bear: pattern(2, (x) => x.black() && x.white(1) && x.c() < x.o(1) && x.o() > x.c(1)),
  star: pattern(2, (x) => x.starUp() || x.starDown()),
  inside_bar: pattern(2, (x) => x.h() < x.h(1) && x.l() > x.l(1)),
  outside_bar: pattern(2, (x) => x.h() > x.h(1) && x.l() < x.l(1)),
  morning_star: pattern(3, (x) => x.morning() && x.gapDown(1) && x.short(1) && x.gapUp()),
  evening_star: pattern(3, (x) => x.evening() && x.gapUp(1) && x.short(1) && x.gapDown()),
  morning_doji_star: pattern(3, (x) => x.morning() && x.gapDown(1) && x.none(1) && x.gapUp()),
  evening_doji_star: pattern(3, (x) => x.evening() && x.gapUp(1) && x.none(1) && x.gapDown()),
  abandoned_baby_bull: pattern(3, (x) => x.morning() && x.starDown(1) && x.none(1) && x.starUp()),
  abandoned_baby_bear: pattern(3, (x) => x.evening() && x.starUp(1) && x.none(1) && x.starDown()),
  three_white_soldiers: pattern(
    3,
    (x) => x.white(2) && x.white(1) && x.white() && x.inside(1) && x.inside(),
  ),
  three_black_crows: pattern(
    3,
    (x) => x.black(2) && x.black(1) && x.black() && x.inside(1) && x.inside(),
  ),
};
